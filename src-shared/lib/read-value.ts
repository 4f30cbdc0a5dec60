import { isCanonicalValue, isPlainObject, type CanonicalValue } from './canonical-json.ts';

/**
 * Reading what came from outside without a word about what is wrong with it: the fold reads every body of a log, and zod
 * takes more than half of its time. A reader accepts what canonical JSON can give *and* its zod schema accepts, and gives the very
 * same value, down to the order of keys (held to it by tests/unit/dossiers/read-body.test.ts).
 *
 * A reader gives undefined for what it refuses; `depth` is how deep the value stands in its body.
 */
export type Reader<T> = (value: unknown, depth: number) => T | undefined;

/** A member that may be left out. */
interface Optional<T> {
  readonly optional: Reader<T>;
}

type Members = Readonly<Record<string, Reader<unknown> | Optional<unknown>>>;
type ValueOf<M> = M extends Reader<infer T> ? T : M extends Optional<infer T> ? T : never;
type RequiredNames<M> = { [K in keyof M]: M[K] extends Reader<unknown> ? K : never }[keyof M];
type Read<M> = { [K in RequiredNames<M>]: ValueOf<M[K]> } & { [K in Exclude<keyof M, RequiredNames<M>>]?: ValueOf<M[K]> | undefined };

export function optional<T>(reader: Reader<T>): Optional<T> {
  return { optional: reader };
}

/** Exactly these members, in this order. */
export function object<M extends Members>(members: M): Reader<Read<M>> {
  const names = Object.keys(members);
  const readers = names.map((name) => {
    const member = members[name]!;
    return typeof member === 'function' ? { read: member, isOptional: false } : { read: member.optional, isOptional: true };
  });
  return (value, depth) => {
    if (!isPlainObject(value)) return undefined;
    const result: Record<string, unknown> = {};
    let count = 0;
    for (let index = 0; index < names.length; index += 1) {
      const name = names[index]!;
      const { read, isOptional } = readers[index]!;
      const member = value[name];
      const part = member === undefined ? undefined : read(member, depth + 1);
      if (part === undefined && (member !== undefined || !isOptional)) return undefined;
      if (part === undefined && !Object.hasOwn(value, name)) continue;
      result[name] = part;
      count += 1;
    }
    // Whatever is over stands under a name that nobody knows.
    return Object.keys(value).length === count ? (result as Read<M>) : undefined;
  };
}

/** A text as it was written. */
export function text(max: number, min = 0): Reader<string> {
  return (value) => (typeof value === 'string' && fits(value, min, max) && value.isWellFormed() ? value : undefined);
}

/** A text without the white space around it, which does not count. */
export function line(max: number, min = 0): Reader<string> {
  return (value) => {
    if (typeof value !== 'string' || !value.isWellFormed()) return undefined;
    const trimmed = value.trim();
    return fits(trimmed, min, max) ? trimmed : undefined;
  };
}

/** Letters beyond the first plane count once, as in zod; a text that has none of them is not looked through. */
function fits(value: string, min: number, max: number): boolean {
  const units = value.length;
  if (units < min || units > max * 2) return false;
  if (units >= min * 2 && units <= max) return true;
  const pairs = value.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0;
  return units - pairs >= min && units - pairs <= max;
}

export function matching(pattern: RegExp): Reader<string> {
  return (value) => (typeof value === 'string' && pattern.test(value) ? value : undefined);
}

const UUID = /^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$/;
export const uuid: Reader<string> = matching(UUID);

export function integer(min = -Number.MAX_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER): Reader<number> {
  return (value) => (typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max ? value : undefined);
}

export const flag: Reader<boolean> = (value) => (typeof value === 'boolean' ? value : undefined);

export function oneOf<const T extends string>(values: readonly T[]): Reader<T> {
  const known: ReadonlySet<unknown> = new Set(values);
  return (value) => (known.has(value) ? (value as T) : undefined);
}

export function nullable<T>(reader: Reader<T>): Reader<T | null> {
  return (value, depth) => (value === null ? null : reader(value, depth));
}

export function list<T>(reader: Reader<T>, max: number, min = 0): Reader<T[]> {
  return (value, depth) => {
    if (!Array.isArray(value) || value.length < min || value.length > max) return undefined;
    const members: T[] = [];
    for (const member of value as readonly unknown[]) {
      const read = reader(member, depth + 1);
      if (read === undefined) return undefined;
      members.push(read);
    }
    return members;
  };
}

/** Any names, as long as allowed; a `__proto__` is left out, as zod does. */
export function record<T>(reader: Reader<T>, nameMax = Infinity): Reader<Record<string, T>> {
  return (value, depth) => {
    if (!isPlainObject(value) || !isCanonicalValue(value, depth)) return undefined;
    const result: Record<string, T> = {};
    for (const name of Object.keys(value)) {
      if (name === '__proto__') continue;
      const member = fits(name, 0, nameMax) ? reader(value[name], depth + 1) : undefined;
      if (member === undefined) return undefined;
      result[name] = member;
    }
    return result;
  };
}

/** Whatever canonical JSON knows. */
export const json: Reader<Json> = (value, depth) => (isCanonicalValue(value, depth) ? copyOf(value) : undefined);
type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

function copyOf(value: CanonicalValue | undefined): Json | undefined {
  if (value === undefined || value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return copyOfList(value as readonly CanonicalValue[]);
  const copy: Record<string, Json> = {};
  for (const [name, member] of Object.entries(value)) {
    if (name === '__proto__') continue;
    const read = copyOf(member);
    if (read === undefined) return undefined;
    copy[name] = read;
  }
  return copy;
}

function copyOfList(members: readonly CanonicalValue[]): Json[] | undefined {
  const copies: Json[] = [];
  for (const member of members) {
    const copy = copyOf(member);
    if (copy === undefined) return undefined;
    copies.push(copy);
  }
  return copies;
}

export function suchThat<T>(reader: Reader<T>, isRight: (value: T) => boolean): Reader<T> {
  return (value, depth) => {
    const read = reader(value, depth);
    return read !== undefined && isRight(read) ? read : undefined;
  };
}

/** One of several objects, told apart by the value of one member. */
export function byMember<R extends Readonly<Record<string, Reader<unknown>>>>(name: string, readers: R): Reader<ValueOf<R[keyof R]>> {
  return (value, depth) => {
    if (!isPlainObject(value)) return undefined;
    const told = value[name];
    return typeof told === 'string' && Object.hasOwn(readers, told) ? (readers[told]!(value, depth) as ValueOf<R[keyof R]>) : undefined;
  };
}
