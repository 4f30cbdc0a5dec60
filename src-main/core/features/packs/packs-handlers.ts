import { wireError } from '../../../../src-shared/contract/errors.ts';
import { withoutByteOrderMark, type PackRefusal } from '../../../../src-shared/domain/packs/catalogue-pack.ts';
import type { InstalledPack, Office } from '../../../../src-shared/domain/office/office.ts';
import { MINUTE_MS } from '../../../../src-shared/lib/office-time.ts';
import { err, ok, type Result } from '../../../../src-shared/lib/result.ts';
import { packText } from '../../../../src-shared/sync-protocol/packs.ts';
import { isTextSigned } from '../../../../src-node/crypto/keys.ts';
import type { Announce, Handlers, OfficerContext, OutputOf } from '../../calls/handlers.ts';
import { writeOfficeAct } from '../../calls/office-acts.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';
import { standsOf, type PackServer } from './carry-packs.ts';
import { checkText, comparePacked, readPacked } from './check-pack.ts';
import { getPacked, kindOf, type OfferedRow } from './offered-pack-rows.ts';
import type { OfferedStand } from './offered-pack-state.ts';
import { offeredSentence } from './offered-pack-words.ts';
import type { CheckedPack, PackProblem } from './pack-worker.ts';

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
  /** Undefined where no upper tier is known. */
  readonly serverOf: (desk: OpenDesk) => OfferingServer | undefined;
}

type PackKind = InstalledPack['pack'];

/** The upper tier as this desk knows it, and how fast its link was last. */
export interface OfferingServer extends PackServer {
  readonly name: string;
  readonly bytesPerMs: number | null;
}

/** Installing a pack as an act of the office, from a file or from what the upper tier has published, and listing both. */
export function createPacksHandlers(dep: PacksDep): Handlers<'packs.install' | 'packs.list' | 'packs.offered' | 'packs.compare' | 'packs.take'> {
  return {
    'packs.install': async ({ pack, text }, context) => {
      const checked = await checkText(pack, withoutByteOrderMark(text).normalize('NFC'));
      return checked.ok ? install(dep, checked.value, context) : err(refused(checked.error));
    },

    'packs.list': (_input, { desk }) => ok({ packs: dep.packStates(desk).map(toView) }),

    'packs.offered': (_input, { desk }) => {
      const server = dep.serverOf(desk);
      return ok({ from: server?.name ?? null, packs: server ? standsOf(desk, server.server).filter(({ state }) => state !== 'older').map((stand) => toOfferedView(stand, server)) : [] });
    },

    'packs.compare': async ({ hash }, { desk }) => {
      const found = findWaiting(dep, desk, hash);
      if (!found) return err(wireError('packs.notOffered'));
      const compared = await comparePacked({ ...found, before: textBefore(desk.office(), found) });
      if (!compared.ok) return err(refused(compared.error));
      const { changes, ...about } = compared.value;
      return ok({ ...about, changes: changes.slice(0, CHANGES_SHOWN).map((one) => ({ ...one, members: [...one.members] })), total: changes.length });
    },

    // Read and signed for once more: between then and now the rows lay on a disk.
    'packs.take': async ({ hash }, context) => {
      const found = findWaiting(dep, context.desk, hash);
      if (!found) return err(wireError('packs.notOffered'));
      const checked = await readPacked(found);
      return checked.ok ? install(dep, checked.value, context) : err(refused(checked.error));
    },
  };
}

const CHANGES_SHOWN = 300;

async function install(dep: PacksDep, { pack, id, hash, text, ...checked }: CheckedPack, { desk, officer }: OfficerContext) {
  const version = String(checked.version);
  // Asked of the office as it is now, after the wait.
  const judged = judgePack(desk.office(), pack, { id, hash, version: checked.version }, text);
  if (!judged.ok) return err(refused(judged.error));
  // The very same pack again changes nothing (rule 2).
  if (judged.value === 'known') return ok({ id, version, hash });
  const written = writeOfficeAct(desk, { kind: 'pack.installed', actor: officer, body: { pack, id, version, hash, text } });
  if (!written.ok) return written;
  await dep.warmUp(desk);
  dep.announce({ type: 'office' });
  return ok({ id, version, hash });
}

/** A pack of the upper tier that is here and may be used, signed by the key that was agreed to. */
function findWaiting(dep: PacksDep, desk: OpenDesk, hash: string) {
  const server = dep.serverOf(desk);
  const row = server && standsOf(desk, server.server).find((one) => one.row.hash === hash && (one.state === 'waiting' || one.state === 'installed'))?.row;
  const packed = row && getPacked(desk.db, hash);
  if (!row || !packed || !isTextSigned(server.publicKey, packText(server.server, signedPart(row)), row.signature)) return undefined;
  return { pack: kindOf(row), id: row.id, hash, packed };
}

function signedPart({ pack, id, version, hash, valid_from, valid_to, size }: OfferedRow): Parameters<typeof packText>[1] {
  return { pack, id, version, hash, validFrom: valid_from, validTo: valid_to, bytes: size };
}

/** What the pack would take the place of: the newest of its name; none where its name is new. */
function textBefore({ packs }: Office, { pack, id, hash }: { readonly pack: PackKind; readonly id: string; readonly hash: string }): string | null {
  const others = packs.filter((one) => one.pack === pack && one.id === id && one.hash !== hash);
  return others.sort((a, b) => Number(b.version) - Number(a.version))[0]?.text ?? null;
}

function toOfferedView({ row, state, code }: OfferedStand, { bytesPerMs }: OfferingServer): OutputOf<'packs.offered'>['packs'][number] {
  const left = row.size - row.here;
  return {
    pack: row.pack === 'catalogue' || row.pack === 'calendar' ? row.pack : null, id: row.id, version: String(row.version), hash: row.hash, validFrom: row.valid_from, validTo: row.valid_to, publishedAt: row.published_at,
    state: state === 'older' ? 'installed' : state, code, sentence: code === null ? null : offeredSentence(code, row.detail),
    bytes: row.size, bytesHere: row.here, minutesLeft: state !== 'coming' || bytesPerMs === null || bytesPerMs <= 0 ? null : left / bytesPerMs / MINUTE_MS,
  };
}

/** Why the office cannot take this pack, or whether it has it already. */
function judgePack(office: Office, kind: PackKind, { id, version, hash }: Pick<CheckedPack, 'id' | 'version' | 'hash'>, text: string): Result<'new' | 'known', PackRefusal> {
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

function refused({ code, line, path, reason }: PackProblem) {
  return wireError('packs.refused', { code, line, path, reason }, `Không nhận cả gói. Dòng ${line}: ${reason}.`);
}

function toView({ installed, validTo, inForce, problem }: PackState): OutputOf<'packs.list'>['packs'][number] {
  const { pack, id, version, hash } = installed;
  return { pack, id, version, hash, validTo, inForce, problem: problem ?? null };
}
