import { Search } from 'lucide-react';
import { useId, useMemo, useState, type KeyboardEvent } from 'react';
import { t } from '../text/t.ts';
import { vi } from '../text/vi.ts';
import { Dialog } from '../ui/dialog.tsx';
import { filterOptions, type ListOption } from '../ui/fields/filter-options.ts';
import { Icon, type IconShape } from '../ui/icon.tsx';
import { KeyCap } from '../ui/key-cap.tsx';
import { keyStore, paletteKeys } from '../ui/keyboard/key-store.ts';
import { MarkedText } from '../ui/marked-text.tsx';

/** Something that can be done or opened by typing a few letters. */
export interface PaletteItem extends ListOption {
  readonly run: () => void;
  readonly combo?: string | undefined;
  readonly icon?: IconShape | undefined;
}

interface PaletteProps {
  /** Besides the keys of this screen: where one can go. */
  readonly places?: readonly PaletteItem[];
  /** Procedures and dossiers that the core found for the query, in its order: what is used most comes first. */
  readonly items?: readonly PaletteItem[];
  readonly onQueryChange?: (query: string) => void;
  readonly onClose: () => void;
}

/** Ctrl+K: type what you want to do, diacritics not needed. Lists exactly the keys that work on the screen behind it. */
export function Palette({ places = [], items = [], onQueryChange, onClose }: PaletteProps) {
  // Read once, before the dialog puts its own keys before those of the screen.
  const [commands] = useState<readonly PaletteItem[]>(() => paletteKeys(keyStore.getState()).flatMap(({ run, ...key }) =>
    run === undefined ? [] : [{ id: `key-${key.combo}`, label: key.label, note: key.note, combo: key.combo, run }]));
  const [query, setQuery] = useState('');
  const [activeIndex, setActiveIndex] = useState(0);
  const listId = useId();
  const found = useMemo(() => {
    const own = filterOptions([...commands, ...places.filter((place) => commands.every((command) => command.label !== place.label))], query).rows;
    const kept = new Set(filterOptions(items, query).rows);
    return [...own, ...items.filter((item) => kept.has(item))];
  }, [commands, places, items, query]);

  function run(item: PaletteItem | undefined): void {
    if (item === undefined) return;
    onClose();
    // The dialog first gives the focus back to the screen, then the command may move it.
    setTimeout(item.run, 0);
  }
  function onKeyDown(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && found.length > 0) {
      event.preventDefault();
      setActiveIndex((activeIndex + step + found.length) % found.length);
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      run(found[activeIndex]);
    }
  }

  return (
    <Dialog title={vi.frame.palette.label} isTitleHidden className="palette" onClose={onClose}>
      <div className="input-box">
        <Icon shape={Search} />
        <input
          role="combobox"
          autoFocus
          aria-label={vi.frame.palette.label}
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={found.length > 0 ? `${listId}-${activeIndex}` : undefined}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setActiveIndex(0);
            onQueryChange?.(event.target.value);
          }}
          onKeyDown={onKeyDown}
        />
        <span className="muted small nowrap">{vi.frame.palette.hint}</span>
      </div>
      <div id={listId} role="listbox" aria-label={vi.frame.palette.label} className="palette-list">
        {found.map((item, index) => (
          <PaletteRow key={item.id} id={`${listId}-${index}`} item={item} query={query} isActive={index === activeIndex} onRun={run} />
        ))}
      </div>
      {found.length === 0 && <p className="option-empty" role="status">{t(vi.frame.palette.empty, { typed: query })}</p>}
      <p className="palette-foot small">
        <span><KeyCap combo="↑" /> <KeyCap combo="↓" /> {vi.ui.keys.choose}</span>
        <span><KeyCap combo="Enter" /> {vi.ui.keys.doIt}</span>
        <span><KeyCap combo="Esc" /> {vi.ui.keys.close}</span>
      </p>
    </Dialog>
  );
}

interface PaletteRowProps {
  readonly id: string;
  readonly item: PaletteItem;
  readonly query: string;
  readonly isActive: boolean;
  readonly onRun: (item: PaletteItem) => void;
}

function PaletteRow({ id, item, query, isActive, onRun }: PaletteRowProps) {
  return (
    <div
      id={id}
      role="option"
      aria-selected={isActive}
      data-active={isActive || undefined}
      className="palette-item"
      ref={(element) => {
        if (isActive) element?.scrollIntoView({ block: 'nearest' });
      }}
      onClick={() => onRun(item)}
    >
      {item.icon !== undefined && <Icon shape={item.icon} />}
      <span className="grow">
        <MarkedText text={item.label} query={query} />
        {item.note !== undefined && <span className="palette-note">{item.note}</span>}
      </span>
      {item.combo !== undefined && <KeyCap combo={item.combo} isDecoration />}
    </div>
  );
}
