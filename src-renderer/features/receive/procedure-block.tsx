import { Search } from 'lucide-react';
import { useEffect, useState, type KeyboardEvent } from 'react';
import type { ProcedureSummary } from '../../../src-shared/contract/procedures.api.ts';
import type { Procedure } from '../../../src-shared/domain/procedures/procedure.ts';
import { useQuery } from '../../client/use-query.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Block } from '../../ui/card.tsx';
import { Chip } from '../../ui/chip.tsx';
import { ComboBox } from '../../ui/fields/combo-box.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useKeys } from '../../ui/keyboard/use-keys.ts';
import { PickList } from '../../ui/pick-list.tsx';

const TILES = 9;
const QUERY_DELAY_MS = 60;

interface ProcedureBlockProps {
  readonly code: string;
  readonly name: string;
  readonly procedure: Procedure | undefined;
  readonly onChoose: (code: string, name: string) => void;
  readonly autoFocus: boolean;
}

/** Block 1: nine most used by digit, any other by a few letters or its code; once chosen only its name stands there. */
export function ProcedureBlock({ code, name, procedure, onChoose, autoFocus }: ProcedureBlockProps) {
  const [isChanging, setIsChanging] = useState(false);
  const [isKept, setIsKept] = useState(false);
  useKeys(isChanging ? [{
    combo: 'Esc', label: vi.receive.procedure.keep, order: 45, listed: 'bar', run: () => {
      setIsChanging(false);
      setIsKept(true);
    },
  }] : []);
  if (code !== '' && !isChanging) {
    return (
      <Block step={1} state="done" label={vi.receive.procedure.label} isCentred>
        <div className="row wide">
          <div className="grow"><p className="label">{vi.receive.procedure.label}</p><h2 className="receive-procedure">{procedure?.shortName ?? name}</h2></div>
          <span className="muted small num receive-wide-only">{code}</span>
          {procedure !== undefined && <span className="receive-wide-only"><Chip tone="desk" icon="none">{procedure.sector}</Chip></span>}
          <Button kind="in-block" label={vi.receive.procedure.change} combo="Alt+1" autoFocus={isKept} onPress={() => setIsChanging(true)} />
        </div>
      </Block>
    );
  }
  return (
    <Block step={1} state="current" label={vi.receive.procedure.label} hasKey>
      <ProcedureChoice code={code} autoFocus={autoFocus || isChanging} onChoose={(chosen, chosenName) => {
        setIsChanging(false);
        onChoose(chosen, chosenName);
      }} />
    </Block>
  );
}

function ProcedureChoice({ code, onChoose, autoFocus }: Pick<ProcedureBlockProps, 'code' | 'onChoose' | 'autoFocus'>) {
  const [query, setQuery] = useState('');
  const wanted = useDelayed(query, QUERY_DELAY_MS);
  const used = useQuery('procedures.search', { query: '', limit: TILES });
  const found = useQuery('procedures.search', wanted === '' ? { query: '', limit: 50 } : { query: wanted, limit: 50 });
  const procedures = found.value?.procedures ?? [];
  return (
    <div className="receive-procedure-choice" onKeyDown={typeIntoSearch}>
      <PickList
        label={vi.receive.procedure.tiles}
        items={(used.value?.procedures ?? []).map((one, index) => ({ id: one.code, label: one.shortName, digit: index + 1 }))}
        onPick={(picked) => choose(used.value?.procedures, picked, onChoose)}
        autoFocus={autoFocus}
        className="receive-tiles"
      />
      <ComboBox
        label={vi.receive.procedure.search}
        placeholder={vi.receive.procedure.searchPlaceholder}
        before={<Icon shape={Search} size="small" />}
        options={procedures.map((one) => ({ id: one.code, label: one.shortName, note: noteOf(one), end: one.code }))}
        value={undefined}
        onChange={(picked) => { if (picked !== undefined) choose(procedures, picked, onChoose); }}
        onQueryChange={setQuery}
        error={code === '' ? vi.receive.procedure.missing : undefined}
      />
    </div>
  );
}

/** Letters typed while the tiles have the cursor belong to the search below: nobody should have to look for its box first. */
function typeIntoSearch(event: KeyboardEvent<HTMLDivElement>): void {
  const isPlainLetter = /^\p{L}$/u.test(event.key) && !event.ctrlKey && !event.altKey && !event.metaKey;
  const isOnTiles = event.target instanceof HTMLElement && event.target.matches('[data-picks]');
  // The letter itself lands where the cursor is by the time the browser types it.
  if (isPlainLetter && isOnTiles) event.currentTarget.querySelector('input')?.focus();
}

function choose(procedures: readonly ProcedureSummary[] | undefined, code: string, onChoose: (code: string, name: string) => void): void {
  const found = procedures?.find((one) => one.code === code);
  if (found !== undefined) onChoose(found.code, found.shortName);
}

function noteOf({ sector, confirmed }: ProcedureSummary): string {
  return confirmed ? sector : `${sector} · ${vi.receive.procedure.unconfirmed}`;
}

/** The value as it was when typing paused. */
export function useDelayed(value: string, delayMs: number): string {
  const [delayed, setDelayed] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setDelayed(value), delayMs);
    return () => clearTimeout(timer);
  }, [value, delayMs]);
  return delayed;
}
