import { Search } from 'lucide-react';
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { DossierView } from '../../../../src-shared/contract/dossier-views.ts';
import { useDeskNow } from '../../../client/use-desk-now.ts';
import { t } from '../../../text/t.ts';
import { vi } from '../../../text/vi.ts';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { filterOptions } from '../../../ui/fields/filter-options.ts';
import { Icon } from '../../../ui/icon.tsx';
import { KeyCap } from '../../../ui/key-cap.tsx';
import { createDigitPick } from '../../../ui/keyboard/digit-pick.ts';
import { useKeys } from '../../../ui/keyboard/use-keys.ts';
import { MarkedText } from '../../../ui/marked-text.tsx';
import { LOOKS, type DossierAct } from '../act-looks.ts';
import { actsLayout } from '../acts-layout.ts';
import { isDue, owesFee } from '../next-acts.tsx';

const words = vi.dossierActs.more;

interface MoreActsPanelProps {
  readonly dossier: DossierView;
  readonly onAct: (act: DossierAct) => void;
  readonly onClose: () => void;
}

interface Row {
  readonly id: DossierAct;
  readonly label: string;
  readonly note: string | undefined;
  readonly digit: number | undefined;
}

/** The acts that are not on the page itself: a digit or a few letters and Enter; what cannot be done now says why. */
export function MoreActsPanel({ dossier, onAct, onClose }: MoreActsPanelProps) {
  const listId = useId();
  const now = useDeskNow();
  const rows = useMemo(() => rowsOf(dossier, now), [dossier, now]);
  const { query, type, found, activeIndex, onKeyDown } = useFinding(rows, onAct);
  useKeys([
    { combo: 'Esc', label: vi.dossiers.panel.close, run: onClose, order: 45, listed: 'bar' },
    { combo: '1–9', label: vi.ui.keys.choose, order: 5 },
  ]);
  return (
    <Card title={words.title} className="act-panel more-acts-panel">
      <div className="input-box">
        <Icon shape={Search} />
        <input role="combobox" autoFocus aria-label={words.find} aria-expanded="true" aria-controls={listId} aria-autocomplete="list" autoComplete="off" spellCheck={false}
          aria-activedescendant={found[activeIndex] === undefined ? undefined : `${listId}-${activeIndex}`}
          value={query} onChange={(event) => type(event.target.value)} onKeyDown={onKeyDown} />
      </div>
      <p className="hint">{words.find}</p>
      <div id={listId} role="listbox" aria-label={words.list} className="more-acts-list">
        {found.map((row, index) => <ActRow key={row.id} id={`${listId}-${index}`} row={row} query={query} isActive={index === activeIndex} onAct={onAct} />)}
      </div>
      {found.length === 0 && <p className="option-empty" role="status">{t(words.empty, { typed: query })}</p>}
      <div className="panel-foot"><Button label={vi.dossiers.panel.close} cap="Esc" onPress={onClose} /></div>
    </Card>
  );
}

/** Those that can be done come first and have a digit. */
function rowsOf(dossier: DossierView, now: number): readonly Row[] {
  const stateOf = new Map(dossier.acts.map((one) => [one.act, one]));
  return actsLayout(dossier, isDue(dossier, now), owesFee(dossier)).more.map((id, index) => {
    const isOff = stateOf.get(id)?.possible !== true;
    return { id, label: vi.dossiers.acts[id], note: isOff ? (stateOf.get(id)?.why ?? words.notNow) : undefined, digit: isOff || index >= DIGITS_MAX ? undefined : index + 1 };
  });
}

const DIGITS_MAX = 9;

function useFinding(rows: readonly Row[], onAct: (act: DossierAct) => void) {
  const [query, setQuery] = useState('');
  const [activeIndex, setActiveIndex] = useState(0);
  const found = useMemo(() => {
    const matching = filterOptions(rows, query).rows;
    return [...matching.filter((row) => row.note === undefined), ...matching.filter((row) => row.note !== undefined)];
  }, [rows, query]);
  const choose = (row: Row | undefined) => {
    if (row !== undefined && row.note === undefined) onAct(row.id);
  };
  const latest = useRef({ rows, choose });
  latest.current = { rows, choose };
  const digits = useMemo(() => createDigitPick((digit) => latest.current.choose(latest.current.rows.find((row) => row.digit === digit))), []);
  useEffect(() => digits.cancel, [digits]);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey || event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (digits.onKey(event.key)) {
      // No act has a digit in its name: a digit only picks.
      event.preventDefault();
    } else if (step !== undefined && found.length > 0) {
      event.preventDefault();
      setActiveIndex((activeIndex + step + found.length) % found.length);
    } else if (event.key === 'Enter' && (query !== '' || !digits.isBurst())) {
      event.preventDefault();
      choose(found[activeIndex]);
    }
  }
  const type = (text: string) => {
    setQuery(text);
    setActiveIndex(0);
  };
  return { query, type, found, activeIndex, onKeyDown };
}

interface ActRowProps {
  readonly id: string;
  readonly row: Row;
  readonly query: string;
  readonly isActive: boolean;
  readonly onAct: (act: DossierAct) => void;
}

function ActRow({ id, row, query, isActive, onAct }: ActRowProps) {
  const isOff = row.note !== undefined;
  return (
    <div id={id} role="option" aria-selected={isActive} aria-disabled={isOff || undefined} data-active={isActive || undefined} className="more-act"
      ref={(element) => {
        if (isActive) element?.scrollIntoView({ block: 'nearest' });
      }}
      onClick={() => {
        if (!isOff) onAct(row.id);
      }}>
      {row.digit === undefined ? <span className="no-digit" /> : <KeyCap combo={String(row.digit)} isDecoration />}
      <Icon shape={LOOKS[row.id].icon} />
      <span className="grow"><MarkedText text={row.label} query={query} />{isOff && <span className="detail second-line">{row.note}</span>}</span>
    </div>
  );
}
