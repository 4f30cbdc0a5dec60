import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Note } from '../../ui/note.tsx';
import { PickList } from '../../ui/pick-list.tsx';
import { putPerson, type ReceiveSession, type ReceiveState } from './receive-session.ts';

interface ScanNoticeProps {
  readonly session: ReceiveSession;
  readonly scan: ReceiveState['scan'];
}

/** What a scan could not decide by itself: half a card, or a second card whose place is not clear. */
export function ScanNotice({ session, scan }: ScanNoticeProps) {
  if (scan === undefined) return null;
  if (scan.kind === 'incomplete') return <div role="alert"><Note kind="warn">{t(vi.receive.scan.incomplete)}</Note></div>;
  return (
    <Note kind="warn" title={t(vi.receive.scan.whose, { name: scan.person.name })}>
      <PickList key={scan.person.idNumber} label={t(vi.receive.scan.whose, { name: scan.person.name })} mode="confirm" columns={2} autoFocus
        items={[{ id: 'owner', label: vi.receive.scan.owner, digit: 1 }, { id: 'otherPerson', label: vi.receive.scan.submitter, digit: 2 }]}
        onPick={(id) => putPerson(session, id === 'owner' ? 'owner' : 'otherPerson', scan.person)} />
    </Note>
  );
}
