import { Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useHasRole } from '../../client/desk-session.ts';
import { useQuery } from '../../client/use-query.ts';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { ComboBox } from '../../ui/fields/combo-box.tsx';
import { Note, Skeleton } from '../../ui/note.tsx';
import { NewProcedureForm } from './new-procedure-form.tsx';
import { nextOwnCode } from './new-procedure.ts';
import { ProcedureEditor } from './procedure-editor.tsx';

const words = vi.settings.procedures;

/** One procedure as this office receives it: term, sums, papers, whether it is received at all. The pack's own text stays. */
export function ProceduresPart() {
  const isAdmin = useHasRole('admin');
  const [code, setCode] = useState<string>();
  const list = useQuery('procedures.search', { limit: 500, scope: 'all' }, (event) => event.type === 'office');
  const chosen = useQuery('procedures.get', code === undefined ? undefined : { code }, (event) => event.type === 'office');
  const options = useMemo(() => (list.value?.procedures ?? []).map((one) => ({ id: one.code, label: one.shortName, note: one.sector, end: one.code, keywords: one.name })), [list.value]);
  const [isAdding, setIsAdding] = useState(false);
  const [added, setAdded] = useState<string>();
  if (!isAdmin) return <Note kind="calm">{t(vi.settings.readOnly)}</Note>;
  if (list.error !== undefined) return <RefusalNote error={list.error} />;
  if (isAdding) {
    const ownCode = nextOwnCode(options.map(({ id }) => id));
    return <NewProcedureForm code={ownCode} onDone={(isAdded) => {
      setIsAdding(false);
      setAdded(isAdded ? ownCode : undefined);
      if (isAdded) setCode(ownCode);
    }} />;
  }
  return (
    <>
      <div><Button label={vi.officeSettings.procedure.add} icon={Plus} onPress={() => setIsAdding(true)} /></div>
      {added !== undefined && <Note kind="good">{t(vi.officeSettings.procedure.added, { code: added })}</Note>}
      <div className="settings-form"><ComboBox label={words.find} hint={words.findHint} options={options} value={code} onChange={setCode} size="big" /></div>
      {code !== undefined && chosen.value === undefined && <Skeleton />}
      {chosen.value !== undefined && chosen.value.entry.code === code && <ProcedureEditor key={`${code}-${chosen.value.localVersion}-${chosen.value.offered}`} view={chosen.value} />}
    </>
  );
}
