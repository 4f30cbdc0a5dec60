import { Search } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { formatInitials } from '../text/format.ts';
import { t } from '../text/t.ts';
import { vi } from '../text/vi.ts';
import { TextField } from '../ui/fields/text-field.tsx';
import { Icon } from '../ui/icon.tsx';
import { KeyCap } from '../ui/key-cap.tsx';
import { useKeys } from '../ui/keyboard/use-keys.ts';
import { useFrame } from './frame-context.ts';

interface TopBarProps {
  readonly title: string;
  /** The draft state: one quiet line. */
  readonly status?: ReactNode;
  readonly hasFind: boolean;
}

export function TopBar({ title, status, hasFind }: TopBarProps) {
  const frame = useFrame();
  return (
    <header className="top-bar">
      <h1>{title}</h1>
      <div role="status">{status}</div>
      {frame !== undefined && (hasFind ? <FindBox onFind={frame.onFind} /> : <span className="end" />)}
      {frame !== undefined && (
        <AriaButton className="officer" onPress={frame.onLock} aria-label={frame.officer.action === undefined ? t(vi.frame.officer.label, { name: frame.officer.name }) : `${frame.officer.action}: ${frame.officer.name}`}>
          <span className="face" aria-hidden="true">{formatInitials(frame.officer.name)}</span>
          <span className="officer-words"><b>{frame.officer.name}</b><span>{frame.officer.note}</span></span>
        </AriaButton>
      )}
    </header>
  );
}

/** F3 comes here from anywhere; F3 again selects all that is in it; Enter looks. */
function FindBox({ onFind }: { readonly onFind: (query: string) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [query, setQuery] = useState('');
  useKeys([{
    combo: 'F3',
    label: vi.frame.find.key,
    order: 40,
    run: () => {
      input.current?.focus();
      input.current?.select();
    },
  }], 'app');
  return (
    <form className="find" role="search" onSubmit={(event) => {
      event.preventDefault();
      if (query.trim() !== '') onFind(query.trim());
    }}>
      <TextField
        ref={input}
        label={vi.frame.find.label}
        isLabelHidden
        type="search"
        value={query}
        onChange={setQuery}
        placeholder={vi.frame.find.placeholder}
        before={<Icon shape={Search} size="small" />}
        after={<KeyCap combo="F3" isDecoration />}
      />
    </form>
  );
}
