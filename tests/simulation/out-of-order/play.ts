/** Desks that write apart, in one line of text, and a desk that hears of it in another order. */
import type { DossierKind } from '../../../src-shared/domain/dossiers/dossier-operations.ts';
import type { Dossier } from '../../../src-shared/domain/dossiers/dossier.ts';
import type { Operation } from '../../../src-shared/domain/operations/operation.ts';
import { assert } from '../../../src-shared/lib/assert.ts';
import { buildBody, correction, type Choice } from '../../helpers/build-dossier-bodies.ts';
import {
  buildDossier, deskUuid, idOf, OFFICE_SUBJECT, officerChangedBody, OFFICERS, openConflicts, type TestDesk, type WriteOptions,
} from '../../helpers/build-operations.ts';
import { contextOf } from '../../helpers/legal-bases.ts';

const WRITERS = 3;
const MINUTE = 60_000;

export interface Played {
  /** What each desk wrote itself, in the order of its log: the form in which logs travel. */
  readonly logs: readonly (readonly Operation[])[];
  /** Knows the office and the reception of the dossier, and nothing of what came after. */
  readonly listener: TestDesk;
}

type Play = (desk: TestDesk, argument: string) => void;

/**
 * Acts that are no dossier kind. Every other word is one: `taken` is `dossier.taken`, `taken/1` its other choice, `taken=reception`
 * by that officer. `2<1` lets desk 2 learn all that desk 1 knows.
 */
const SPECIAL: Readonly<Record<string, Play>> = {
  /** Undoes the newest act of a kind that the desk knows. */
  undo: (desk, kind) => void desk.write('dossier.undone', buildBody('dossier.undone', 0, { target: idOf(newest(desk, kind)) }), { actor: newest(desk, kind).header.actor }),
  /** Corrects one field to a value: `correct request:Đổi`. */
  correct: (desk, argument) => {
    const [field = '', value] = argument.split(':');
    desk.write('dossier.corrected', correction({ [field]: field === 'sets' ? Number(value) : value }));
  },
  /** Settles the one open conflict in favour of the newest act of a kind; of nobody without one. */
  settle: (desk, kind) => {
    const conflict = openConflicts(desk.dossier())[0];
    assert(conflict, 'there is a conflict to settle');
    desk.write('dossier.conflictSettled', buildBody('dossier.conflictSettled', 0, { conflict: conflict.id, keep: kind ? [idOf(newest(desk, kind))] : [] }));
  },
  /** The officer may do nothing but receive from now on. */
  demote: (desk, name) => office(desk, 'officer.changed', officerChangedBody(OFFICERS[name as keyof typeof OFFICERS], ['reception'])),
  promote: (desk, name) => office(desk, 'officer.changed', officerChangedBody(OFFICERS[name as keyof typeof OFFICERS], ['reception', 'processing', 'leader'])),
  retire: (desk, name) => office(desk, 'officer.changed', officerChangedBody(OFFICERS[name as keyof typeof OFFICERS], ['reception', 'processing', 'leader'], true)),
  revoke: (desk, number) => office(desk, 'desk.revoked', { desk: deskUuid(Number(number)), reason: 'Mất máy' }),
  /** The leader is away and lets an officer of processing decide. */
  delegate: (desk, name) => office(desk, 'delegation.granted', {
    delegation: '99999999-0000-4000-8000-000000000001', from: OFFICERS.leader, to: OFFICERS[name as keyof typeof OFFICERS], roles: ['leader'],
    firstDate: '2026-07-01', lastDate: '2026-12-31', reason: 'Đi họp',
  }),
  /** A kind that only a newer program knows. */
  newer: (desk) => void desk.write('dossier.teleported', { to: 'x' }),
  /** The clock of the machine is off by so many days. */
  clock: (desk, days) => {
    desk.wallOffsetMs = Number(days) * 86_400_000;
  },
};

function office(desk: TestDesk, kind: string, body: unknown): void {
  desk.write(kind, body, { subject: OFFICE_SUBJECT, actor: OFFICERS.admin });
}

function newest(desk: TestDesk, kind: string): Operation {
  const found = desk.about().findLast(({ header }) => header.kind === `dossier.${kind}`);
  assert(found, `an operation dossier.${kind} is known`);
  return found;
}

/** Plays steps like `1:taken 2<1 2:finished`. */
export function play(script: string): Played {
  const built = buildDossier(WRITERS + 1);
  const writers = built.desks.slice(0, WRITERS);
  const before = writers.map(({ known }) => new Set(known.keys()));
  for (const step of script.split(/\s+/)) {
    built.time.ms += MINUTE;
    playStep(writers, step);
  }
  const logs = writers.map((desk, index) => [...desk.known.values()].filter((operation) => operation.header.device === desk.device && !before[index]!.has(idOf(operation))));
  return { logs, listener: built.desks[WRITERS]! };
}

function playStep(writers: readonly TestDesk[], step: string): void {
  const [, number, sign, what = ''] = /^(\d)([<:])(.+)$/.exec(step) ?? [];
  const desk = writers[Number(number) - 1];
  assert(desk, `${step} names a desk`);
  if (sign === '<') return desk.learn(writers[Number(what) - 1]!);
  const [word = '', argument = ''] = what.split('@');
  const special = SPECIAL[word];
  if (special) special(desk, argument);
  else writeAct(desk, word);
}

function writeAct(desk: TestDesk, word: string): void {
  const [, name = '', choice = '0', actor] = /^(\w+)(?:\/([01]))?(?:=(\w+))?$/.exec(word) ?? [];
  const kind = `dossier.${name}` as DossierKind;
  const options: WriteOptions = actor === undefined ? {} : { actor: OFFICERS[actor as keyof typeof OFFICERS] };
  const despite = openConflicts(desk.dossier()).map(({ id }) => id);
  desk.write(kind, buildBody(kind, Number(choice) as Choice, { ...contextOf(desk), despite }), options);
}

/** Lets the listener hear logs in an order: `2 1` desk 2's, then desk 1's; `1#2` only its first two operations. The view after each. */
export function hear({ logs, listener }: Played, order: string): string[] {
  return order.split(' ').map((part) => {
    const [desk, count] = part.split('#').map(Number);
    listener.learn(logs[desk! - 1]!.slice(0, count ?? Infinity));
    return viewOf(listener.dossier()!);
  });
}

/** The status, and what an officer is told beside it: `…n` operations are missing, `!why` a conflict, `hẹn?` the appointment is to be looked at, `↑` a newer program is needed. */
function viewOf(dossier: Dossier): string {
  return [
    dossier.status,
    ...(dossier.missing.length > 0 ? [`…${dossier.missing.length}`] : []),
    ...openConflicts(dossier).map(({ reason }) => `!${reason}`).sort(),
    ...(dossier.appointmentNeedsReview ? ['hẹn?'] : []),
    ...(dossier.needsUpdate ? ['↑'] : []),
  ].join(' ');
}

/** Every order in which the logs that hold anything can be heard. */
export function everyOrder({ logs }: Played): string[] {
  return permutations(logs.flatMap((log, index) => (log.length > 0 ? [index + 1] : []))).map((order) => order.join(' '));
}

function permutations<T>(list: readonly T[]): T[][] {
  return list.length <= 1 ? [[...list]] : list.flatMap((first, index) => permutations(list.toSpliced(index, 1)).map((rest) => [first, ...rest]));
}
