import { CircleCheck, Info, TriangleAlert } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { t } from '../text/t.ts';
import { vi } from '../text/vi.ts';
import { Icon, type IconShape } from './icon.tsx';

interface NoteProps {
  /** `warn` never blocks; `bad` is a refusal or an error; `calm` explains; `good` confirms. */
  readonly kind: 'warn' | 'bad' | 'calm' | 'good';
  readonly title?: ReactNode;
  readonly children?: ReactNode;
  readonly icon?: IconShape;
  /** In small type under the sentence, for a call to the support. */
  readonly errorCode?: string | undefined;
}

const ICONS = { warn: TriangleAlert, bad: TriangleAlert, calm: Info, good: CircleCheck } as const;

export function Note({ kind, title, children, icon, errorCode }: NoteProps) {
  return (
    <div className={`note ${kind}`} role={kind === 'bad' ? 'alert' : undefined}>
      <Icon shape={icon ?? ICONS[kind]} />
      <div className="grow">
        {title !== undefined && <b>{title}</b>}
        {typeof children === 'string' ? <p>{children}</p> : children}
        {errorCode !== undefined && <p className="error-code">{t(vi.ui.form.errorCode, { code: errorCode })}</p>}
      </div>
    </div>
  );
}

/** One line what would be here and one action; no drawing (ux.md §7). */
export function EmptyState({ children, action }: { readonly children: ReactNode; readonly action?: ReactNode }) {
  return <div className="empty" role="status"><p>{children}</p>{action}</div>;
}

const SKELETON_DELAY_MS = 200;

/** Nothing for 200 ms, then grey bars: a fast answer never flickers. */
export function Skeleton({ lines = 4 }: { readonly lines?: number }) {
  const [isShown, setIsShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsShown(true), SKELETON_DELAY_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!isShown) return null;
  return (
    <div className="skeleton fade-in" role="status" aria-label={vi.ui.loading}>
      {Array.from({ length: lines }, (_, index) => <i key={index} aria-hidden="true" />)}
    </div>
  );
}
