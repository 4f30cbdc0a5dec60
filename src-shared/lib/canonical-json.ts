/**
 * One canonical JSON: keys sorted by UTF-16 code unit, no white space, integers only, strings in NFC, `undefined`
 * members left out. Equal values give equal bytes on every machine, so hashes of them can be compared.
 */
export type CanonicalValue =
  | null
  | boolean
  | number
  | string
  | readonly CanonicalValue[]
  | { readonly [key: string]: CanonicalValue | undefined };

/** Nothing of ours nests half as deep; without a bound a forged body could exhaust the stack of whoever reads it. */
export const CANONICAL_DEPTH_MAX = 64;

/** Throws TypeError on a float, a non-finite or unsafe number, a lone surrogate, deep nesting, or anything JSON does not know. */
export function canonicalJson(value: unknown): string {
  return write(value, 0);
}

/** True when `canonicalJson` can write it. What other desks wrote is asked first, so that reading it never throws. */
export function isCanonicalValue(value: unknown): value is CanonicalValue {
  try {
    write(value, 0);
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

function write(value: unknown, depth: number): string {
  if (value === null || value === true || value === false) return String(value);
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new TypeError(`canonical JSON holds safe integers only, got ${value}`);
    return Object.is(value, -0) ? '0' : String(value);
  }
  if (typeof value === 'string') return JSON.stringify(normalized(value));
  if (depth === CANONICAL_DEPTH_MAX) throw new TypeError(`canonical JSON nests ${CANONICAL_DEPTH_MAX} deep at most`);
  // Array.from turns the holes of a list into undefined, which is refused below; map would skip them.
  if (Array.isArray(value)) return `[${Array.from(value, (member) => write(member, depth + 1)).join(',')}]`;
  if (isPlainObject(value)) return writeObject(value, depth + 1);
  throw new TypeError(`canonical JSON cannot hold a ${typeof value === 'object' ? value?.constructor?.name : typeof value}`);
}

function writeObject(value: Readonly<Record<string, unknown>>, depth: number): string {
  const members = new Map<string, unknown>();
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined) continue;
    const name = normalized(key);
    if (members.has(name)) throw new TypeError('canonical JSON holds a key once');
    members.set(name, member);
  }
  const names = [...members.keys()].sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${write(members.get(name), depth)}`).join(',')}}`;
}

function normalized(text: string): string {
  if (!text.isWellFormed()) throw new TypeError('canonical JSON holds well-formed strings only');
  return text.normalize('NFC');
}

/** Not a Date, a Map or bytes, whose content would silently be lost. */
function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
