import fc from 'fast-check';
import { CORRECTABLE_FIELDS } from '../../src-shared/domain/dossiers/dossier-content.ts';
import { DOSSIER_KINDS } from '../../src-shared/domain/dossiers/dossier-operations.ts';
import { isUndoable } from '../../src-shared/domain/dossiers/dossier-state.ts';
import type { DossierKind } from '../../src-shared/domain/dossiers/dossier-operations.ts';
import type { Operation } from '../../src-shared/domain/operations/operation.ts';
import type { DeviceId } from '../../src-shared/lib/ids.ts';
import { buildBody, correction, moneyOf, type Choice } from './build-dossier-bodies.ts';
import { buildDossier, deskUuid, idOf, OFFICE_SUBJECT, officerChangedBody, OFFICERS, openConflicts, type TestDesk, type TestOffice } from './build-operations.ts';

/** Three desks do anything at all, legal or not, and meet by chance. A step is plain numbers, so that fast-check can shrink it. */
export interface Step {
  readonly desk: number;
  readonly what: number;
  readonly pick: number;
  readonly choice: Choice;
  readonly minutes: number;
}

const stepArbitrary: fc.Arbitrary<Step> = fc.record({
  desk: fc.nat(2),
  what: fc.nat(99),
  pick: fc.nat(9_999),
  choice: fc.constantFrom<Choice>(0, 1),
  minutes: fc.nat(90),
});
export const stepsArbitrary = fc.array(stepArbitrary, { minLength: 1, maxLength: 18 });

const ACTORS = [OFFICERS.all, OFFICERS.all, OFFICERS.all, OFFICERS.all2, OFFICERS.processing, OFFICERS.reception, OFFICERS.admin, null];
const FIELDS = CORRECTABLE_FIELDS.filter((field) => ['request', 'note', 'sets', 'papers'].includes(field));
const ROLE_SETS = [['reception'], ['processing', 'leader'], ['admin'], ['reception', 'processing', 'leader']] as const;
const at = <T>(list: readonly T[], pick: number): T => list[pick % list.length]!;

export function runSteps(steps: readonly Step[]): TestOffice & { readonly received: Operation } {
  const built = buildDossier();
  for (const step of steps) {
    built.time.ms += step.minutes * 60_000;
    doStep(built, built.desks[step.desk]!, step);
  }
  return built;
}

/** Every operation that any desk wrote. */
export function allOperations(built: TestOffice): Operation[] {
  return [...new Map(built.desks.flatMap((desk) => [...desk.known])).values()];
}

function doStep(built: TestOffice, desk: TestDesk, step: Step): void {
  const { what, pick } = step;
  if (what < 18) desk.learn(at(built.desks, pick));
  else if (what < 23) learnPrefix(desk, at(built.desks, pick), pick);
  else if (what < 31) undoSomething(desk, step);
  else if (what < 41) desk.write('dossier.corrected', correction(randomChanges(step)), { actor: at(ACTORS, pick) });
  else if (what < 51) settleSomething(desk, step);
  else if (what < 57) changeOffice(desk, step);
  else if (what < 62) writeStrangely(desk, step);
  else if (what < 64) desk.wallOffsetMs = [0, 315_532_800_000, -86_400_000, 7_200_000][pick % 4]!;
  else writeAnything(desk, step);
}

/** One device's log up to some operation, as a cut link leaves it: what it refers to may be missing. */
function learnPrefix(desk: TestDesk, from: TestDesk, pick: number): void {
  const device = at(['d1', 'd2', 'd3'], pick) as DeviceId;
  const log = [...from.known.values()].filter((operation) => operation.header.device === device).sort((a, b) => a.header.seq - b.header.seq);
  desk.learn(log.slice(0, Math.max(9, pick % (log.length + 1))));
}

