import { useState } from 'react';
import type { OutputOf } from '../../../src-shared/contract/contract.ts';
import { enterDesk } from '../../client/desk-session.ts';
import { EntryPage } from '../../frame/entry-page.tsx';
import { Mountains } from '../../frame/mountains.tsx';
import { vi } from '../../text/vi.ts';
import { PickList } from '../../ui/pick-list.tsx';
import { FirstDeskWizard } from './first-desk-wizard.tsx';
import { JoinPage } from './join-page.tsx';
import { RecoveryCodePage } from './recovery-code-page.tsx';
import { attributesOf, changeSetUp, forgetSetUp, useSetUpDraft } from './set-up-draft.ts';
import './office.css';

/** Nothing is here yet: the first desk of an office, a further one, or one for training. */
export function SetUpPage() {
  const draft = useSetUpDraft();
  const [made, setMade] = useState<OutputOf<'office.setup'>>();
  if (made !== undefined) {
    return <RecoveryCodePage code={{ ...made, officeName: attributesOf(draft).superiorName, deskName: draft.deskName.trim() }} onKept={() => {
      forgetSetUp();
      enterDesk(made.session);
    }} />;
  }
  if (draft.path === 'first') return <FirstDeskWizard draft={draft} onMade={setMade} />;
  if (draft.path === 'join') return <JoinPage onBack={() => changeSetUp({ path: 'choose' })} />;
  return <ChoosePage />;
}

function ChoosePage() {
  const words = vi.office.choose;
  return (
    <EntryPage help={vi.help.gates.choose} title={vi.office.title} side={<Mountains />}>
      <h1>{words.title}</h1>
      <p className="muted">{words.intro}</p>
      <div className="choose-way">
        <PickList label={words.label} autoFocus columns={1}
          onPick={(way) => changeSetUp(way === 'join' ? { path: 'join' } : { path: 'first', training: way === 'training' })}
          items={[
            { id: 'first', label: words.first, note: words.firstNote, digit: 1 },
            { id: 'join', label: words.join, note: words.joinNote, digit: 2 },
            { id: 'training', label: words.training, note: words.trainingNote, digit: 3, isSetApart: true },
          ]} />
      </div>
    </EntryPage>
  );
}
