import { useState } from 'react';
import { useDeskSession } from './client/desk-session.ts';
import { DeskApp } from './desk-app.tsx';
import { RecoveryRenewalPage } from './features/office/recovery-renewal-page.tsx';
import { SetUpPage } from './features/office/set-up-page.tsx';
import { LockPage } from './features/session/lock-page.tsx';
import { RecoveryPage } from './features/session/recovery-page.tsx';
import { SignInPage } from './features/session/sign-in-page.tsx';
import { StartingPage } from './features/session/starting-page.tsx';
import { StorageFaultPage } from './features/session/storage-fault-page.tsx';
import { Gate } from './frame/gate.tsx';

/** Which page stands: set-up, sign-in or the desk; and what lies over it. The desk below a gate stays as it was left. */
export function Desk() {
  const fault = useDeskSession((state) => state.fault);
  return (
    <>
      <OpenPage />
      {fault !== undefined && <Gate><StorageFaultPage fault={fault} /></Gate>}
    </>
  );
}

function OpenPage() {
  const gate = useDeskSession((state) => state.gate);
  const session = useDeskSession((state) => state.session);
  if (gate === 'starting') return <StartingPage />;
  if (gate === 'setUp') return <SetUpPage />;
  if (gate === 'signIn' || session === undefined) return <SignInPage />;
  if (session.recovery) return gate === 'lost' ? <SignInPage /> : <RecoveryDesk />;
  return (
    <>
      {/* Another officer gets a new desk; the same one comes back to the form that waits. */}
      <DeskApp key={session.officer?.id} session={session} />
      {gate === 'locked' && <Gate><LockPage session={session} /></Gate>}
      {gate === 'lost' && <Gate><SignInPage returning={session.officer?.id} /></Gate>}
    </>
  );
}

/** Opened with the code of the safe: new passwords, and a new code. */
function RecoveryDesk() {
  const [isRenewing, setIsRenewing] = useState(false);
  return isRenewing ? <RecoveryRenewalPage onBack={() => setIsRenewing(false)} /> : <RecoveryPage onRenew={() => setIsRenewing(true)} />;
}
