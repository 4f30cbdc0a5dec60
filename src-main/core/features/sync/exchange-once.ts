import { MESSAGE_BYTES_MAX } from '../../../../src-shared/sync-protocol/limits.ts';
import type { PacksAnswer, PacksRequest } from '../../../../src-shared/sync-protocol/packs.ts';
import { BEST_CODEC, COMMON_CODEC, STREAM_PROTOCOL } from '../../../../src-shared/sync-protocol/protocol-version.ts';
import { OTHER_DICTIONARY } from '../../../../src-node/codec/bytes.ts';
import type { ExchangeClient, ExchangeDown } from '../../../../src-node/sync-engine/exchange-client.ts';
import type { FrameUp } from '../../../../src-node/sync-engine/gather-frames.ts';
import type { ReadAnswer } from '../../../../src-node/sync-engine/read-answer.ts';
import { REFUSED_MS, REST_MS } from '../../../../src-node/sync-engine/sync-waits.ts';
import type { BulkWork } from '../../calls/bulk-work.ts';
import type { Announce } from '../../calls/handlers.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';
import { isPackShareUsed } from './day-budget.ts';
import { exchangeWords, introductionOf } from './exchange-words.ts';
import { gather, isIntroduction, stretchesLeft, type OneExchange } from './gather-up.ts';
import { mayStream, readCursor, type SyncCursor, type SyncServer } from './sync-queries.ts';
import { isSnapshotWanted, readFill, snapshotRequest } from './snapshot-queries.ts';
import { takeAnswer } from './take-answer.ts';

/** Published packs, which travel beside exchanges and behind all operations. */
export interface PackCarrier {
  /** What is said of them in an exchange that hands nothing up. */
  ask(desk: OpenDesk, server: SyncServer, mayFetch: boolean): PacksRequest;
  /** Keeps what was answered; false: what was wanted has come no further. */
  take(desk: OpenDesk, server: SyncServer, answer: PacksAnswer, said: { readonly asked: PacksRequest; readonly slice: Uint8Array | undefined }): Promise<boolean>;
  /** Some bytes of one are still to come. */
  isNext(desk: OpenDesk, server: SyncServer): boolean;
}

export interface ExchangeDep {
  readonly packs: PackCarrier;
  readonly client: ExchangeClient;
  readonly program: string;
  readonly bulkWork: BulkWork;
  readonly announce: Announce;
  readonly refreshKeySlots: (desk: OpenDesk) => void;
  readonly monotonicMs: () => number;
}

export type Exchanged =
  | { readonly ok: true; readonly isMore: boolean; readonly canStream: boolean; readonly moved: ExchangeDown['moved'] }
  | { readonly ok: false; readonly code: string; readonly retry: boolean };

/** One message and its answer. */
export async function exchangeOnce(dep: ExchangeDep, one: OneExchange): Promise<Exchanged> {
  const { desk, server, effect, signal, round } = one;
  const isFirst = effect.kind === 'ask' || isIntroduction(effect);
  if (isFirst) {
    round.isListRead = false;
    round.leans = true;
    round.codec = COMMON_CODEC;
  }
  // A link that never breaks must not keep back for good what one fault up there has refused.
  if (isFirst || dep.monotonicMs() - round.putAsideTriedMs >= REFUSED_MS) {
    round.putAside.clear();
    round.putAsideTriedMs = dep.monotonicMs();
  }
  const sent = effect.kind === 'ask' ? [] : await gather(one);
  if (!desk.isOpen() || signal.aborted) return { ok: false, code: 'stopped', retry: true };
  // Without this an exchange that carries nothing would follow the other without a pause.
  if (effect.kind === 'exchange' && sent.length === 0 && stretchesLeft(one).length > 0) return { ok: false, code: 'unexpected', retry: true };
  const { cursor, isFill } = nextPlace(one);
  const wantBytes = wantedBytes(one);
  const packs = askPacks(dep, one, sent.length > 0);
  const snapshot = isSnapshotWanted(desk) ? { snapshot: snapshotRequest(desk) } : {};
  const words = { ...exchangeWords(desk, { program: dep.program, codec: round.codec, cursor, wantBytes, frames: sent.length, ...snapshot, ...(packs && { packs }) }), ...(isIntroduction(effect) && { introduction: introductionOf(desk, server.server) }) };
  if (effect.kind === 'exchange') one.tell({ type: 'sent', bytes: sent.reduce((sum, { bytes }) => sum + bytes.byteLength, wantBytes) });
  const down = await dep.client.exchange({ to: server, words, frames: sent.map(({ bytes }) => bytes), privateKey: desk.log.author.privateKey, signal, traffic: one.spending.traffic, isFresh: effect.kind === 'ask', onBytes: () => one.tell({ type: 'moving' }) });
  if (!down.ok) return { ok: false, code: down.error.code, retry: down.error.retry };
  const { operations, slice } = partedDown(down.value);
  const taken = await takeDown(dep, one, { cursor, isFill, sent, wantBytes, bytes: down.value.moved.bytes }, operations);
  if (!taken.ok) return taken;
  if (packs) await takePacks(dep, one, down.value.answer.packs, { asked: packs, slice, hasOperations: operations.frames.length > 0 });
  const isMore = taken.isMore || stretchesLeft(one).length > 0;
  const { answer, moved } = down.value;
  const isRescue = answer.isRescue === true;
  if (isRescue && !isMore) return { ok: false, code: 'sync.rescued', retry: false };
  // A stopped desk hands up the rest of its work by turns.
  return { ok: true, isMore, canStream: !isRescue && answer.protocol >= STREAM_PROTOCOL && mayStream(desk) && !isSnapshotWanted(desk), moved };
}

