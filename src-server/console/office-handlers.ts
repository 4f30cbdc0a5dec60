import { consoleError } from '../../src-shared/console-contract/console-errors.ts';
import type { DeskLine, OfficeLine, QuarantineLine } from '../../src-shared/console-contract/console-views.ts';
import type { Office } from '../../src-shared/domain/office/office.ts';
import type { DeskId, DeviceId, OfficeId } from '../../src-shared/lib/ids.ts';
import { DAY_MS } from '../../src-shared/lib/office-time.ts';
import { err, ok } from '../../src-shared/lib/result.ts';
import { writeAdmissionWords } from '../../src-shared/sync-protocol/admission-words.ts';
import { serverFingerprint } from '../../src-node/sync-engine/server-fingerprint.ts';
import { noteAct } from '../features/administrators/acts.ts';
import { listOpenCodes, withdrawCode, writeAdmissionCode } from '../features/admissions/admit-office.ts';
import { readAddress } from '../features/identity/server-identity.ts';
import { listProjectionFaults, officeDevices, officeOverview, officesOverview, type DeviceOverview, type OfficeOverview } from '../features/overview/offices-overview.ts';
import { listRescueWindows, openRescueWindow } from '../features/rescue/rescue-window.ts';
import { findDesk, resumeDesk, stopDesk } from '../features/stops/stop-desk.ts';
import { listStops, readOffice, type DeskStop } from '../log/office-queries.ts';
import type { ConsoleDep, ConsoleHandlers } from './console-handlers.ts';

type OfficeCall = 'offices.list' | 'offices.get' | 'desks.stop' | 'desks.resume' | 'desks.rescue' | 'admissions.list' | 'admissions.make' | 'admissions.withdraw';

/** Offices and their desks as the upper tier sees them, and what it may do about them. */
export function createOfficeHandlers(dep: ConsoleDep): ConsoleHandlers<OfficeCall> {
  const { db, nowMs, identity } = dep;
  const readAll = whileUnderWay(async () => {
    const now = nowMs();
    return { now, offices: (await officesOverview(db, now)).map(toLine) };
  });
  return {
    'offices.list': async () => ok(await readAll()),
    'offices.get': async ({ office: id }) => {
      const office = id as OfficeId;
      const now = nowMs();
      const line = await officeOverview(db, office, now);
      if (!line) return err(consoleError('offices.unknown'));
      const [devices, folded, stops, rescues, faults] = await Promise.all([officeDevices(db, office), readOffice(db, office, []), listStops(db, office), listRescueWindows(db, office), listProjectionFaults(db, office)]);
      return ok({
        now, office: toLine(line), desks: desksOf(devices, folded, stops, rescues, now), quarantine: quarantineOf(devices, folded),
        faults: faults.map(({ subject, why, atMs }) => ({ subject, why, at: atMs })),
      });
    },
    ...createStopHandlers(dep),
    'admissions.list': async () => ok({ admissions: [...(await listOpenCodes(db, nowMs()))] }),
    'admissions.make': async ({ note }, { administrator }) => {
      const now = nowMs();
      const address = (await readAddress(db)) ?? '';
      const fingerprint = serverFingerprint(identity.publicKey) ?? '';
      const made = await db.transaction(async (writes) => {
        await noteAct(writes, { at: now, by: administrator.name, kind: 'admission.made', about: note });
        return writeAdmissionCode(writes, now, { note, madeBy: administrator.name });
      });
      return ok({ ...made, address, fingerprint, text: writeAdmissionWords({ address, code: made.code, fingerprint }) });
    },
    'admissions.withdraw': async ({ id }, { administrator }) => db.transaction(async (writes) => {
      const now = nowMs();
      const note = await withdrawCode(writes, id, now);
      if (note === undefined) return err(consoleError('admissions.unknown'));
      await noteAct(writes, { at: now, by: administrator.name, kind: 'admission.withdrawn', about: note });
      return ok({});
    }),
  };
}

/** Whoever asks while a reading is under way shares it: a country is read once, however many look at it at that moment. */
function whileUnderWay<T>(read: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<T> | undefined;
  return () => (underWay ??= read().finally(() => {
    underWay = undefined;
  }));
}

