import { DOSSIER_KINDS, type DossierKind } from '../../src-shared/domain/dossiers/dossier-operations.ts';
import { isUndoable } from '../../src-shared/domain/dossiers/dossier-state.ts';
import { whyNot } from '../../src-shared/domain/dossiers/dossier-fold.ts';
import type { Operation } from '../../src-shared/domain/operations/operation.ts';
import { buildBody, moneyOf, type BodyContext, type Choice } from './build-dossier-bodies.ts';
import { buildOffice, exchange, START_MS, TestDesk, type TestOffice, type WriteOptions } from './build-operations.ts';

/** Acts that lead to one state of a dossier, found by trying every kind after every other. */
export interface Base {
  readonly path: readonly DossierKind[];
  readonly status: string;
}

const office = buildOffice(2);

/** Two desks that know the office and the acts of a base, and nothing else. */
export function startFrom(base: Base): TestOffice {
  const time = { ms: START_MS + 2 * 3_600_000 };
  const desks = ['d1', 'd2'].map((device) => new TestDesk(device, time));
  for (const desk of desks) desk.learn(office.desks[0]!);
  for (const kind of base.path) {
    // Money without a biên lai yet, so that every act about it may follow.
    writeKind(desks[0]!, kind, kind === 'dossier.feeCollected' ? 1 : 0);
    time.ms += 60_000;
  }
  exchange(...desks);
  time.ms += 3_600_000;
  return { time, desks };
}

export function contextOf(desk: TestDesk): BodyContext {
  const dossier = desk.dossier();
  const target = dossier?.history.findLast((entry) => isUndoable(entry.header.kind as DossierKind))?.id;
  return { ...(dossier && { base: dossier.appointmentSetBy }), ...(target && { target }), ...moneyOf(dossier) };
}

export function writeKind(desk: TestDesk, kind: DossierKind, choice: Choice = 0, options: WriteOptions = {}): Operation {
  return desk.write(kind, buildBody(kind, choice, contextOf(desk)), options);
}

/** Would the act take effect on what the desk knows? The desk itself stays as it is. */
export function isLegal(desk: TestDesk, kind: DossierKind, options: WriteOptions = {}): boolean {
  return whyNotKind(desk, kind, options) === null;
}

export function whyNotKind(desk: TestDesk, kind: DossierKind, options: WriteOptions = {}) {
  const known = desk.about();
  const copy = new TestDesk('d1', { ms: desk.trustedMs() });
  copy.learn(desk);
  return whyNot(known, writeKind(copy, kind, 0, { ...options, at: { ms: desk.trustedMs(), counter: 0 } }), desk.office());
}

const NOTHING: Base = { path: [], status: 'nothing' };

function findBases(): Base[] {
  const found = new Map<string, Base>([[NOTHING.status, NOTHING]]);
  const queue = [NOTHING];
  for (let base = queue.shift(); base; base = queue.shift()) {
    for (const kind of DOSSIER_KINDS) {
      if (kind === 'dossier.undone' || kind === 'dossier.imported') continue;
      const desk = startFrom({ path: [...base.path, kind], status: '' }).desks[0]!;
      const dossier = desk.dossier();
      if (!dossier || dossier.history.at(-1)?.effect !== 'applied' || found.has(dossier.status)) continue;
      const next = { path: [...base.path, kind], status: dossier.status };
      found.set(next.status, next);
      queue.push(next);
    }
  }
  return [...found.values()];
}

export const BASES: readonly Base[] = findBases();

/** The same states with money taken beside. */
const BASES_WITH_MONEY: readonly Base[] = BASES.filter((base) => base !== NOTHING).map((base) => ({ ...base, path: [...base.path, 'dossier.feeCollected'] }));
const ABOUT_MONEY: ReadonlySet<DossierKind> = new Set<DossierKind>(['dossier.feeReceiptIssued', 'dossier.feeRefunded', 'dossier.feeVoided']);

const legalKinds = new Map(
  [...BASES, ...BASES_WITH_MONEY].map((base) => {
    const desk = startFrom(base).desks[0]!;
    return [base, new Set(DOSSIER_KINDS.filter((kind) => isLegal(desk, kind)))];
  }),
);

/** The states from which both acts could be done. */
export function basesOf(...kinds: readonly DossierKind[]): Base[] {
  const bases = kinds.some((kind) => ABOUT_MONEY.has(kind)) ? BASES_WITH_MONEY : BASES;
  return bases.filter((base) => kinds.every((kind) => legalKinds.get(base)!.has(kind)));
}
