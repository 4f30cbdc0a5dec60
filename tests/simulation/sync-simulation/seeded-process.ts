/** Chance and turns of this process, in the hand of a simulation: keys, ids and who comes next follow from a seed. */
import crypto, { createPrivateKey, createPublicKey } from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';
import zlib from 'node:zlib';
import { createChance, type Chance } from '../seeded-chance.ts';

const PKCS8: Readonly<Record<string, Buffer>> = {
  ed25519: Buffer.from('302e020100300506032b657004220420', 'hex'),
  x25519: Buffer.from('302e020100300506032b656e04220420', 'hex'),
};

const realTurn = timers.setImmediate;
let chance: Chance = createChance(0);
let turn: (() => Promise<void>) | undefined;

/** From now on every key and id follows from the seed. */
export function seedProcess(seed: number): void {
  chance = createChance(seed);
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

Object.assign(crypto, { randomBytes: bytes, randomUUID: uuid, generateKeyPairSync: keyPair, randomInt: (max: number) => chance.between(0, max - 1) });
/** Another thread would be done when the machine pleases, and virtual time does not wait for it. */
function compressAtOnce(content: Uint8Array, options: zlib.ZstdOptions, done: (error: Error | null, result: Buffer) => void): void {
  done(null, zlib.zstdCompressSync(content, options));
}

Object.assign(zlib, { zstdCompress: compressAtOnce });
Object.assign(timers, { setImmediate: async () => (turn ? turn() : realTurn()) });
syncBuiltinESMExports();
