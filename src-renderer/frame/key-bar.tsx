import { Monitor, TriangleAlert } from 'lucide-react';
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
}

/** The keys that work here, then the state of the network and the clock. */
export function KeyBar({ network, nowMs }: KeyBarProps) {
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
        <span className="num">{formatClock(nowMs)}</span>
      </div>
    </footer>
  );
}
