import { isIsoDate } from '../../../../src-shared/lib/office-time.ts';
import { ok } from '../../../../src-shared/lib/result.ts';
import { packText, type OfferedPack, type PacksAnswer, type PacksRequest } from '../../../../src-shared/sync-protocol/packs.ts';
import { isTextSigned } from '../../../../src-node/crypto/keys.ts';
import type { WritableDb } from '../../../../src-node/db/sqlite.ts';
import { readFact, writeFact } from '../../../../src-node/operations/desk-facts.ts';
import type { Announce } from '../../calls/handlers.ts';
import { FACT, type OpenDesk } from '../../desk/open-desk.ts';
import { readPacked } from './check-pack.ts';
import { getPacked, kindOf, listOfferedPacks, replaceOfferedPacks, writeChecked, writePacked, type ListedPack } from './offered-pack-rows.ts';
import { offeredStands, toldStands, type OfferedStand } from './offered-pack-state.ts';

/** The upper tier's server with the key that was agreed to. */
export interface PackServer {
  readonly server: string;
  readonly publicKey: string;
}

export interface CarryPacksDep {
  readonly program: string;
  readonly announce: Announce;
}

/** What was known or told of the list of one server. */
interface Remembered {
  readonly server: string;
  readonly text: string;
}

interface Said {
  readonly asked: PacksRequest;
  readonly slice: Uint8Array | undefined;
}

/** Takes published packs in beside exchanges (docs/SYNC.md): the list by its digest, the bytes slice by slice, each kept before the next is asked for. */
export function createPackCarrier({ program, announce }: CarryPacksDep) {
  return {
    ask: (desk: OpenDesk, { server }: PackServer, mayFetch: boolean): PacksRequest => {
      const stands = standsOf(desk, server);
      const told = toldStands(stands);
      const next = mayFetch ? nextOf(stands) : undefined;
      return {
        known: stands.every(({ row }) => row.program === program) ? remembered(desk, FACT.packsKnown, server) : '',
        ...(JSON.stringify(told) !== (remembered(desk, FACT.packsTold, server) || '[]') && { stands: [...told] }),
        ...(next && { want: { hash: next.row.hash, from: next.row.here } }),
      };
    },

    take: async (desk: OpenDesk, server: PackServer, { digest, list, slice: place }: PacksAnswer, { asked, slice }: Said): Promise<boolean> => {
      const written = desk.log.write<boolean>(({ db }) => {
        if (asked.stands) remember(db, FACT.packsTold, server.server, JSON.stringify(asked.stands));
        if (list) {
          replaceOfferedPacks(db, server.server, program, list.map((one) => judged(server, one)));
          remember(db, FACT.packsKnown, server.server, digest);
        }
        return ok(place !== undefined && slice !== undefined && keepSlice(db, desk, server.server, place, slice));
      });
      if (!written.ok) return false;
      const isChecked = await checkWhole(desk, server.server);
      if (list || written.value || isChecked) announce({ type: 'sync' });
      return written.value;
    },

    isNext: (desk: OpenDesk, { server }: PackServer): boolean => desk.isOpen() && nextOf(standsOf(desk, server)) !== undefined,
  };
}

export function standsOf(desk: OpenDesk, server: string): readonly OfferedStand[] {
  return offeredStands(listOfferedPacks(desk.db, server), desk.office().packs);
}

/** The smaller one first: a calendar of a few hundred bytes does not wait for a catalogue. */
function nextOf(stands: readonly OfferedStand[]): OfferedStand | undefined {
  return stands.filter(({ state, row }) => state === 'coming' && row.here < row.size).sort((a, b) => a.row.size - b.row.size || (a.row.hash < b.row.hash ? -1 : 1))[0];
}

function remembered({ db }: OpenDesk, fact: typeof FACT.packsKnown | typeof FACT.packsTold, server: string): string {
  const kept = readFact<Remembered>(db, fact);
  return kept?.server === server ? kept.text : '';
}

function remember(db: WritableDb, fact: typeof FACT.packsKnown | typeof FACT.packsTold, server: string, text: string): void {
  writeFact(db, fact, { server, text } satisfies Remembered);
}

/** Not a byte is asked for of what the agreed key has not signed, or of what this program does not know. */
function judged({ server, publicKey }: PackServer, pack: OfferedPack): ListedPack {
  if (!isTextSigned(publicKey, packText(server, pack), pack.signature)) return { ...pack, code: 'pack.badSignature' };
  if (pack.pack !== 'catalogue' && pack.pack !== 'calendar') return { ...pack, code: 'pack.unsupportedFormat' };
  return { ...pack, code: isIsoDate(pack.validFrom) && (pack.validTo === null || isIsoDate(pack.validTo)) ? null : 'pack.malformed' };
}

/** Only what goes on from the bytes that are here, and not beyond what was signed. */
function keepSlice(db: WritableDb, desk: OpenDesk, server: string, { hash, from }: NonNullable<PacksAnswer['slice']>, slice: Uint8Array): boolean {
  const stand = standsOf(desk, server).find(({ row }) => row.hash === hash);
  if (stand?.state !== 'coming' || stand.row.here !== from || slice.byteLength === 0 || from + slice.byteLength > stand.row.size) return false;
  writePacked(db, hash, Buffer.concat([getPacked(db, hash) ?? new Uint8Array(0), slice]));
  return true;
}

/** Reads what has come whole, also what a stop of the program left unread; true: something was. */
async function checkWhole(desk: OpenDesk, server: string): Promise<boolean> {
  const whole = standsOf(desk, server).filter(({ row, state }) => state === 'coming' && row.here === row.size);
  for (const { row } of whole) {
    const packed = getPacked(desk.db, row.hash);
    if (!packed) continue;
    const read = await readPacked({ pack: kindOf(row), packed, hash: row.hash });
    if (!desk.isOpen()) return true;
    desk.log.write<undefined>(({ db }) => {
      writeChecked(db, row.hash, read.ok ? null : { code: read.error.code, detail: read.error.reason });
      return ok(undefined);
    });
  }
  return whole.length > 0;
}
