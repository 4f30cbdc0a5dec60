import { countWaiting, listQuarantine } from '../../../src-main/core/features/sync/sync-queries.ts';
import type { ServerDb } from '../../../src-server/db/server-db.ts';
import { dumpProjections } from '../../helpers/projection-dump.ts';
import { logsOfDesk, logsOfServer, namesOf, type Logs, type Oracle } from './oracle.ts';
import type { SimulatedDesk } from './simulated-desk.ts';

/** Nothing is left to be done on any desk. */
export function isEverybodyAtRest(desks: readonly SimulatedDesk[]): boolean {
  return desks.every(({ isUp, worker, desk }) => isUp && worker.view().phase === 'resting' && countWaiting(desk).operations === 0 && listQuarantine(desk.db).length === 0);
}

export async function isServerEqual(desks: readonly SimulatedDesk[], server: ServerDb): Promise<boolean> {
  const logs = await logsOfServer(server);
  return desks.every(({ desk }) => isSame(logsOfDesk(desk), logs));
}

/** What is not as it must be once all faults have ended. `desks`: those that must be equal. */
export async function lookAtEnd(oracle: Oracle, desks: readonly SimulatedDesk[], server: ServerDb): Promise<void> {
  const logs = await logsOfServer(server);
  for (const { no, worker, desk } of desks) {
    const { phase, code } = worker.view();
    const waiting = countWaiting(desk).operations;
    if (phase !== 'resting' || waiting > 0) oracle.find(`desk ${no + 1} is stuck: ${phase} ${code ?? ''}, ${waiting} waiting`);
    for (const { direction, device, seq, code: why, detail } of listQuarantine(desk.db)) oracle.find(`desk ${no + 1} keeps ${direction} ${device}:${seq} aside: ${why} ${detail}`);
    const own = logsOfDesk(desk);
    if (!isSame(own, logs)) oracle.find(`desk ${no + 1} and the server differ: ${difference(own, logs)}`);
    const doubled = desk.db.all<object>('SELECT kind, token, period, counter FROM doubled_numbers');
    if (doubled.length > 0) oracle.find(`numbers given twice: ${JSON.stringify(doubled.slice(0, 3))}`);
  }
  const held = namesOf(logs);
  const lost = [...oracle.written].filter((name) => !held.has(name) && !oracle.mayBeMissing.has(name));
  if (lost.length > 0) oracle.find(`${lost.length} operations are lost, ${lost[0]}`);
  const foreign = [...held].filter((name) => !oracle.written.has(name));
  if (foreign.length > 0) oracle.find(`${foreign.length} operations were never written, ${foreign[0]}`);
  compareProjections(oracle, desks);
  await lookAtServer(oracle, desks, server);
}

function compareProjections(oracle: Oracle, desks: readonly SimulatedDesk[]): void {
  const [first, ...others] = desks.map(({ no, desk }) => ({ no, dump: dumpProjections(desk.db) }));
  for (const { no, dump } of others) {
    const list = Object.keys(dump).find((name) => JSON.stringify(dump[name]) !== JSON.stringify(first!.dump[name]));
    if (list) oracle.find(`the list ${list} of desk ${no + 1} is another than that of desk ${first!.no + 1}: ${unlike(dump[list]!, first!.dump[list]!)}`);
  }
}

/** The first row that only one of the two has. */
function unlike(own: readonly unknown[], others: readonly unknown[]): string {
  const [rows, otherRows] = [own, others].map((list) => list.map((row) => JSON.stringify(row))) as [string[], string[]];
  return [rows.find((row) => !otherRows.includes(row)), otherRows.find((row) => !rows.includes(row))].join(' / ');
}

/** The office's list has no gap and says nothing twice; what is folded of it is what the desks fold. */
async function lookAtServer(oracle: Oracle, desks: readonly SimulatedDesk[], server: ServerDb): Promise<void> {
  const frames = await server.all<{ position: number; first_position: number; device: string; seq: number }>('SELECT position, first_position, device, seq FROM frames ORDER BY position');
  const ends = new Map<string, number>();
  let end = 0;
  for (const { position, first_position, device, seq } of frames) {
    const isNext = first_position === end + 1 && seq - (position - first_position) === (ends.get(device) ?? 0) + 1;
    if (!isNext) oracle.find(`the office's list is broken at ${position}: ${device}:${seq}`);
    end = position;
    ends.set(device, seq);
  }
  const folded = await server.all<{ dossier: string; status: string }>('SELECT dossier, status FROM dossiers ORDER BY dossier');
  const first = desks[0]!;
  const own = first.desk.db.all<{ id: string; status: string }>('SELECT lower(hex(id)) AS id, status FROM dossiers ORDER BY id');
  const told = (rows: readonly { readonly id: string; readonly status: string }[]) => rows.map(({ id, status }) => `${id.replaceAll('-', '')} ${status}`).sort().join('\n');
  if (told(own) !== told(folded.map(({ dossier, status }) => ({ id: dossier, status })))) oracle.find(`the server has folded other dossiers (${folded.length}) than desk ${first.no + 1} (${own.length})`);
  const faults = await server.all('SELECT * FROM projection_faults');
  if (faults.length > 0) oracle.find(`the server could not fold: ${JSON.stringify(faults[0])}`);
}

/** Two machines with one name: the one that is not as the server has it must say so. */
export async function lookAtSetBack(oracle: Oracle, { no, desk, worker }: SimulatedDesk, server: ServerDb): Promise<void> {
  const own = logsOfDesk(desk).get(desk.device) ?? [];
  const held = (await logsOfServer(server)).get(desk.device) ?? [];
  const isHeld = own.every((link, index) => held[index] === link);
  const isTold = listQuarantine(desk.db).length > 0 || worker.view().phase === 'refused' || countWaiting(desk).operations > 0;
  if (!isHeld && !isTold) oracle.find(`desk ${no + 1} says that all was handed up, and the server holds other work under its name`);
}

function isSame(a: Logs, b: Logs): boolean {
  const kept = (logs: Logs) => [...logs].filter(([, links]) => links.length > 0);
  return kept(a).length === kept(b).length && kept(a).every(([device, links]) => links.join() === b.get(device)?.join());
}

function difference(a: Logs, b: Logs): string {
  const devices = [...new Set([...a.keys(), ...b.keys()])].filter((device) => a.get(device)?.join() !== b.get(device)?.join());
  return devices.map((device) => `${device} ${a.get(device)?.length ?? 0} / ${b.get(device)?.length ?? 0}`).join(', ');
}
