import { wireError } from '../../../../src-shared/contract/errors.ts';
import { parseCalendarPack } from '../../../../src-shared/domain/deadlines/calendar-pack-text.ts';
import { packHash, parseCataloguePack, withoutByteOrderMark } from '../../../../src-shared/domain/packs/catalogue-pack.ts';
import type { PackRefusal } from '../../../../src-shared/domain/packs/catalogue-pack.ts';
import type { InstalledPack, Office } from '../../../../src-shared/domain/office/office.ts';
import { err, ok, type Result } from '../../../../src-shared/lib/result.ts';
import type { Announce, Handlers, OutputOf } from '../../calls/handlers.ts';
import { writeOfficeAct } from '../../calls/office-acts.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';

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
  readonly announce: Announce;
}

type PackKind = InstalledPack['pack'];

/** Installing a pack as an act of the office, and listing what is installed. */
export function createPacksHandlers(dep: PacksDep): Handlers<'packs.install' | 'packs.list'> {
  return {
    'packs.install': ({ pack, text }, { desk, officer }) => {
      const json = withoutByteOrderMark(text).normalize('NFC');
      const read = readPack(desk.office(), pack, json);
      if (!read.ok) return err(refused(read.error));
      const { id, version, hash, known } = read.value;
      // The very same pack again changes nothing (rule 2).
      if (known) return ok({ id, version, hash });
      const written = writeOfficeAct(desk, { kind: 'pack.installed', actor: officer, body: { pack, id, version, hash, text: json } });
      if (!written.ok) return written;
      dep.announce({ type: 'office' });
      return ok({ id, version, hash });
    },

    'packs.list': (_input, { desk }) => ok({ packs: dep.packStates(desk).map(toView) }),
  };
}

interface ReadPack {
  readonly id: string;
  readonly version: string;
  readonly hash: string;
  readonly known: boolean;
}

function readPack(office: Office, kind: PackKind, text: string): Result<ReadPack, PackRefusal> {
  const parsed = kind === 'catalogue' ? parseCataloguePack(text) : parseCalendarPack(text);
  if (!parsed.ok) return parsed;
  const id = parsed.value.id;
  const version = String(parsed.value.version);
  const hash = packHash(text);
  const others = office.packs.filter((installed) => installed.pack === kind && installed.id === id);
  if (others.some((installed) => installed.hash === hash)) return ok({ id, version, hash, known: true });
  if (others.some((installed) => installed.version === version)) {
    return err({ code: 'pack.invalid', line: lineOfVersion(text), path: 'version', reason: `gói "${id}" bản ${version} đã có với nội dung khác; bản sửa phải mang số lớn hơn` });
  }
  // A newer calendar holds the older years too, so an older one would never be used; a catalogue of another time may be.
  if (kind === 'calendar' && others.some((installed) => Number(installed.version) > parsed.value.version)) {
    return err({ code: 'pack.invalid', line: lineOfVersion(text), path: 'version', reason: `gói "${id}" đã có bản mới hơn bản ${version}` });
  }
  return ok({ id, version, hash, known: false });
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
