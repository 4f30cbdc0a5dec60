import { lazy, Suspense, useEffect, useState } from 'react';
import { reachableAgain, useDeskSession } from './client/desk-session.ts';
import type { DeskApp as DeskAppComponent } from './desk-app.tsx';
import { RecoveryRenewalPage } from './features/office/recovery-renewal-page.tsx';
import { SetUpPage } from './features/office/set-up-page.tsx';
import { LockPage } from './features/session/lock-page.tsx';
import { RecoveryPage } from './features/session/recovery-page.tsx';
import { SignInPage } from './features/session/sign-in-page.tsx';
import { StartingPage } from './features/session/starting-page.tsx';
import { StorageFaultPage } from './features/session/storage-fault-page.tsx';
import { Gate } from './frame/gate.tsx';

/**
 * The desk is most of the program, and whoever signs in needs none of it yet. Where the core is away meanwhile the page is
 * loaded anew once it is back: a browser does not ask a second time for a part that failed, and nobody has
 * typed more than a password yet.
 */
async function loadDeskApp(): Promise<{ readonly default: typeof DeskAppComponent }> {
  try {
    return { default: (await import('./desk-app.tsx')).DeskApp };
  } catch {
    await reachableAgain();
    location.reload();
    return new Promise(() => undefined);
  }
}
const DeskApp = lazy(loadDeskApp);

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
  const isSigningIn = gate === 'signIn';
  // As soon as the sign-in can be used, and so before a password is typed; not behind the set-up, whose answers would be lost.
  useEffect(() => {
    if (isSigningIn) void loadDeskApp();
  }, [isSigningIn]);
  if (gate === 'starting') return <StartingPage />;
  if (gate === 'setUp') return <SetUpPage />;
  if (gate === 'signIn' || session === undefined) return <SignInPage />;
  if (session.recovery) return gate === 'lost' ? <SignInPage /> : <RecoveryDesk />;
  return (
    <>
      {/* Another officer gets a new desk; the same one comes back to the form that waits. */}
      <Suspense fallback={<StartingPage />}><DeskApp key={session.officer?.id} session={session} /></Suspense>
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
