import { useEffect, useRef, type ReactNode } from 'react';
import { t } from '../text/t.ts';
import { vi } from '../text/vi.ts';
import { classNames } from '../ui/class-names.ts';
import { FormScope, type FormScopeHandle } from '../ui/keyboard/form-scope.tsx';
import { ScrollArea } from '../ui/scroll-area.tsx';
import { TopBar } from './top-bar.tsx';

interface ScreenProps {
  readonly title: string;
  /** The draft state (`DraftState`) or another quiet line beside the title. */
  readonly status?: ReactNode;
  readonly children: ReactNode;
  /**
   * `page` scrolls as a whole; `column` fills the height and its parts decide who shrinks; with `side` the left part
   * scrolls and the side column never does.
   */
  readonly layout?: 'page' | 'column';
  readonly side?: ReactNode;
  /** The buttons at the foot of the side column, the main one first. */
  readonly actions?: ReactNode;
  /** Present: Enter moves through the fields of the whole screen, side column included. */
  readonly form?: { current: FormScopeHandle | null } | true;
  readonly className?: string;
  /** The screen has a box for finding dossiers itself: a second one in the title bar would only ask which is which. */
  readonly hasOwnFind?: boolean;
}

/** Title bar and main area of one screen, inside the frame. */
export function Screen(props: ScreenProps) {
  const { title, side, actions, form, layout = 'page' } = props;
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    document.title = t(vi.frame.windowTitle, { screen: title });
  }, [title]);
  useEffect(() => {
    // A screen that focuses nothing of its own still takes the cursor from the one that is gone.
    if (document.activeElement === null || document.activeElement === document.body) main.current?.focus();
  }, []);
  const hasSide = side !== undefined || actions !== undefined;
  const className = classNames('page', hasSide ? 'with-side' : layout === 'column' && 'column', props.className);
  const content = hasSide ? (
    <>
      <div className="main-scroll">{props.children}</div>
      <aside className="side">
        <ScrollArea className="side-content">{side}</ScrollArea>
        {actions !== undefined && <div className="actions">{actions}</div>}
      </aside>
    </>
  ) : props.children;
  return (
    <>
      <TopBar title={title} status={props.status} hasFind={props.hasOwnFind !== true} />
      <main ref={main} className="main-area" tabIndex={-1}>
        {form === undefined
          ? <div className={className}>{content}</div>
          : <FormScope className={className} {...(form !== true && { handle: form })}>{content}</FormScope>}
      </main>
    </>
  );
}
