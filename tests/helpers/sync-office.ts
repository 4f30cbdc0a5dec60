/** Whole cores and a server that they hand their work up to, over real HTTP. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { receiveInput, type CoreDesk, type CoreOffice } from './core-desk.ts';

export async function connect(desk: CoreDesk, address: string, code: string | null): Promise<void> {
  const { fingerprint } = await desk.must('sync.look', { address });
  await desk.must('sync.connect', { address, fingerprint, code });
  await desk.core.sync.settled();
}

/** Hands up and takes in now, to the end of what can be done. */
export async function syncNow(desk: CoreDesk): Promise<void> {
  // A core that has just started begins to sync in its next turn.
  await nextTurn();
  await desk.must('sync.now', {});
  await desk.core.sync.settled();
}

export async function receive(desk: CoreDesk, office: CoreOffice): Promise<string> {
  office.time.ms += 60_000;
  return (await desk.must('dossiers.receive', receiveInput(office.time))).dossier.id;
}

/** Every log that a desk holds: device -> links. */
export function logsOf({ desk }: CoreDesk): Map<string, readonly string[]> {
  const rows = desk.db.all<{ device: string; hash: Uint8Array }>('SELECT n.text AS device, o.hash FROM operations o JOIN names n ON n.no = o.device ORDER BY n.text, o.seq');
  const logs = new Map<string, string[]>();
  for (const { device, hash } of rows) logs.set(device, [...(logs.get(device) ?? []), Buffer.from(hash).toString('hex')]);
  return logs;
}
