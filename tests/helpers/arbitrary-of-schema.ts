import fc, { type Arbitrary } from 'fast-check';
import type { z } from 'zod';

/** What zod's own packages read of a schema: its kind and its checks. */
interface Definition {
  readonly type: string;
  readonly checks?: readonly { readonly _zod: { readonly def: Check } }[];
  readonly shape?: Readonly<Record<string, Schema>>;
  readonly element?: Schema;
  readonly innerType?: Schema;
  readonly valueType?: Schema;
  readonly options?: readonly Schema[];
  readonly items?: readonly Schema[];
  readonly entries?: Readonly<Record<string, string>>;
  readonly values?: readonly (string | number)[];
  readonly getter?: () => Schema;
}

interface Check {
  readonly check: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly length?: number;
  readonly value?: number;
}

type Schema = z.ZodType | { readonly _zod: { readonly def: unknown } };

/** Texts that some pattern or rule of ours asks for, and some that miss it by a little. */
const TEXTS = [
  'Giàng A Páo', '  Lò Thị Mẩy ', '', ' ', 'x', '2', 'AB/24P', 'ab/24p', '1990', '1849', '2026-11-23', '2026-02-30', '2026', '1970-01-01', '٣', 'Ê\u0301', '\u200b', '\u200bA', 'a\u202eb', '\ud800', 'a\u0000b', '\ufeffx\u00a0', '12', 'A1', 'a1', '11111',
  '0'.repeat(64), 'f'.repeat(64), 'F'.repeat(64), 'eeeeeeee-0000-4000-8000-000000000001', 'EEEEEEEE-0000-4000-8000-000000000001', 'eeeeeeee-0000-0000-8000-000000000001', '00000000-0000-0000-0000-000000000000', 'd1:1', '1\n',
] as const;

/** Values that the schema takes, mostly, with every bound of it met from both sides now and then. */
export function arbitraryOf(schema: Schema): Arbitrary<unknown> {
  const def = schema._zod.def as Definition;
  const checks = (def.checks ?? []).map((check) => check._zod.def);
  switch (def.type) {
    case 'string': return textOf(checks);
    case 'number': return integerOf(checks);
    case 'boolean': return fc.boolean();
    case 'null': return fc.constant(null);
    case 'enum': return fc.constantFrom(...Object.values(def.entries!));
    case 'literal': return fc.constantFrom(...def.values!);
    case 'object': return objectOf(def.shape!);
    case 'array': return listOf(def.element!, checks);
    case 'optional': return arbitraryOf(def.innerType!);
    case 'nullable': return fc.oneof(fc.constant(null), arbitraryOf(def.innerType!));
    case 'union': return fc.oneof(...def.options!.map(arbitraryOf));
    case 'record': return fc.dictionary(fc.constantFrom('a', 'tên', '__proto__', 'constructor', 'k'.repeat(40), 'k'.repeat(41), 'e\u0301', '\ud800', '𐀀'.repeat(40), '𐀀'.repeat(41)), arbitraryOf(def.valueType!), { maxKeys: 2 });
    case 'tuple': return fc.tuple(...def.items!.map(arbitraryOf));
    case 'lazy': return anyJson;
    default: throw new Error(`no arbitrary for a schema of type ${def.type}`);
  }
}

/** Anything that reading JSON can give. */
export const anyJson: Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, fc.constantFrom<unknown>(null, true, 0, -0, 7, 1.5, 1e300, 2 ** 53, ...TEXTS), fc.array(tie('value'), { maxLength: 3 }), fc.dictionary(fc.constantFrom('a', 'b', 'tên', '__proto__', 'constructor', 'e\u0301'), tie('value'), { maxKeys: 3 })),
})).value;

function textOf(checks: readonly Check[]): Arbitrary<string> {
  const bounds = checks.flatMap(({ minimum, maximum, length }) => [minimum, maximum, length].filter((one) => one !== undefined));
  const atBounds = bounds.flatMap((bound) => [bound - 1, bound, bound + 1]).filter((size) => size >= 0 && size < 5_000);
  const sized = atBounds.length === 0 ? fc.constant('x') : fc.constantFrom(...atBounds).chain((size) => fc.constantFrom('x'.repeat(size), ` ${'x'.repeat(size)}  `, 'ế'.repeat(size), '𐀀'.repeat(size), `x${'𐀀'.repeat(Math.ceil(size / 2))}`));
  return fc.oneof({ weight: 8, arbitrary: fc.constantFrom<string>('Giàng A Páo', 'eeeeeeee-0000-4000-8000-000000000001', '2026-11-23', 'A1', '0'.repeat(64), 'AB/24P') }, { weight: 4, arbitrary: fc.constantFrom<string>(...TEXTS) }, { weight: 2, arbitrary: sized }, { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) });
}

