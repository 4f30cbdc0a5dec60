import { useState } from 'react';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Block, type StepState } from '../../ui/card.tsx';
import { Chip } from '../../ui/chip.tsx';
import { Checkbox } from '../../ui/fields/choice-fields.tsx';
import { Select } from '../../ui/fields/select.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { useFormScope } from '../../ui/keyboard/form-scope.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';
import type { PaperRow } from './receive-form.ts';
import { chooseAlternative, extraRow, needsOf, tickCompulsory } from './receive-papers.ts';

interface PapersBlockProps {
  readonly papers: readonly PaperRow[];
  readonly onChange: (papers: PaperRow[]) => void;
  readonly state: StepState;
}

type CountKind = 'original' | 'certified' | 'photo';

/** Block 4: what the citizen brings. Space ticks all that is compulsory; papers of special cases are folded. */
export function PapersBlock({ papers, onChange, state }: PapersBlockProps) {
  const [isUnfolded, setIsUnfolded] = useState(false);
  const { moveOn } = useFormScope();
  const needs = needsOf(papers);
  const met = needs.filter((need) => need.isMet).length;
  const isWhole = needs.length > 0 && met === needs.length;
  const folded = papers.filter((row) => row.requirement === 'conditional' && !row.isHere);
  const rows = shownRows(papers, isUnfolded);
  const replace = (row: PaperRow) => onChange(papers.map((other) => (other.id === row.id ? row : other)));
  return (
    <Block step={4} state={state} label={vi.receive.papers.block} hasKey>
      <div className="row">
        <span className="label grow">{vi.receive.papers.block}{' '}
          <b className={isWhole ? 'receive-good' : undefined} role="status">
            {needs.length === 0 ? vi.receive.papers.noneNeeded : t(vi.receive.papers.state, { needed: needs.length, here: met })}
          </b>
        </span>
        {needs.length > 0 && <Button kind="in-block" keepsCap isPassedByEnter label={vi.receive.papers.tickAll} cap="Space"
          onPress={() => (isWhole ? moveOn() : onChange(tickCompulsory(papers)))} />}
      </div>
      <div className="receive-papers">
        <Table label={vi.receive.papers.block} density="dense" isFramed rows={rows} rowId={(row) => row.id} isWeak={(row) => !row.isHere && row.requirement === 'conditional'}
          columns={columnsOf(papers, { replace, onChange, hasBegun: papers.some((row) => row.isHere) })} />
      </div>
      <div className="row wide small">
        {folded.length > 0 && <LinkButton label={isUnfolded ? vi.receive.papers.hideConditional : foldedWords(folded)} onPress={() => setIsUnfolded(!isUnfolded)} />}
        <LinkButton label={vi.receive.papers.addExtra} onPress={() => onChange([...papers, extraRow(`extra-${papers.length + 1}`)])} />
      </div>
    </Block>
  );
}

function foldedWords(folded: readonly PaperRow[]): string {
  return t(vi.receive.papers.conditional, { count: folded.length });
}

/** Of alternatives only one row: the one that is here, else the first. */
function shownRows(papers: readonly PaperRow[], isUnfolded: boolean): readonly PaperRow[] {
  return papers.filter((row) => {
    if (row.requirement === 'conditional') return isUnfolded || row.isHere;
    if (row.requirement !== 'alternative') return true;
    const group = papers.filter((other) => other.group === row.group);
    return row === (group.find((other) => other.isHere) ?? group[0]);
  });
}

interface PaperActs {
  readonly replace: (row: PaperRow) => void;
  readonly onChange: (papers: PaperRow[]) => void;
  readonly hasBegun: boolean;
}

function columnsOf(papers: readonly PaperRow[], acts: PaperActs): readonly TableColumn<PaperRow>[] {
  const { replace, onChange } = acts;
  const count = (id: CountKind): TableColumn<PaperRow> => ({
    id, header: vi.receive.papers[id], width: 96, align: 'centre',
    cell: (row) => (row.isShown && id === 'original' ? <span className="small">{row.isHere ? vi.receive.papers.seen : '–'}</span> : <CountCell row={row} kind={id} onChange={replace} />),
  });
  return [
    { id: 'has', header: vi.receive.papers.has, width: 48, cell: (row) => (
      <Checkbox isAuto accessibleName={row.name === '' ? vi.receive.papers.extra : row.name} isSelected={row.isHere}
        onChange={(isHere) => {
          if (row.requirement === 'alternative') onChange(chooseAlternative(papers, row.id, isHere));
          else if (row.requirement === 'extra' && !isHere) onChange(papers.filter((other) => other.id !== row.id));
          else replace({ ...row, isHere });
        }} />
    ) },
    { id: 'name', header: vi.receive.papers.name, cell: (row) => <NameCell row={row} papers={papers} acts={acts} /> },
    count('original'), count('certified'), count('photo'),
  ];
}

function NameCell({ row, papers, acts }: { readonly row: PaperRow; readonly papers: readonly PaperRow[]; readonly acts: PaperActs }) {
  if (row.requirement === 'extra') {
    return <div className="receive-extra"><TextField label={vi.receive.papers.extraName} isLabelHidden autoFocus={row.name === ''} placeholder={vi.receive.papers.extraName}
      value={row.name} lengthMax={400} onChange={(name) => acts.replace({ ...row, name })} /></div>;
  }
  const isMissing = acts.hasBegun && !row.isHere && row.requirement !== 'conditional';
  const note = row.isShown ? vi.receive.papers.shown : row.note === '' ? '' : `(${row.note})`;
  return (
    <div className="row">
      <div className="grow">
        {row.requirement === 'alternative' ? (
          <Select label={vi.receive.papers.oneOf} isLabelHidden isAuto options={papers.filter((other) => other.group === row.group).map(({ id, name }) => ({ id, label: name }))}
            value={row.id} onChange={(id) => acts.onChange(chooseAlternative(papers, id, true))} />
        ) : <>{row.name} {note !== '' && <span className="muted small">{note}</span>}</>}
      </div>
      {isMissing && <Chip tone="today">{vi.receive.papers.missing}</Chip>}
    </div>
  );
}

/** A number that looks like print until it is touched; Enter goes past it. */
function CountCell({ row, kind, onChange }: { readonly row: PaperRow; readonly kind: CountKind; readonly onChange: (row: PaperRow) => void }) {
  const value = row[kind];
  return (
    <div className={row.isHere ? 'receive-count' : 'receive-count not-here'}>
      <TextField label={`${vi.receive.papers[kind]}: ${row.name}`} isLabelHidden isAuto size="cell" hasFigures inputMode="numeric" lengthMax={3} placeholder="–"
        value={value === 0 ? '' : String(value)} onChange={(text) => {
          if (/^\d{0,3}$/.test(text)) onChange({ ...row, [kind]: Number(text), isHere: true });
        }} />
    </div>
  );
}
