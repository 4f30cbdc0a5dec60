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

/**
 * True for what reading canonical JSON can give: `canonicalJson` writes it without throwing. What other desks wrote is
 * asked first. Builds no text, because every fold asks it of every operation.
 */
export function isCanonicalValue(value: unknown, depth = 0): value is CanonicalValue {
  if (value === null || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isSafeInteger(value);
  if (typeof value === 'string') return isPlainText(value) || value.isWellFormed();
  if (depth === CANONICAL_DEPTH_MAX) return false;
  if (Array.isArray(value)) return isCanonicalList(value, depth + 1);
  if (!isPlainObject(value)) return false;
  for (const key of Object.keys(value)) if (value[key] !== undefined && !(isCanonicalKey(key) && isCanonicalValue(value[key], depth + 1))) return false;
  return true;
}

function isCanonicalList(list: readonly unknown[], depth: number): boolean {
  // By index, which shows the holes of a list; they read as undefined, which is no value.
  for (let index = 0; index < list.length; index += 1) if (!isCanonicalValue(list[index], depth)) return false;
  return true;
}

function isCanonicalKey(key: string): boolean {
  return isKnownKey(key) || isAscii(key) || (key.isWellFormed() && key.normalize('NFC') === key);
}

/** Keys come from a small vocabulary, and each stands in thousands of bodies: its text as JSON is made once. */
const quotedByKey = new Map<string, string>();
const KNOWN_KEYS_MAX = 2_000;

function isKnownKey(key: string): boolean {
  return quotedByKey.has(key);
}

/** Only ASCII keys are remembered: nothing in them to normalise. */
function quotedKey(key: string): string {
  const known = quotedByKey.get(key);
  if (known !== undefined) return known;
  const quoted = JSON.stringify(key);
  if (isAscii(key) && quotedByKey.size < KNOWN_KEYS_MAX) quotedByKey.set(key, quoted);
  return quoted;
}

function write(value: unknown, depth: number): string {
  if (value === null || value === true || value === false) return String(value);
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new TypeError(`canonical JSON holds safe integers only, got ${value}`);
    return Object.is(value, -0) ? '0' : String(value);
  }
  if (typeof value === 'string') return isPlainText(value) ? `"${value}"` : JSON.stringify(normalized(value));
  if (depth === CANONICAL_DEPTH_MAX) throw new TypeError(`canonical JSON nests ${CANONICAL_DEPTH_MAX} deep at most`);
  if (Array.isArray(value)) return writeList(value, depth + 1);
  if (isPlainObject(value)) return writeObject(value, depth + 1);
  throw new TypeError(`canonical JSON cannot hold a ${typeof value === 'object' ? value?.constructor?.name : typeof value}`);
}

function writeList(list: readonly unknown[], depth: number): string {
  let text = '';
  // By index, which shows the holes of a list; they read as undefined, which is refused.
  for (let index = 0; index < list.length; index += 1) text += `${index === 0 ? '' : ','}${write(list[index], depth)}`;
  return `[${text}]`;
}

function writeObject(value: Readonly<Record<string, unknown>>, depth: number): string {
  const keys = Object.keys(value);
  for (const key of keys) if (!isKnownKey(key) && !isAscii(key)) return writeMembers(membersInNfc(value), depth);
  return writeMembers(value, depth, keys);
}

function writeMembers(members: Readonly<Record<string, unknown>>, depth: number, names = Object.keys(members)): string {
  let text = '';
  for (const name of sorted(names)) {
    const member = members[name];
    if (member !== undefined) text += `${text === '' ? '' : ','}${quotedKey(name)}:${write(member, depth)}`;
  }
  return `{${text}}`;
}

/** In its place. What was read from canonical JSON is sorted already, and asking that costs a fraction of sorting. */
function sorted(names: string[]): readonly string[] {
  for (let index = 1; index < names.length; index += 1) if (names[index]! < names[index - 1]!) return names.sort();
  return names;
}

function membersInNfc(value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  // Without a prototype every name is an ordinary one, `__proto__` too.
  const members = Object.create(null) as Record<string, unknown>;
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined) continue;
    const name = normalized(key);
    if (name in members) throw new TypeError('canonical JSON holds a key once');
    members[name] = member;
  }
  return members;
}

function normalized(text: string): string {
  if (isAscii(text)) return text;
  if (!text.isWellFormed()) throw new TypeError('canonical JSON holds well-formed strings only');
  return text.normalize('NFC');
}

/**
 * Letters of Latin and Vietnamese as composed, and the dashes and quotation marks between them: each stands in JSON as itself, and no row of
 * them has another form in NFC. Nearly every text of an office is one.
 */
function isPlainText(text: string): boolean {
  return !/[^ !#-[\]-~\u00a0-\u02ff\u1ea0-\u1ef9\u2010-\u2027]/.test(text);
}

/** Most keys: nothing in them to normalise, and asking this costs a tenth of normalising. */
function isAscii(text: string): boolean {
  return !/[^ -~]/.test(text);
}

/** Not a Date, a Map or bytes, whose content would silently be lost. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