function undoSomething(desk: TestDesk, { pick }: Step): void {
  const targets = desk.about().filter((operation) => isUndoable(operation.header.kind as DossierKind));
  const target = pick % 3 === 0 ? at([...targets, desk.about()[0]!], pick) : (targets.at(-1) ?? desk.about()[0]!);
  desk.write('dossier.undone', buildBody('dossier.undone', 0, { target: idOf(target) }), { actor: pick % 2 ? target.header.actor : OFFICERS.leader });
}

function randomChanges({ pick, choice }: Step): Record<string, unknown> {
  const values: Record<string, unknown> = { request: `Yêu cầu ${choice}`, note: `Ghi chú ${choice}`, sets: choice + 1, papers: [] };
  const fields = [...new Set([at(FIELDS, pick), at(FIELDS, pick >> 3)])];
  return Object.fromEntries(fields.map((field) => [field, values[field]]));
}

function settleSomething(desk: TestDesk, { pick, choice }: Step): void {
  const conflicts = openConflicts(desk.dossier());
  if (conflicts.length === 0) return;
  const conflict = at(conflicts, pick);
  const keep = choice === 0 ? at(conflict.options, pick >> 3) : pick % 5 === 0 ? conflict.operations : [];
  desk.write('dossier.conflictSettled', buildBody('dossier.conflictSettled', 0, { conflict: conflict.id, keep }), { actor: at(ACTORS, pick) });
}

function changeOffice(desk: TestDesk, { pick, choice }: Step): void {
  const about = { subject: OFFICE_SUBJECT, actor: pick % 7 === 0 ? OFFICERS.reception : OFFICERS.admin };
  const officer = at([OFFICERS.all, OFFICERS.all2, OFFICERS.processing], pick);
  if (pick % 9 === 0) desk.write('desk.revoked', { desk: deskUuid(1 + (pick % 3)), reason: 'Mất máy' }, about);
  else if (choice === 0) desk.write('officer.changed', officerChangedBody(officer, at(ROLE_SETS, pick >> 2), pick % 5 === 0), about);
  else {
    const dates = { firstDate: '2026-07-01', lastDate: at(['2026-06-30', '2026-07-01', '2026-12-31'], pick >> 1) };
    const delegation = `99999999-0000-4000-8000-00000000000${pick % 3}`;
    desk.write('delegation.granted', { delegation, from: OFFICERS.leader, to: officer, roles: ['leader'], ...dates, reason: '' }, about);
  }
}

function writeStrangely(desk: TestDesk, { pick, choice }: Step): void {
  const kind = at(DOSSIER_KINDS, pick);
  const body = buildBody(kind, choice);
  const strange = [
    () => desk.write('dossier.teleported', { to: 'x' }),
    () => desk.write(kind, body, { version: 2 }),
    () => desk.write(kind, { nonsense: 0.5 }),
    () => desk.write(kind, undefined),
    () => desk.write(kind, body, { after: [{ device: 'd2' as DeviceId, seq: 40 + (pick % 9) }, { device: desk.device, seq: pick % 30 }] }),
  ];
  at(strange, pick >> 2)();
}

function writeAnything(desk: TestDesk, { pick, choice }: Step): void {
  const kind = at(DOSSIER_KINDS, pick);
  const base = desk.dossier()?.appointmentSetBy;
  const despite = openConflicts(desk.dossier()).map((conflict) => conflict.id).slice(0, 10);
  desk.write(kind, buildBody(kind, choice, { ...(base && { base }), ...moneyOf(desk.dossier()), despite }), { actor: at(ACTORS, pick >> 4) });
}

/** A list in another order, with some members twice; the same for the same seed. */
export function shuffled<T>(list: readonly T[], seed: number): T[] {
  let state = seed + 1;
  const next = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const result = list.flatMap((item) => (next(4) === 0 ? [item, item] : [item]));
  for (let index = result.length - 1; index > 0; index -= 1) {
    const other = next(index + 1);
    [result[index], result[other]] = [result[other]!, result[index]!];
  }
  return result;
}
