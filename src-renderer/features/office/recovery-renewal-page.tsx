import { useDeskSession } from '../../client/desk-session.ts';
import { EntryPage } from '../../frame/entry-page.tsx';
import { OfficePlace } from '../../frame/office-place.tsx';
import { vi } from '../../text/vi.ts';
import { RecoveryRenewal } from './recovery-renewal.tsx';

/** For whoever opened with the code of the safe: its sheet has been out, so a new one may take its place. */
export function RecoveryRenewalPage({ onBack }: { readonly onBack: () => void }) {
  const words = vi.office.recovery;
  const office = useDeskSession((state) => state.office);
  return (
    <EntryPage help={vi.help.gates.renewal} title={words.title} side={<OfficePlace office={office?.office ?? undefined} />}>
      <h1>{words.title}</h1>
      <div className="stack safe">
        <RecoveryRenewal onBack={onBack} />
      </div>
    </EntryPage>
  );
}
