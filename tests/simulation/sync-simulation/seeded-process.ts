/** Chance and turns of this process, in the hand of a simulation: keys, ids and who comes next follow from a seed. */
import crypto, { type KeyObject } from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';
import zlib from 'node:zlib';
import { createChance, type Chance } from '../seeded-chance.ts';

/** As the machine has them, for whoever imports them below has what is put in their place. */
const { createPrivateKey, createPublicKey, sign, verify } = crypto;
const PKCS8: Readonly<Record<string, Buffer>> = {
  ed25519: Buffer.from('302e020100300506032b657004220420', 'hex'),
  x25519: Buffer.from('302e020100300506032b656e04220420', 'hex'),
};

const realTurn = timers.setImmediate;
let chance: Chance = createChance(0);
const keys = new Map<string, KeyObject>();
const verdicts = new Map<string, boolean>();
const signatures = new Map<string, Buffer>();
const numbers = new WeakMap<KeyObject, number>();
let lastNumber = 0;
let turn: (() => Promise<void>) | undefined;

/** From now on every key and id follows from the seed. */
export function seedProcess(seed: number): void {
  chance = createChance(seed);
  for (const known of [keys, verdicts, signatures]) known.clear();
}

/** Whoever gives others their turn waits for this; undefined: as the machine does. */
export function takeTurnsBy(next: (() => Promise<void>) | undefined): void {
  turn = next;
}

/** All that was promised has been done when this ends. */
export async function drainPromises(): Promise<void> {
  await realTurn();
}

function bytes(length: number): Buffer {
  return Buffer.from(Array.from({ length }, () => chance.between(0, 255)));
}

function uuid(): string {
  const hex = bytes(16).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

function keyPair(curve: string) {
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8[curve]!, bytes(32)]), format: 'der', type: 'pkcs8' });
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

type DerKey = { readonly key: Buffer };

/** What follows from its arguments alone is computed once a run: every desk and the server look at the same signatures over and over. */
function once<Value>(known: Map<string, Value>, name: string, compute: () => Value): Value {
  let value = known.get(name);
  if (value === undefined) known.set(name, (value = compute()));
  return value;
}

const latin = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
const keyOnce = (make: (key: never) => KeyObject) => (key: KeyObject | DerKey) => ('key' in key && Buffer.isBuffer(key.key) ? once(keys, latin(key.key), () => make(key as never)) : make(key as never));
const nameOf = (key: KeyObject, ...bytes: readonly Uint8Array[]) => {
  const no = numbers.get(key) ?? (lastNumber += 1);
  numbers.set(key, no);
  return [String(no), ...bytes.map(latin)].join('|');
};

Object.assign(crypto, {
  createPrivateKey: keyOnce(createPrivateKey), createPublicKey: keyOnce(createPublicKey),
  sign: (_: null, bytes: Uint8Array, key: KeyObject) => once(signatures, nameOf(key, bytes), () => sign(null, bytes, key)),
  verify: (_: null, bytes: Uint8Array, key: KeyObject, signature: Uint8Array) => once(verdicts, nameOf(key, bytes, signature), () => verify(null, bytes, key, signature)),
});
Object.assign(crypto, { randomBytes: bytes, randomUUID: uuid, generateKeyPairSync: keyPair, randomInt: (max: number) => chance.between(0, max - 1) });
/** Another thread would be done when the machine pleases, and virtual time does not wait for it. */
function compressAtOnce(content: Uint8Array, options: zlib.ZstdOptions, done: (error: Error | null, result: Buffer) => void): void {
  done(null, zlib.zstdCompressSync(content, options));
}

Object.assign(zlib, { zstdCompress: compressAtOnce });
Object.assign(timers, { setImmediate: async () => (turn ? turn() : realTurn()) });
syncBuiltinESMExports();
