import { promisify } from 'node:util';
import { constants, zstdCompress } from 'node:zlib';
import type { PublishedPack } from '../../../src-shared/console-contract/console-views.ts';
import { parseCalendarPack } from '../../../src-shared/domain/deadlines/calendar-pack-text.ts';
import { packHash, parseCataloguePack, tooLarge, withoutByteOrderMark, type PackRefusal } from '../../../src-shared/domain/packs/catalogue-pack.ts';
import { err, ok, type Result } from '../../../src-shared/lib/result.ts';
import { PACKED_BYTES_MAX } from '../../../src-shared/sync-protocol/packs.ts';
import type { ServerReads, ServerWrites } from '../../db/server-db.ts';

export type PackKind = PublishedPack['pack'];

/** A pack that was read and may be published, with its bytes as desks take them. */
export type CheckedPack = Omit<PublishedPack, 'publishedAt' | 'publishedBy'> & { readonly text: string; readonly packed: Uint8Array };

/** By the very readers that desks read packs with: what is published here is refused by no desk of this version. Takes up to a quarter of a second. */
export async function checkPack(pack: PackKind, text: string): Promise<Result<CheckedPack, PackRefusal>> {
  const json = withoutByteOrderMark(text).normalize('NFC');
  const parsed = pack === 'catalogue' ? parseCataloguePack(json) : parseCalendarPack(json);
  if (!parsed.ok) return parsed;
  const { id, version, validFrom, validTo } = parsed.value;
  const packed = await packText(json);
  // Nobody would ever take it over a link.
  if (packed.byteLength > PACKED_BYTES_MAX) return err(tooLarge(json));
  return ok({ pack, id, version, validFrom, validTo, hash: packHash(json), text: json, packed });
}

const compress = promisify(zstdCompress);
/** Made once and taken by thousands of desks: the smallest that zstd makes, a quarter of a second beside all else. */
const LEVEL = 19;

export function packText(json: string): Promise<Uint8Array> {
  return compress(Buffer.from(json, 'utf8'), { params: { [constants.ZSTD_c_compressionLevel]: LEVEL } });
}

/** The same pack again changes nothing (rule 2); another text of a version that is out, or an older version, is refused. */
export async function publishPack(db: ServerWrites, checked: CheckedPack, by: string, nowMs: number): Promise<Result<{ readonly pack: PublishedPack; readonly isNew: boolean }, 'packs.notNewer'>> {
  const { pack, id, version, validFrom, validTo, hash, text, packed } = checked;
  const others = (await listPacks(db)).filter((one) => one.pack === pack && one.id === id);
  const same = others.find((one) => one.hash === hash);
  if (same) return ok({ pack: same, isNew: false });
  if (others.some((one) => one.version >= version)) return err('packs.notNewer');
  await db.run(
    'INSERT INTO published_packs (hash, pack, id, version, valid_from, valid_to, published_at, published_by, text, packed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)', hash, pack, id, version, validFrom, validTo, nowMs, by, text, packed,
  );
  return ok({ pack: { pack, id, version, hash, validFrom, validTo, publishedAt: nowMs, publishedBy: by }, isNew: true });
}

interface PackRow {
  readonly hash: string;
  readonly pack: PackKind;
  readonly id: string;
  readonly version: number;
  readonly valid_from: string;
  readonly valid_to: string | null;
  readonly published_at: number;
  readonly published_by: string;
}

export async function listPacks(db: ServerReads): Promise<readonly PublishedPack[]> {
  const rows = await db.all<PackRow>('SELECT hash, pack, id, version, valid_from, valid_to, published_at, published_by FROM published_packs ORDER BY published_at DESC, hash');
  return rows.map(({ hash, pack, id, version, valid_from, valid_to, published_at, published_by }) => ({
    pack, id, version, hash, validFrom: valid_from, validTo: valid_to, publishedAt: published_at, publishedBy: published_by,
  }));
}

export async function getPackText(db: ServerReads, hash: string): Promise<string | undefined> {
  return (await db.get<{ text: string }>('SELECT text FROM published_packs WHERE hash = ?', hash))?.text;
}
