import { hash } from 'node:crypto';
import type { OfficeId } from '../../../src-shared/lib/ids.ts';
import { PACKS_LISTED_MAX, packText as signedText, type OfferedPack, type PacksAnswer, type PacksRequest } from '../../../src-shared/sync-protocol/packs.ts';
import type { SigningPrivateKey } from '../../../src-node/crypto/key-text.ts';
import { signText } from '../../../src-node/crypto/keys.ts';
import type { ServerDb, ServerReads } from '../../db/server-db.ts';
import { packText } from './published-packs.ts';

export interface PacksQuestion {
  readonly office: OfficeId;
  readonly device: string;
  readonly asked: PacksRequest;
  /** Bytes of a pack that the answer has room for; 0 while operations wait. */
  readonly room: number;
}

export interface OfferPacksDep {
  readonly db: ServerDb;
  readonly identity: { readonly server: string; readonly privateKey: SigningPrivateKey };
  readonly nowMs: () => number;
}

export interface PacksAnswered {
  readonly words: PacksAnswer;
  /** The last frame of the answer. */
  readonly slice: Uint8Array | undefined;
}

/**
 * What a desk is told of published packs beside its exchange: nothing but a digest while it has the list, else the list, and behind all
 * operations some bytes of the pack that it takes. What it says of them itself is kept for the upper tier's page.
 */
export async function answerPacks(dep: OfferPacksDep, { office, device, asked, room }: PacksQuestion): Promise<PacksAnswered> {
  const { db, identity } = dep;
  if (asked.stands) await keepStands(dep, office, device, asked.stands);
  const offered = await listOffered(db);
  const digest = hash('sha256', offered.map((one) => signedText(identity.server, one)).join('\n'), 'hex').slice(0, 16);
  if (asked.known !== digest) {
    return { words: { digest, list: offered.map((one) => ({ ...one, signature: signText(identity.privateKey, signedText(identity.server, one)) })) }, slice: undefined };
  }
  const slice = asked.want && room > 0 ? await readSlice(db, asked.want, room) : undefined;
  return slice && asked.want ? { words: { digest, slice: asked.want }, slice } : { words: { digest }, slice: undefined };
}

type Unsigned = Omit<OfferedPack, 'signature'>;

interface OfferedRow {
  readonly hash: string;
  readonly pack: string;
  readonly id: string;
  readonly version: number;
  readonly valid_from: string;
  readonly valid_to: string | null;
  readonly published_at: number;
  readonly bytes: number | null;
}

const LISTED = 'SELECT hash, pack, id, version, valid_from, valid_to, published_at, length(packed) AS bytes FROM published_packs ORDER BY published_at DESC, hash';

async function listOffered(db: ServerDb): Promise<readonly Unsigned[]> {
  let rows = await db.all<OfferedRow>(LISTED);
  if (rows.some(({ bytes }) => bytes === null)) {
    await packOlder(db);
    rows = await db.all<OfferedRow>(LISTED);
  }
  const listed = rows.map(({ valid_from, valid_to, published_at, bytes, ...row }) => ({ ...row, validFrom: valid_from, validTo: valid_to, publishedAt: published_at, bytes: bytes ?? 0 }));
  return listed.filter((one) => one.bytes > 0 && !isSuperseded(one, listed)).slice(0, PACKS_LISTED_MAX);
}

/** A newer calendar holds the older years too; a newer catalogue takes the place of an older one that begins no earlier. */
function isSuperseded(one: Unsigned, listed: readonly Unsigned[]): boolean {
  return listed.some(({ pack, id, version, validFrom }) => pack === one.pack && id === one.id && version > one.version && (pack === 'calendar' || validFrom <= one.validFrom));
}

/** Published before packs travelled. Whichever process comes first makes the bytes; they stay. */
async function packOlder(db: ServerDb): Promise<void> {
  for (const { hash: key, text } of await db.all<{ hash: string; text: string }>('SELECT hash, text FROM published_packs WHERE packed IS NULL')) {
    const packed = await packText(text);
    await db.transaction((writes) => writes.run('UPDATE published_packs SET packed = ? WHERE hash = ? AND packed IS NULL', packed, key));
  }
}

async function readSlice(db: ServerReads, { hash: key, from }: NonNullable<PacksRequest['want']>, room: number): Promise<Uint8Array | undefined> {
  const row = await db.get<{ slice: Uint8Array | null }>('SELECT substr(packed, ?, ?) AS slice FROM published_packs WHERE hash = ?', from + 1, room, key);
  return row?.slice && row.slice.byteLength > 0 ? row.slice : undefined;
}

/** Whole, in place of what it said before. */
async function keepStands({ db, nowMs }: OfferPacksDep, office: OfficeId, device: string, stands: NonNullable<PacksRequest['stands']>): Promise<void> {
  const now = nowMs();
  await db.transaction(async (writes) => {
    await writes.run('DELETE FROM desk_packs WHERE office = ? AND device = ?', office, device);
    for (const { hash: key, state, code } of new Map(stands.map((one) => [one.hash, one])).values()) {
      await writes.run('INSERT INTO desk_packs (office, device, hash, state, code, told_at) VALUES (?, ?, ?, ?, ?, ?)', office, device, key, state, code, now);
    }
  });
}
