import { useState } from 'react';
import { useCommand } from '../../../client/use-command.ts';
import { formatInstant, formatMoney } from '../../../text/format.ts';
import { t } from '../../../text/t.ts';
import { vi } from '../../../text/vi.ts';
import { MoneyField } from '../../../ui/fields/number-fields.tsx';
import { NotesField, TextField } from '../../../ui/fields/text-field.tsx';
import { Note } from '../../../ui/note.tsx';
import { PanelFrame, type ActPanelProps } from '../act-panel.tsx';

const words = vi.dossierActs;

/** Money that the citizen has to pay first; the clock stands still meanwhile. */
export function RequestDutyPanel({ dossier, onClose, onDone }: ActPanelProps) {
  const [text, setText] = useState('');
  const [dong, setDong] = useState<number>();
  const command = useCommand('dossiers.act');
  async function save(): Promise<void> {
    const done = await command.run({ id: dossier.id, act: { act: 'requestDuty', text: text.trim(), dong: dong ?? null } });
    if (done !== undefined) onDone(vi.dossiers.done.requestDuty, done.dossier);
  }
  return (
    <PanelFrame title={words.requestDuty.title} explain={words.requestDuty.explain} saveLabel={words.requestDuty.save} onSave={() => void save()} onClose={onClose} error={command.error} isRunning={command.isRunning}>
      <NotesField label={words.requestDuty.text} value={text} onChange={setText} lengthMax={600} autoFocus error={text.trim() === '' ? words.requestDuty.textMissing : undefined} />
      <div className="form-grid">
        <div className="span-2"><MoneyField label={words.requestDuty.dong} labelNote={words.optional} hint={words.requestDuty.dongHint} value={dong} onChange={setDong} /></div>
      </div>
    </PanelFrame>
  );
}

export function MeetDutyPanel({ dossier, onClose, onDone }: ActPanelProps) {
  const [evidence, setEvidence] = useState('');
  const command = useCommand('dossiers.act');
  const duty = dossier.dutyRounds.at(-1);
  async function save(): Promise<void> {
    const done = await command.run({ id: dossier.id, act: { act: 'meetDuty', evidence: evidence.trim() } });
    if (done !== undefined) onDone(vi.dossiers.done.meetDuty, done.dossier);
  }
  return (
    <PanelFrame title={words.meetDuty.title} explain={words.meetDuty.explain} saveLabel={words.meetDuty.save} onSave={() => void save()} onClose={onClose} error={command.error} isRunning={command.isRunning}>
      {duty !== undefined && (
        <Note kind="calm">
          {duty.dong === null ? t(words.meetDuty.asked, { when: formatInstant(duty.pausedAt), text: duty.text }) : t(words.meetDuty.askedSum, { when: formatInstant(duty.pausedAt), text: duty.text, sum: formatMoney(duty.dong) })}
        </Note>
      )}
      <TextField label={words.meetDuty.evidence} hint={words.meetDuty.evidenceHint} value={evidence} onChange={setEvidence} lengthMax={300} autoFocus error={evidence.trim() === '' ? words.meetDuty.evidenceMissing : undefined} />
    </PanelFrame>
  );
}