function createStopHandlers({ db, nowMs }: ConsoleDep): ConsoleHandlers<'desks.stop' | 'desks.resume' | 'desks.rescue'> {
  return {
    'desks.stop': async ({ office, desk, reason }, { administrator }) => db.transaction(async (writes) => {
      const words = { by: administrator.name, at: nowMs(), reason };
      const stopped = await stopDesk(writes, office as OfficeId, desk as DeskId, words);
      if (!stopped.ok) return err(consoleError(stopped.error));
      await noteAct(writes, { ...words, kind: 'desk.stopped', office, about: stopped.value.name });
      return ok({});
    }),
    'desks.resume': async ({ office, desk, reason }, { administrator }) => db.transaction(async (writes) => {
      const resumed = await resumeDesk(writes, office as OfficeId, desk as DeskId);
      if (!resumed.ok) return err(consoleError(resumed.error));
      await noteAct(writes, { at: nowMs(), by: administrator.name, kind: 'desk.resumed', office, about: resumed.value.name, reason });
      return ok({});
    }),
    'desks.rescue': async ({ office, desk, days }, { administrator }) => db.transaction(async (writes) => {
      const found = await findDesk(writes, office as OfficeId, desk as DeskId);
      if (!found) return err(consoleError('stops.unknownDesk'));
      if (!found.isStoppedByOffice && !found.isStoppedHere) return err(consoleError('stops.none'));
      const now = nowMs();
      const until = now + days * DAY_MS;
      await openRescueWindow(writes, office as OfficeId, desk as DeskId, until);
      await noteAct(writes, { at: now, by: administrator.name, kind: 'desk.rescued', office, about: found.name });
      return ok({ until });
    }),
  };
}

function toLine({ office, name, admittedAt, devices, revokedDevices, contactAt, unsent, oldestUnsentAt, backlog, overdue, lag, quarantined }: OfficeOverview): OfficeLine {
  return {
    office, name, admittedAt, desks: devices - revokedDevices, contactAt, unsent, oldestUnsentAt, backlog, overdue, quarantined,
    lag: { operations: lag.operations, since: lag.since, isRebuilding: lag.isRebuilding },
  };
}

/** A desk with all that its devices said: people know the machine at the counter, not its incarnations. */
function desksOf(devices: readonly DeviceOverview[], folded: Office | undefined, stops: ReadonlyMap<DeskId, DeskStop>, rescues: ReadonlyMap<DeskId, number>, now: number): DeskLine[] {
  const byDesk = Map.groupBy(devices, ({ device }) => folded?.devices.get(device as DeviceId)?.desk ?? device);
  return [...byDesk].map(([id, own]) => {
    const desk = folded?.desks.get(id as DeskId);
    const [last] = own.toSorted((a, b) => (b.contactAt ?? 0) - (a.contactAt ?? 0));
    const oldest = own.map(({ oldestUnsentAt }) => oldestUnsentAt).filter((at) => at !== null);
    const until = desk && rescues.get(desk.id);
    return {
      desk: desk?.id ?? null, name: desk?.name ?? id, contactAt: last?.contactAt ?? null, program: last?.program ?? null,
      held: total(own, ({ held }) => held), unsent: total(own, ({ unsent }) => unsent), oldestUnsentAt: oldest.length === 0 ? null : Math.min(...oldest),
      stoppedByOffice: desk !== undefined && desk.revokedAt !== null, stopped: (desk && stops.get(desk.id)) ?? null, rescueUntil: until !== undefined && until > now ? until : null,
    };
  });
}

function quarantineOf(devices: readonly DeviceOverview[], folded: Office | undefined): QuarantineLine[] {
  const nameOf = (device: string) => folded?.desks.get(folded.devices.get(device as DeviceId)?.desk ?? ('' as DeskId))?.name;
  return devices.flatMap(({ device: sender, quarantined }) => quarantined.map(({ device, code, firstAt, lastAt, tries }) => (
    { senderName: nameOf(sender) ?? sender, ofName: nameOf(device) ?? null, code, firstAt, lastAt, tries }
  )));
}

function total<Row>(rows: readonly Row[], of: (row: Row) => number): number {
  return rows.reduce((sum, row) => sum + of(row), 0);
}
