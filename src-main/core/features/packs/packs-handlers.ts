import path from 'node:path';
import { wireError } from '../../../../src-shared/contract/errors.ts';
import { withoutByteOrderMark } from '../../../../src-shared/domain/packs/catalogue-pack.ts';
import type { PackRefusal } from '../../../../src-shared/domain/packs/catalogue-pack.ts';
import type { InstalledPack, Office } from '../../../../src-shared/domain/office/office.ts';
import { err, ok, type Result } from '../../../../src-shared/lib/result.ts';
import type { Announce, Handlers, OutputOf } from '../../calls/handlers.ts';
import { writeOfficeAct } from '../../calls/office-acts.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';
import { readAnswer } from '../../platform/worker-parts.ts';
import type { CheckedPack, PackTask } from './pack-worker.ts';

/** An installed pack as the features that use it see it. */
export interface PackState {
  readonly installed: InstalledPack;
  readonly validTo: string | null;
  readonly inForce: boolean;
  /** Why it cannot be used; undefined when it can. */
  readonly problem: string | undefined;
}

export interface PacksDep {
  /** Catalogue and calendar packs of the office, each with its state. */
  readonly packStates: (desk: OpenDesk) => readonly PackState[];
  /** Reads what is new a little at a time, before the screens ask for it. */
  readonly warmUp: (desk: OpenDesk) => Promise<void>;
  readonly announce: Announce;
}

type PackKind = InstalledPack['pack'];

/** Installing a pack as an act of the office, and listing what is installed. */
export function createPacksHandlers(dep: PacksDep): Handlers<'packs.install' | 'packs.list'> {
  return {
    'packs.install': async ({ pack, text }, { desk, officer }) => {
      const json = withoutByteOrderMark(text).normalize('NFC');
      const checked = await checkOnWorker({ pack, text: json });
      if (!checked.ok) return err(refused(checked.error));
      const { id, hash } = checked.value;
      const version = String(checked.value.version);
      // Asked of the office as it is now, after the wait.
      const judged = judgePack(desk.office(), pack, checked.value, json);
      if (!judged.ok) return err(refused(judged.error));
      // The very same pack again changes nothing (rule 2).
      if (judged.value === 'known') return ok({ id, version, hash });
      const written = writeOfficeAct(desk, { kind: 'pack.installed', actor: officer, body: { pack, id, version, hash, text: json } });
      if (!written.ok) return written;
      await dep.warmUp(desk);
      dep.announce({ type: 'office' });
      return ok({ id, version, hash });
    },

    'packs.list': (_input, { desk }) => ok({ packs: dep.packStates(desk).map(toView) }),
  };
}

function checkOnWorker(task: PackTask): Promise<Result<CheckedPack, PackRefusal>> {
  return readAnswer(path.join(import.meta.dirname, 'pack-worker.ts'), task);
}

/** Why the office cannot take this pack, or whether it has it already. */
function judgePack(office: Office, kind: PackKind, { id, version, hash }: CheckedPack, text: string): Result<'new' | 'known', PackRefusal> {
  const others = office.packs.filter((installed) => installed.pack === kind && installed.id === id);
  if (others.some((installed) => installed.hash === hash)) return ok('known');
  if (others.some((installed) => installed.version === String(version))) {
    return err({ code: 'pack.invalid', line: lineOfVersion(text), path: 'version', reason: `gói "${id}" bản ${version} đã có với nội dung khác; bản sửa phải mang số lớn hơn` });
  }
  // A newer calendar holds the older years too, so an older one would never be used; a catalogue of another time may be.
  if (kind === 'calendar' && others.some((installed) => Number(installed.version) > version)) {
    return err({ code: 'pack.invalid', line: lineOfVersion(text), path: 'version', reason: `gói "${id}" đã có bản mới hơn bản ${version}` });
  }
  return ok('new');
}

function lineOfVersion(text: string): number {
  const at = text.search(/"version"\s*:/);
  return at < 0 ? 1 : text.slice(0, at).split('\n').length;
}

function refused({ code, line, path, reason }: PackRefusal) {
  return wireError('packs.refused', { code, line, path, reason }, `Không nhận cả gói. Dòng ${line}: ${reason}.`);
}

function toView({ installed, validTo, inForce, problem }: PackState): OutputOf<'packs.list'>['packs'][number] {
  const { pack, id, version, hash } = installed;
  return { pack, id, version, hash, validTo, inForce, problem: problem ?? null };
}
