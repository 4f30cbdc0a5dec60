import { useState } from 'react';
import type { OutputOf } from '../../../src-shared/contract/contract.ts';
import { callCore, type ScreenError } from '../../client/core-client.ts';
import { useDeskSession } from '../../client/desk-session.ts';
import { useQuery } from '../../client/use-query.ts';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { formatDate } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Card, ValueLine } from '../../ui/card.tsx';
import { useKeys } from '../../ui/keyboard/use-keys.ts';
import { Note, Skeleton } from '../../ui/note.tsx';
import { RecoverySafe } from './recovery-safe.tsx';

const words = vi.office.recovery;
type RecoveryState = OutputOf<'office.getRecovery'>;

/** Which sheet is in force, and a new one in its place: printed and read back from the paper before anything changes. */
export function RecoveryRenewal({ onBack }: { readonly onBack?: () => void }) {
  const state = useQuery('office.getRecovery', {}, (event) => event.type === 'office');
  const [made, setMade] = useState<OutputOf<'office.makeRecoveryCode'> & { readonly former: string }>();
  const [renewed, setRenewed] = useState<RecoveryState & { readonly former: string }>();
  const [error, setError] = useState<ScreenError>();
  async function make(former: string): Promise<void> {
    const answer = await callCore('office.makeRecoveryCode', {});
    setError(answer.ok ? undefined : (answer.error as ScreenError));
    if (answer.ok) setMade({ ...answer.value, former });
  }
  if (state.error !== undefined) return <RefusalNote error={state.error} />;
  if (state.value === undefined) return <Skeleton />;
  if (renewed !== undefined) return <Renewed state={renewed} former={renewed.former} onClose={() => setRenewed(undefined)} />;
  if (made !== undefined) {
    return <NewSheet made={made} onGiveUp={() => setMade(undefined)} onRenewed={(now) => {
      setRenewed({ ...now, former: made.former });
      setMade(undefined);
    }} />;
  }
  const { sheet } = state.value;
  return (
    <>
      <SheetInForce state={state.value} />
      <p className="muted">{t(words.when)}</p>
      <RefusalNote error={error} />
      <div className="row wide">
        <Button label={words.make} onPress={() => void make(sheet)} />
        {onBack !== undefined && <Button kind="quiet" label={words.back} onPress={onBack} />}
      </div>
    </>
  );
}

function SheetInForce({ state }: { readonly state: RecoveryState }) {
  return (
    <Card title={words.stateTitle}>
      <div className="stack settings-form">
        <ValueLine label={words.sheet}><b className="num">{t(words.sheetNumber, { sheet: state.sheet })}</b></ValueLine>
        <ValueLine label={words.madeOn}><span className="num">{formatDate(state.madeOn)}</span></ValueLine>
        <ValueLine label={words.desk}>{state.deskName}</ValueLine>
        <ValueLine label={words.officer}>{state.by === 'admin' ? state.officerName : words.makers[state.by]}</ValueLine>
      </div>
    </Card>
  );
}

interface NewSheetProps {
  readonly made: OutputOf<'office.makeRecoveryCode'>;
  readonly onGiveUp: () => void;
  readonly onRenewed: (now: RecoveryState) => void;
}

/** The former code is the one that counts until the last press here; leaving before leaves it so. */
function NewSheet({ made, onGiveUp, onRenewed }: NewSheetProps) {
  const office = useDeskSession((state) => state.office?.office);
  const [error, setError] = useState<ScreenError>();
  useKeys([{ combo: 'Esc', label: words.giveUp, run: onGiveUp }]);
  async function renew(): Promise<void> {
    // May be sent again as it is: the core renews once.
    const answer = await callCore('office.renewRecovery', { recoveryCode: made.recoveryCode });
    if (answer.ok) onRenewed(answer.value);
    else setError(answer.error as ScreenError);
  }
  return (
    <>
      <h2>{t(words.newTitle, { sheet: made.sheet })}</h2>
      <RecoverySafe doneLabel={words.done} onKept={() => void renew()}
        code={{ ...made, officeName: office?.attributes.superiorName ?? '', deskName: office?.deskName ?? '' }}>
        <Note kind="calm">{words.notYet}</Note>
        <RefusalNote error={error} />
        <div className="row wide wraps">
          <Button kind="quiet" label={words.giveUp} cap="Esc" onPress={onGiveUp} />
          <span className="small muted">{words.giveUpNote}</span>
        </div>
      </RecoverySafe>
    </>
  );
}

function Renewed({ state, former, onClose }: { readonly state: RecoveryState; readonly former: string; readonly onClose: () => void }) {
  return (
    <>
      <Note kind="good">{t(words.renewed, { sheet: state.sheet, former })}</Note>
      {state.otherDesks > 0 ? <Note kind="warn">{t(words.others, { count: state.otherDesks, former })}</Note> : <p>{t(words.destroy, { former })}</p>}
      <div><Button kind="main" autoFocus label={words.close} cap="Enter" onPress={onClose} /></div>
    </>
  );
}
