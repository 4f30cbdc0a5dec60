import { foldArrived } from '../../../src-main/core/desk/arrivals.ts';
import { writeErasure } from '../../../src-main/core/desk/erasures.ts';
import { FACT, type OpenDesk } from '../../../src-main/core/desk/open-desk.ts';
import { writingFault } from '../../../src-main/core/calls/answer-once.ts';
import { writeOfficeAct, writeWhoMayAct } from '../../../src-main/core/calls/office-acts.ts';
import { writeFact } from '../../../src-node/operations/desk-facts.ts';
import { projectDossier } from '../../../src-node/operations/dossier-projection.ts';
import { nextCounter } from '../../../src-node/operations/issued-numbers.ts';
import { foldDossier } from '../../../src-shared/domain/dossiers/dossier-fold.ts';
import { DOSSIER_KINDS } from '../../../src-shared/domain/dossiers/dossier-operations.ts';
import { parseOperationId } from '../../../src-shared/domain/operations/operation.ts';
import type { DeskId, OfficerId, SubjectId } from '../../../src-shared/lib/ids.ts';
import { officeDate } from '../../../src-shared/lib/office-time.ts';
import { ok } from '../../../src-shared/lib/result.ts';
import { bytesToSubject } from '../../../src-node/operations/operation-rows.ts';
import { buildBody, moneyOf, type Choice } from '../../helpers/build-dossier-bodies.ts';
import { receivedBody } from '../../helpers/build-operations.ts';
import { valueOf } from '../../helpers/core-desk.ts';
import { createChance, type Chance } from '../seeded-chance.ts';

/** Who acts, and as what program. */
export interface Acting {
  readonly officer: OfficerId;
  readonly writesNewKinds: boolean;
  /** Long texts, that one frame cannot carry many of. */
  readonly writesMuch: boolean;
  readonly trueMs: number;
}

/** One act of the counter, legal or not, on what the desk knows. */
export function act(desk: OpenDesk, acting: Acting, seed: number): void {
  const chance = createChance(seed);
  if (!answerForDate(desk, acting)) return;
  const known = dossiersOf(desk);
  const what = chance.next();
  if (known.length === 0 || what < 0.4) receive(desk, acting, chance, acting.writesMuch ? chance.between(2_000, 9_000) : 0);
  else if (what < 0.86) writeAnything(desk, acting, chance, chance.pick(known));
  else if (what < 0.9) valueOf(writeOfficeAct(desk, { kind: 'desk.renamed', actor: acting.officer, body: { desk: desk.deskId, name: `Máy ${chance.between(1, 99)}` } }));
  else if (what < 0.93) erase(desk, acting, chance.pick(known));
  else if (what < 0.96) valueOf(desk.checkpoint());
  else receive(desk, acting, chance, chance.between(2_000, 9_000));
  valueOf(desk.noteCommit());
}

/** The office stops a desk. */
export async function revoke(desk: OpenDesk, acting: Acting, stopped: DeskId): Promise<string | undefined> {
  if (!answerForDate(desk, acting) || desk.office().desks.get(stopped)?.revokedAt != null) return undefined;
  const written = writeWhoMayAct(async () => void (await foldArrived(desk)), desk, { kind: 'desk.revoked', actor: acting.officer, body: { desk: stopped, reason: 'Mất máy' } });
  const id = `${desk.device}:${desk.log.head().seq}`;
  await written;
  return id;
}

/** Where the date is in question somebody says what day it is; a stopped desk writes nothing. */
function answerForDate(desk: OpenDesk, { officer, trueMs }: Acting): boolean {
  if (desk.clock.question()) {
    const date = officeDate(trueMs);
    const body = { desk: desk.deskId, date, wall: trueMs, cause: desk.clock.question()!.cause } as const;
    desk.clock.confirm(date, true);
    if (!writeOfficeAct(desk, { kind: 'desk.dateConfirmed', actor: officer, body }, ({ db }) => writeFact(db, FACT.clock, desk.clock.anchor())).ok) return false;
  }
  return writingFault(desk) === null;
}

function dossiersOf({ db, office }: OpenDesk): readonly SubjectId[] {
  const { erasures } = office();
  return db.all<{ id: Uint8Array }>('SELECT id FROM dossiers ORDER BY id').map(({ id }) => bytesToSubject(id)).filter((id) => !erasures.has(id));
}

function receive(desk: OpenDesk, { officer }: Acting, chance: Chance, noteBytes = 0): void {
  const token = desk.office().devices.get(desk.device)?.token;
  // Without a series nothing is received here until somebody picks one.
  if (!token) return;
  const subject = uuidOf(chance) as SubjectId;
  const body = receivedBody();
  const note = Array.from({ length: noteBytes >> 3 }, () => chance.between(0, 2 ** 31).toString(36)).join(' ').slice(0, 1_900);
  valueOf(desk.log.write((writing) => {
    const date = desk.clock.businessDate();
    const series = { kind: 'dossier', token, period: date } as const;
    const register = { kind: 'register', token, period: date.slice(0, 4) } as const;
    const number = { ...series, counter: nextCounter(writing.db, series) };
    const operation = writing.append({
      kind: 'dossier.received', version: 1, subject, actor: officer, after: [],
      body: {
        ...body, number, register: { ...register, counter: nextCounter(writing.db, register) }, receivedAt: desk.clock.nowMs(),
        codes: [{ system: 'own', code: `H99.99-${date.slice(2).replaceAll('-', '')}-${token}${String(number.counter).padStart(3, '0')}` }],
        content: { ...body.content, ...(note && { note }) },
      },
    });
    projectDossier(writing.db, writing.names, desk.office(), [operation]);
    return ok(undefined);
  }));
}

function writeAnything(desk: OpenDesk, { officer, writesNewKinds }: Acting, chance: Chance, subject: SubjectId): void {
  const kinds = DOSSIER_KINDS.filter((kind) => kind !== 'dossier.received' && kind !== 'dossier.imported');
  const kind = chance.pick(kinds);
  const isNew = writesNewKinds && chance.isHit(0.4);
  valueOf(desk.log.write((writing) => {
    const known = desk.log.listSubject(subject);
    const dossier = foldDossier(known, desk.office());
    const base = dossier?.appointmentSetBy;
    const body = buildBody(kind, chance.between(0, 1) as Choice, { ...(base && { base }), ...moneyOf(dossier) });
    const written = isNew ? chance.pick([{ kind: 'dossier.teleported', version: 1, body: { to: 'x' } }, { kind, version: 2, body }]) : { kind, version: 1, body };
    const operation = writing.append({ ...written, subject, actor: officer, after: (dossier?.heads ?? []).map(parseOperationId) });
    projectDossier(writing.db, writing.names, desk.office(), [...known, operation]);
    return ok(undefined);
  }));
}

function erase(desk: OpenDesk, { officer }: Acting, subject: SubjectId): void {
  valueOf(desk.log.write((writing) => {
    writeErasure(desk, writing, { subject, actor: officer, reason: 'Nhập thử' });
    return ok(undefined);
  }));
  desk.reloadOffice();
}

function uuidOf(chance: Chance): string {
  const hex = Array.from({ length: 32 }, () => chance.between(0, 15).toString(16)).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}