/** The last frame is bytes of a pack where the answer says so; all others are operations. */
function partedDown({ answer, frames }: ReadAnswer): { readonly operations: ReadAnswer; readonly slice: Uint8Array | undefined } {
  if (!answer.packs?.slice) return { operations: { answer, frames }, slice: undefined };
  return { operations: { answer, frames: frames.slice(0, -1) }, slice: frames.at(-1) };
}

/** Where nothing is handed up, and at least as often as a desk asks that rests: one that always has something to hand up hears of packs too. */
function askPacks(dep: ExchangeDep, one: OneExchange, isHandingUp: boolean): PacksRequest | undefined {
  const { desk, server, effect, round } = one;
  const nowMs = dep.monotonicMs();
  if (isIntroduction(effect) || (isHandingUp && nowMs - round.packsAskedMs < REST_MS)) return undefined;
  round.packsAskedMs = nowMs;
  return dep.packs.ask(desk, server, effect.kind === 'exchange' && !isHandingUp && mayFetchPacks(one));
}

async function takePacks(dep: ExchangeDep, { desk, server, round }: OneExchange, answer: PacksAnswer | undefined, { asked, slice, hasOperations }: { readonly asked: PacksRequest; readonly slice: Uint8Array | undefined; readonly hasOperations: boolean }): Promise<void> {
  const hasMoved = answer !== undefined && desk.isOpen() && (await dep.packs.take(desk, server, answer, { asked, slice }));
  if (asked.want) round.isPackStalled = !hasMoved && !hasOperations;
}

/** Unless somebody wished that all comes, whatever it costs. */
export function mayFetchPacks({ desk, round }: Pick<OneExchange, 'desk' | 'round'>): boolean {
  return !round.isPackStalled && (round.isOverBudget || !isPackShareUsed(desk));
}

export function wantedBytes({ effect, round }: OneExchange): number {
  return Math.min(effect.frameBytes * round.wantFactor, MESSAGE_BYTES_MAX);
}

/**
 * Where the list is read from next: where this desk stands in it, and once that was read to its end, where the older years behind a
 * snapshot have come to. The two take turns, so what others write today never waits for years.
 */
export function nextPlace({ desk, effect, round }: OneExchange): Pick<Said, 'cursor' | 'isFill'> {
  const fill = round.isListRead && effect.kind !== 'ask' && !isIntroduction(effect) ? readFill(desk.db) : null;
  return fill ? { cursor: { epoch: fill.epoch, position: fill.position }, isFill: true } : { cursor: readCursor(desk.db), isFill: false };
}

export interface Said {
  readonly cursor: SyncCursor | null;
  readonly isFill: boolean;
  readonly sent: readonly FrameUp[];
  readonly wantBytes: number;
  /** What went over, both ways. */
  readonly bytes: number;
}

export type TakenDown = { readonly ok: true; readonly isMore: boolean; readonly isOtherLife: boolean; readonly isRefused: boolean } | Extract<Exchanged, { ok: false }>;

/** Takes in what came, and remembers what it says of what goes next. `isMore`: of others' work, up there. */
export async function takeDown(dep: ExchangeDep, { desk, server, round, spending }: OneExchange, { cursor, isFill, sent, wantBytes, bytes }: Said, { answer, frames }: ReadAnswer): Promise<TakenDown> {
  const taken = await dep.bulkWork.whenFree(() => takeAnswer(desk, { server, cursor, isFill, sent, bytes }, answer, frames));
  if (!taken.ok) return { ok: false, ...taken.error };
  spending.countedBytes += bytes;
  for (const device of taken.value.refused) round.putAside.add(device);
  // What it writes it reads.
  round.codec = answer.codec === BEST_CODEC ? BEST_CODEC : COMMON_CODEC;
  if (answer.refused.some(({ code }) => code === OTHER_DICTIONARY)) round.leans = false;
  const isOtherLife = cursor !== null && cursor.epoch !== answer.epoch;
  // Of the list a stopped desk is told nothing, so it hands up what it wrote itself.
  round.isListRead = !isFill && !answer.hasMore && !isOtherLife && answer.isRescue !== true;
  const isNextLarger = wantBytes > 0 && answer.hasMore && frames.length === 0;
  if (isNextLarger && wantBytes === MESSAGE_BYTES_MAX) return { ok: false, code: 'malformedAnswer', retry: true };
  if (wantBytes > 0) round.wantFactor = isNextLarger ? Math.min(round.wantFactor * 4, WANT_FACTOR_MAX) : 1;
  if (taken.value.isOfficeTouched) dep.refreshKeySlots(desk);
  if (taken.value.operations > 0) dep.announce({ type: 'office' });
  dep.announce({ type: 'sync' });
  return { ok: true, isMore: answer.hasMore || isOtherLife || isFill || readFill(desk.db) !== null, isOtherLife, isRefused: answer.refused.length > 0 || taken.value.refused.length > 0 };
}

const WANT_FACTOR_MAX = 2 ** 20;
