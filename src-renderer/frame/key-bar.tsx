import { CalendarClock, Monitor, TriangleAlert } from 'lucide-react';
import { formatClock } from '../text/format.ts';
import { vi } from '../text/vi.ts';
import { Icon, type IconShape } from '../ui/icon.tsx';
import { KeyCap } from '../ui/key-cap.tsx';
import { useBarKeys } from '../ui/keyboard/use-keys.ts';

export interface NetworkState {
  readonly words: string;
  /** Only age is an alarm, never the missing network (ux.md §1.5). */
  readonly isWarning?: boolean;
  readonly icon?: IconShape;
}

interface KeyBarProps {
  readonly network: NetworkState;
  readonly nowMs: number;
  /** Said beside the clock while nobody has confirmed the date. */
  readonly clockNote?: string | undefined;
}

/** The keys that work here, then the state of the network and the clock. */
export function KeyBar({ network, nowMs, clockNote }: KeyBarProps) {
  const keys = useBarKeys();
  return (
    <footer className="key-bar">
      <ul aria-label={vi.frame.keyBarLabel}>
        {keys.map((key) => <li key={key.combo}><KeyCap combo={key.combo} />{key.label}</li>)}
      </ul>
      <div className="state">
        <span className={network.isWarning === true ? 'warn' : undefined}>
          <Icon shape={network.icon ?? (network.isWarning === true ? TriangleAlert : Monitor)} size="small" />
          {network.words}
        </span>
        {clockNote !== undefined && <span className="warn"><Icon shape={CalendarClock} size="small" />{clockNote}</span>}
        <span className="num">{formatClock(nowMs)}</span>
      </div>
    </footer>
  );
}
