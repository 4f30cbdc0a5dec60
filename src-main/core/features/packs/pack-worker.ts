import { zstdDecompressSync } from 'node:zlib';
import { parseCalendarPack } from '../../../../src-shared/domain/deadlines/calendar-pack-text.ts';
import type { InstalledPack } from '../../../../src-shared/domain/office/office.ts';
import { packHash, parseCataloguePack, type PackRefusal } from '../../../../src-shared/domain/packs/catalogue-pack.ts';
import { changesOfCalendar, changesOfCatalogue } from '../../../../src-shared/domain/packs/pack-changes.ts';
import { err, ok, type Result } from '../../../../src-shared/lib/result.ts';
import { PACK_TEXT_BYTES_MAX } from '../../../../src-shared/sync-protocol/packs.ts';
import { serveParts } from '../../platform/worker-parts.ts';

type Kind = InstalledPack['pack'];
interface Packed {
  readonly pack: Kind;
  readonly packed: Uint8Array;
  readonly hash: string;
}

/** `pack.damaged`: what came is not what was signed. */
export type PackProblem = PackRefusal | { readonly code: 'pack.damaged'; readonly line: number; readonly path: string; readonly reason: string };

/** Checking the shipped catalogue takes up to a quarter of a second, so a process of its own does it (design §4). */
export type PackTask =
  | { readonly kind: 'text'; readonly pack: Kind; readonly text: string }
  | ({ readonly kind: 'packed' } & Packed)
  /** `before`: the text that it would take the place of. */
  | ({ readonly kind: 'compare'; readonly before: string | null } & Packed);

/** A pack whose text is right; whether the office can take it is another question. */
export interface CheckedPack {
  readonly pack: Kind;
  readonly id: string;
  readonly version: number;
  readonly hash: string;
  readonly text: string;
}

serveParts(function* (task: PackTask): Generator<Result<unknown, PackProblem>, undefined> {
  yield answer(task);
});

function answer(task: PackTask): Result<unknown, PackProblem> {
  if (task.kind === 'text') return check(task.pack, task.text);
  const read = unpack(task);
  return !read.ok || task.kind === 'packed' ? read : compare(task.pack, task.before, read.value.text);
}

function check(pack: Kind, text: string): Result<CheckedPack, PackProblem> {
  const parsed = pack === 'catalogue' ? parseCataloguePack(text) : parseCalendarPack(text);
  return parsed.ok ? ok({ pack, id: parsed.value.id, version: parsed.value.version, hash: packHash(text), text }) : parsed;
}

function unpack({ pack, packed, hash }: Packed): Result<CheckedPack, PackProblem> {
  const text = textOf(packed);
  if (text === undefined) return err(DAMAGED);
  const checked = check(pack, text);
  return checked.ok && checked.value.hash !== hash ? err(DAMAGED) : checked;
}

const DAMAGED: PackProblem = { code: 'pack.damaged', line: 1, path: '', reason: 'nội dung nhận về không đúng với gói mà tuyến trên đã ký' };

function textOf(packed: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(zstdDecompressSync(packed, { maxOutputLength: PACK_TEXT_BYTES_MAX }));
  } catch {
    // No zstd, too much of it, or no text: whatever it is, it is not what was published.
    return undefined;
  }
}

/** Both were read before, or will be refused when they are used. */
function compare(pack: Kind, before: string | null, after: string) {
  const parse = (text: string | null) => (text === null ? undefined : pack === 'catalogue' ? parseCataloguePack(text) : parseCalendarPack(text));
  const [old, now] = [parse(before), parse(after)];
  if (!now?.ok) return err(DAMAGED);
  const was = old?.ok === true ? old.value : undefined;
  return ok('procedures' in now.value ? changesOfCatalogue(was && 'procedures' in was ? was : undefined, now.value) : changesOfCalendar(was && !('procedures' in was) ? was : undefined, now.value));
}
