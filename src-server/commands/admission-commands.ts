import { DAY_MS } from '../../src-shared/lib/office-time.ts';
import { serverFingerprint } from '../../src-node/sync-engine/server-fingerprint.ts';
import { makeAdmissionCode } from '../features/admissions/admit-office.ts';
import { printAdmission } from '../features/admissions/print-admission.ts';
import type { ServerIdentity } from '../features/identity/server-identity.ts';
import { listStoppedDesks, openRescueWindow } from '../features/rescue/rescue-window.ts';
import type { CommandDep } from './command-dep.ts';

export interface AdmissionPlace {
  readonly identity: ServerIdentity;
  /** Where desks reach the server. */
  readonly address: string;
  /** Colours may be used; the terminal may be dark. */
  readonly isTerminal: boolean;
}

/** Prints a code that admits one office, as text and QR. */
export async function admit({ db, nowMs, say }: CommandDep, { identity, address, isTerminal }: AdmissionPlace): Promise<number> {
  const code = await makeAdmissionCode(db, nowMs());
  say(`${await printAdmission({ address, code, fingerprint: serverFingerprint(identity.publicKey) ?? '' }, isTerminal)}Admits one office, within 14 days. The code: ${code}`);
  return 0;
}

export async function printStopped({ db, nowMs, say }: CommandDep): Promise<number> {
  for (const { desk, name, officeName, until } of await listStoppedDesks(db)) {
    say(`${desk}  ${name}, ${officeName}${until === null || until <= nowMs() ? '' : `, may hand up until ${new Date(until).toISOString()}`}`);
  }
  return 0;
}

/** Lets a stopped desk hand up what it still has, without handing it anything. */
export async function rescue({ db, nowMs, say }: CommandDep, desk: string, days: number): Promise<number> {
  const stopped = (await listStoppedDesks(db)).find((one) => one.desk === desk);
  if (!stopped) {
    say(`No office has stopped a desk ${desk}; the command stopped lists them.`);
    return 1;
  }
  const untilMs = nowMs() + days * DAY_MS;
  await db.transaction((writes) => openRescueWindow(writes, stopped.office, stopped.desk, untilMs));
  say(`${stopped.name}, ${stopped.officeName}: may hand up what it has until ${new Date(untilMs).toISOString()}`);
  return 0;
}
