import { canonicalJson } from '../../lib/canonical-json.ts';
import type { CalendarPack } from '../deadlines/calendar-pack.ts';
import type { CataloguePack } from './catalogue-pack.ts';

/** One entry that a pack has otherwise than the one before: a procedure by its code, or a day by its date. */
export interface PackChange {
  readonly what: 'added' | 'removed' | 'changed';
  readonly key: string;
  /** As it is called in the pack that comes, or was called where it goes. */
  readonly name: string;
  /** Members that differ, by their names in the pack; for a changed entry alone. */
  readonly members: readonly string[];
}

export interface PackChanges {
  /** Null where the kind of pack does not say it. */
  readonly issuedBy: string | null;
  readonly validFrom: string;
  readonly validTo: string | null;
  /** Removed, then changed, then added; in the order of their keys. */
  readonly changes: readonly PackChange[];
}

/** What people see of a new catalogue before they use it. Without a pack before it everything is added. */
export function changesOfCatalogue(before: CataloguePack | undefined, { issuedBy, validFrom, validTo, procedures }: CataloguePack): PackChanges {
  const entries = (list: CataloguePack['procedures']) => new Map(list.map((one) => [one.code, { name: one.shortName, value: one }] as const));
  return { issuedBy, validFrom, validTo, changes: compare(entries(before?.procedures ?? []), entries(procedures)) };
}

/** What people see of a new calendar before they use it. */
export function changesOfCalendar(before: CalendarPack | undefined, { validFrom, validTo, ...after }: CalendarPack): PackChanges {
  const entries = ({ days, fixedDates }: Pick<CalendarPack, 'days' | 'fixedDates'>) => new Map<string, Entry>([
    ...days.map((one): [string, Entry] => [one.date, { name: one.name, value: one }]),
    ...fixedDates.map((one): [string, Entry] => [one.monthDay, { name: one.name, value: one }]),
  ]);
  return { issuedBy: null, validFrom, validTo, changes: compare(before ? entries(before) : new Map(), entries(after)) };
}

interface Entry {
  readonly name: string;
  readonly value: object;
}

function compare(before: ReadonlyMap<string, Entry>, after: ReadonlyMap<string, Entry>): readonly PackChange[] {
  const removed = [...before].filter(([key]) => !after.has(key)).map(([key, { name }]): PackChange => ({ what: 'removed', key, name, members: [] }));
  const changed = [...after].flatMap(([key, { name, value }]): PackChange[] => {
    const members = differing(before.get(key)?.value ?? value, value);
    return members.length === 0 ? [] : [{ what: 'changed', key, name, members }];
  });
  const added = [...after].filter(([key]) => !before.has(key)).map(([key, { name }]): PackChange => ({ what: 'added', key, name, members: [] }));
  return [removed, changed, added].flatMap((list) => list.sort((a, b) => (a.key < b.key ? -1 : 1)));
}

function differing(before: object, after: object): readonly string[] {
  const [old, now] = [before, after] as readonly Readonly<Record<string, unknown>>[];
  const told = (value: unknown) => (value === undefined ? '' : canonicalJson(value));
  return [...new Set([...Object.keys(old!), ...Object.keys(now!)])].filter((member) => told(old![member]) !== told(now![member])).sort();
}
