import { useRef, useState } from 'react';
import type { OutputOf } from '../../../src-shared/contract/contract.ts';
import { callCore, type ScreenError } from '../../client/core-client.ts';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { FormScope, type FormScopeHandle } from '../../ui/keyboard/form-scope.tsx';
import { Note } from '../../ui/note.tsx';

const words = vi.settings.desks;

type ImportReport = OutputOf<'desks.importBranch'>;

/** Takes over what an older or copied folder holds. The core reads the folder, so its path is typed. */
export function ImportCard() {
  const form = useRef<FormScopeHandle>(null);
  const [dataDir, setDataDir] = useState('');
  const [password, setPassword] = useState('');
  const [recoveryCode, setRecoveryCode] = useState('');
  const [isReading, setIsReading] = useState(false);
  const [error, setError] = useState<ScreenError>();
  const [report, setReport] = useState<ImportReport>();
  async function take(): Promise<void> {
    if (form.current?.revealErrors() !== 0 || isReading) return;
    setIsReading(true);
    const answer = await callCore('desks.importBranch', { dataDir: dataDir.trim(), ...(password !== '' && { password }), ...(recoveryCode !== '' && { recoveryCode }) });
    setIsReading(false);
    setError(answer.ok ? undefined : (answer.error as ScreenError));
    setReport(answer.ok ? answer.value : undefined);
    if (answer.ok) setPassword('');
  }
  return (
    <Card title={words.importTitle}>
      <FormScope className="stack settings-form" handle={form}>
        <p className="muted">{words.importHelp}</p>
        <TextField label={words.folder} hint={words.folderHint} value={dataDir} onChange={setDataDir} lengthMax={1_000} error={dataDir.trim() === '' ? words.folderMissing : undefined} />
        <div className="two-fields">
          <TextField label={t(words.importPassword)} type="password" value={password} onChange={setPassword} autoComplete="off" lengthMax={200}
            error={password === '' && recoveryCode === '' && report === undefined ? words.importKeyMissing : undefined} />
          <TextField label={words.importRecovery} value={recoveryCode} onChange={setRecoveryCode} hasFigures lengthMax={120} />
        </div>
        <RefusalNote error={error} />
        {report !== undefined && <Note kind="good">{report.operations === 0 ? words.importedNothing : t(words.imported, report)}</Note>}
        {report !== undefined && report.refused.length > 0 && <RefusedDesks refused={report.refused} />}
        {report !== undefined && report.conflicts > 0 && <Note kind="warn">{t(words.importedConflicts, { count: report.conflicts })}</Note>}
        {isReading ? <p role="status">{words.importing}</p> : <div><Button isMainAction label={words.import} onPress={() => void take()} /></div>}
      </FormScope>
    </Card>
  );
}

/** Which machines' work was left, and why; the codes are for a call to the support. */
function RefusedDesks({ refused }: Pick<ImportReport, 'refused'>) {
  const codes = [...new Set(refused.map(({ code }) => code))].join(', ');
  return (
    <Note kind="warn" title={words.importedRefused} errorCode={codes}>
      <ul className="lines">
        {refused.map(({ device, deskName, sentence }) => (
          <li key={device}>{t(words.importedRefusedOf, { desk: deskName ?? words.importedRefusedUnknown, reason: sentence })}</li>
        ))}
      </ul>
    </Note>
  );
}
