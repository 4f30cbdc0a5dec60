import { parseCalendarPack } from '../../../../src-shared/domain/deadlines/calendar-pack-text.ts';
import type { InstalledPack } from '../../../../src-shared/domain/office/office.ts';
import { packHash, parseCataloguePack, type PackRefusal } from '../../../../src-shared/domain/packs/catalogue-pack.ts';
import { ok, type Result } from '../../../../src-shared/lib/result.ts';
import { serveParts } from '../../platform/worker-parts.ts';

/** Checking the shipped catalogue takes up to a quarter of a second, so a process of its own does it (design §4). */
export interface PackTask {
  readonly pack: InstalledPack['pack'];
  readonly text: string;
}

/** A pack whose text is right; whether the office can take it is another question. */
export interface CheckedPack {
  readonly id: string;
  readonly version: number;
  readonly hash: string;
}

serveParts(function* (task: PackTask): Generator<Result<CheckedPack, PackRefusal>, undefined> {
  yield checkPack(task);
});

function checkPack({ pack, text }: PackTask): Result<CheckedPack, PackRefusal> {
  const parsed = pack === 'catalogue' ? parseCataloguePack(text) : parseCalendarPack(text);
  return parsed.ok ? ok({ id: parsed.value.id, version: parsed.value.version, hash: packHash(text) }) : parsed;
}