function integerOf(checks: readonly Check[]): Arbitrary<number> {
  const bounds = checks.flatMap(({ value }) => (value === undefined ? [] : [value - 1, value, value + 1]));
  return fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 1, max: 30 }) }, { weight: 2, arbitrary: fc.constantFrom(0, -0, ...bounds) }, { weight: 1, arbitrary: fc.constantFrom(-1, 1.5, NaN, Infinity, 2 ** 53, 1_795_136_400_000, Number.MAX_SAFE_INTEGER) });
}

/** Longer bounds are met by hand. */
const LIST_MAX = 100;

function listOf(element: Schema, checks: readonly Check[]): Arbitrary<unknown[]> {
  const members = arbitraryOf(element);
  const bounds = checks.flatMap(({ minimum, maximum }) => [minimum, maximum].filter((one): one is number => one !== undefined && one <= LIST_MAX));
  const many = fc.tuple(members, fc.constantFrom(0, ...bounds.flatMap((bound) => [Math.max(0, bound - 1), bound, bound + 1]))).map(([member, count]) => Array.from({ length: count }, () => member));
  return fc.oneof({ weight: 5, arbitrary: fc.array(members, { minLength: 1, maxLength: 2 }) }, { weight: 1, arbitrary: many });
}

function objectOf(shape: Readonly<Record<string, Schema>>): Arbitrary<unknown> {
  const names = Object.keys(shape);
  const members = Object.fromEntries(names.map((name) => [name, arbitraryOf(shape[name]!)]));
  return fc.record(members, { requiredKeys: names.filter((name) => (shape[name]!._zod.def as Definition).type !== 'optional'), noNullPrototype: true });
}

/** What a hostile or careless program puts in the place of a value. */
const STRANGE: readonly (() => unknown)[] = [
  ...TEXTS.map((text) => () => text), ...[null, undefined, true, 0, -0, -1, 1.5, NaN, Infinity, 2 ** 53].map((value) => () => value),
  () => [], () => ({}), () => [undefined], () => new Array(2), () => new Date(0), () => new Map(), () => [[[]]], () => JSON.parse('{"__proto__":{"a":1}}') as unknown, () => Object.create(null) as unknown,
  () => nested(63), () => nested(70), () => 'x'.repeat(10_000),
];

function nested(depth: number): unknown {
  let value: unknown = 0;
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

/** One thing of a value changed, anywhere in it: replaced, left out, added, doubled. */
export function mutated(value: unknown, picks: { readonly place: number; readonly what: number; readonly strange: number }): unknown {
  const places: (() => void)[] = [];
  const copy = copyOf(value);
  const holder = { root: copy };
  collect(holder, picks, places);
  places[picks.place % places.length]!();
  return holder.root;
}

function collect(container: Record<string, unknown> | unknown[], picks: { readonly what: number; readonly strange: number }, places: (() => void)[]): void {
  const strange = STRANGE[picks.strange % STRANGE.length]!;
  for (const key of Object.keys(container)) {
    const holder = container as Record<string, unknown>;
    places.push(() => {
      if (picks.what % 8 === 0 && !('root' in holder)) Array.isArray(container) ? container.splice(Number(key), 1) : delete holder[key];
      else if (picks.what % 8 === 1) holder[`${key}s`] = holder[key];
      else if (picks.what % 8 === 2 && Array.isArray(container)) container.push(container[Number(key)]);
      else if (picks.what % 8 === 3 && typeof holder[key] === 'string') holder[key] = ` ${String(holder[key])}\t`;
      else if (picks.what % 8 === 4 && typeof holder[key] === 'string') holder[key] = (holder[key] as string).repeat(1 + (picks.strange % 40));
      else holder[key] = strange();
    });
    const member = holder[key];
    if (typeof member === 'object' && member !== null) collect(member as Record<string, unknown>, picks, places);
  }
}

function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOf);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  const copy: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) Object.defineProperty(copy, key, { value: copyOf(member), enumerable: true, writable: true, configurable: true });
  return copy;
}
