import { useState } from 'react';
import type { Paper } from '../../../src-shared/domain/dossiers/dossier-content.ts';
import { useCommand } from '../../client/use-command.ts';
import { formatInstant } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Checkbox } from '../../ui/fields/choice-fields.tsx';
import { NotesField, TextField } from '../../ui/fields/text-field.tsx';
import { Note } from '../../ui/note.tsx';
import { PanelFrame, type ActPanelProps } from './act-panel.tsx';
import { withFormNumber } from './form-number-said.ts';
import { papersAfterSupplement, splitPapers } from './supplement.ts';

const words = vi.dossiers.supplement;

/** Papers chosen from the dossier's list or typed, and why; a second request warns and asks for a reason (R15). */
export function RequestSupplementPanel({ dossier, onClose, onDone }: ActPanelProps) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(dossier.content.papers.filter((paper) => paper.missing).map((paper) => paper.name)));
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const [repeatReason, setRepeatReason] = useState('');
  const command = useCommand('dossiers.act');
  const rounds = dossier.supplementRounds.length;
  const papers = [...chosen, ...splitPapers(typed)];

  async function save(): Promise<void> {
    const repeat = rounds > 0 ? { repeatReason: repeatReason.trim() } : {};
    const done = await command.run({ id: dossier.id, act: { act: 'requestSupplement', papers, reason: reason.trim(), ...repeat } });
    if (done !== undefined) onDone(withFormNumber(vi.dossiers.done.requestSupplement, done.dossier), done.dossier);
  }
  return (
    <PanelFrame title={words.title} explain={words.explain} saveLabel={words.save} onSave={() => void save()} onClose={onClose} error={command.error} isRunning={command.isRunning}>
      {rounds > 0 && <Note kind="warn" title={t(words.second, { count: rounds })}>{words.secondWhy}</Note>}
      {dossier.content.papers.length > 0 && <PaperTicks label={words.chosen} names={dossier.content.papers.map((paper) => paper.name)} chosen={chosen} onChange={setChosen} startsFocused />}
      <TextField label={words.other} labelNote={words.otherNote} value={typed} onChange={setTyped} lengthMax={400} autoFocus={dossier.content.papers.length === 0}
        error={papers.length === 0 ? words.noneChosen : undefined} />
      <NotesField label={vi.dossiers.panel.reason} value={reason} onChange={setReason} lengthMax={600} hint={words.reasonHint}
        error={reason.trim() === '' ? vi.dossiers.panel.reasonMissing : undefined} />
      {rounds > 0 && (
        <NotesField label={words.repeatReason} value={repeatReason} onChange={setRepeatReason} lengthMax={300}
          error={repeatReason.trim() === '' ? words.repeatMissing : undefined} />
      )}
    </PanelFrame>
  );
}

/** What the citizen brought: the papers that were asked for, to be ticked. The clock runs on from now. */
export function ReceiveSupplementPanel({ dossier, onClose, onDone }: ActPanelProps) {
  const round = dossier.supplementRounds.at(-1);
  const asked = round?.papers ?? [];
  const [brought, setBrought] = useState<ReadonlySet<string>>(new Set());
  const [typed, setTyped] = useState('');
  const command = useCommand('dossiers.act');
  const received = [...asked.filter((name) => brought.has(name)), ...splitPapers(typed)];

  async function save(): Promise<void> {
    const papers: readonly Paper[] = papersAfterSupplement(dossier.content.papers, received);
    const done = await command.run({ id: dossier.id, act: { act: 'receiveSupplement', papers: [...papers] } });
    if (done !== undefined) onDone(vi.dossiers.done.receiveSupplement, done.dossier);
  }
  return (
    <PanelFrame title={words.receiveTitle} explain={words.receiveExplain} saveLabel={words.receiveSave} onSave={() => void save()} onClose={onClose} error={command.error} isRunning={command.isRunning}>
      {round !== undefined && <Note kind="calm">{t(words.asked, { when: formatInstant(round.pausedAt), reason: round.reason })}</Note>}
      <PaperTicks label={words.received} names={asked} chosen={brought} onChange={setBrought} startsFocused />
      <TextField label={words.other} labelNote={words.otherNote} value={typed} onChange={setTyped} lengthMax={400}
        error={received.length === 0 ? words.noneReceived : undefined} />
    </PanelFrame>
  );
}

interface PaperTicksProps {
  readonly label: string;
  readonly names: readonly string[];
  readonly chosen: ReadonlySet<string>;
  readonly onChange: (chosen: ReadonlySet<string>) => void;
  readonly startsFocused: boolean;
}

function PaperTicks({ label, names, chosen, onChange, startsFocused }: PaperTicksProps) {
  return (
    <div role="group" aria-label={label}>
      <p className="label">{label}</p>
      <div className="tick-list">
        {[...new Set(names)].map((name, index) => (
          <Checkbox key={name} autoFocus={startsFocused && index === 0} isSelected={chosen.has(name)} onChange={(isSelected) => {
            const next = new Set(chosen);
            if (isSelected) next.add(name);
            else next.delete(name);
            onChange(next);
          }}>
            {name}
          </Checkbox>
        ))}
      </div>
    </div>
  );
}
