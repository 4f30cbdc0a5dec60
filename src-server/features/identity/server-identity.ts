import { randomUUID } from 'node:crypto';
import type { SigningPrivateKey, SigningPublicKey } from '../../../src-node/crypto/key-text.ts';
import { generateSigningKeyPair } from '../../../src-node/crypto/keys.ts';
import type { ServerDb, ServerWrites } from '../../db/server-db.ts';

/** Who this server is, the same for every process on one database. */
export interface ServerIdentity {
  readonly server: string;
  /** A life of the server: another one begins when it is restored from a backup. */
  readonly epoch: string;
  readonly name: string;
  readonly publicKey: SigningPublicKey;
  readonly privateKey: SigningPrivateKey;
}

const FACTS = ['server', 'epoch', 'name', 'publicKey', 'privateKey'] as const satisfies readonly (keyof ServerIdentity)[];

/** Made on the first start; of several processes that start at once, the first one's counts for all. */
export async function readIdentity(db: ServerDb, name: string): Promise<{ readonly identity: ServerIdentity; readonly isNew: boolean }> {
  const made: ServerIdentity = { server: randomUUID(), epoch: randomUUID(), name, ...generateSigningKeyPair() };
  await db.transaction((writes) => writes.insertMany('server_facts', { name: 'text', value: 'text' }, FACTS.map((fact) => [fact, made[fact]]), 'nothing'));
  const rows = await db.all<{ name: string; value: string }>('SELECT name, value FROM server_facts');
  const identity = Object.fromEntries(rows.map((row) => [row.name, row.value])) as unknown as ServerIdentity;
  return { identity, isNew: identity.server === made.server };
}

/** Another life of the server begins: desks ask for the list from its start, and send again what is not held. */
export async function beginEpoch(db: ServerWrites): Promise<void> {
  await db.run("UPDATE server_facts SET value = ? WHERE name = 'epoch'", randomUUID());
}

/** Where desks reach this server, by the process that listened last: a code that another process makes says it. */
export async function writeAddress(db: ServerDb, address: string): Promise<void> {
  await db.transaction((writes) => writes.run("INSERT INTO server_facts (name, value) VALUES ('address', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", address));
}

export async function readAddress(db: ServerDb): Promise<string | undefined> {
  return (await db.get<{ value: string }>('SELECT value FROM server_facts WHERE name = ?', 'address'))?.value;
}
