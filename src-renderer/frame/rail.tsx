import { Button as AriaButton } from 'react-aria-components';
import { vi } from '../text/vi.ts';
import { Icon, type IconShape } from '../ui/icon.tsx';
import { Brand } from './brand.tsx';

export interface RailEntry {
  readonly id: string;
  readonly label: string;
  readonly icon: IconShape;
  readonly onOpen: () => void;
  /** A small number: what waits there. Zero shows nothing. */
  readonly count?: number | undefined;
}

interface RailProps {
  readonly entries: readonly RailEntry[];
  readonly currentId: string | undefined;
}

/** The way to every part, icon and word at every width. */
export function Rail({ entries, currentId }: RailProps) {
  return (
    <nav className="rail" aria-label={vi.frame.railLabel}>
      <div className="brand"><Brand /></div>
      <ul>
        {entries.map((entry) => (
          <li key={entry.id}>
            <AriaButton onPress={entry.onOpen} data-place={entry.id} {...(entry.id === currentId && { 'aria-current': 'page' as const })}>
              <Icon shape={entry.icon} />
              <span>{entry.label}</span>
              {entry.count !== undefined && entry.count > 0 && <span className="badge">{entry.count}</span>}
            </AriaButton>
          </li>
        ))}
      </ul>
      <div className="woven" aria-hidden="true" />
    </nav>
  );
}
