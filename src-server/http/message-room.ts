import type { SyncErrorCode } from '../../src-shared/sync-protocol/sync-errors.ts';
import { RecordTooLarge } from '../../src-node/codec/records.ts';

/** What a stranger may make a process hold: an everyday frame and the words before it. Beyond that somebody must be known. */
export const STRANGER_BYTES_MAX = 131_072;
/** Of all messages that are not answered yet, in one process: as many of the largest as come at once, and no more. */
const ROOM_BYTES = 201_326_592;

/** A message is not read any further. */
export class MessageRefused extends Error {
  readonly code: SyncErrorCode;
  readonly detail: string;
  constructor(code: SyncErrorCode, detail: string) {
    super(`${code} ${detail}`);
    this.code = code;
    this.detail = detail;
  }
}

/** Bytes of messages that one process holds, however many desks send at once. */
export class MessageRoom {
  readonly #bytesMax: number;
  #held = 0;

  constructor(bytesMax = ROOM_BYTES) {
    this.#bytesMax = bytesMax;
  }

  get heldBytes(): number {
    return this.#held;
  }

  open(): MessageShare {
    return new MessageShare((bytes) => {
      // Given back is always taken; a desk that finds no room asks again.
      if (bytes > 0 && this.#held + bytes > this.#bytesMax) throw new MessageRefused('sync.busy', 'room');
      this.#held += bytes;
    });
  }
}

/** What one request holds of the room. */
export class MessageShare {
  readonly #move: (bytes: number) => void;
  #held = 0;

  constructor(move: (bytes: number) => void) {
    this.#move = move;
  }

  /** The same parts, each counted as it comes. */
  async *counted(parts: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, undefined> {
    for await (const part of parts) {
      this.#move(part.byteLength);
      this.#held += part.byteLength;
      yield part;
    }
  }

  giveBack(bytes = this.#held): void {
    this.#held -= bytes;
    this.#move(-bytes);
  }
}

/** Asked once of a message that is larger than a stranger's may be, with what came of it so far; throws where it may not go on. */
export type AskSender = (begun: Uint8Array) => Promise<void>;

/** The whole of one message. Throws `MessageRefused` and `RecordTooLarge`. */
export async function readWhole(parts: AsyncIterable<Uint8Array>, bytesMax: number, ask: AskSender): Promise<Buffer> {
  const read: Uint8Array[] = [];
  let [bytes, isAsked] = [0, false];
  for await (const part of parts) {
    read.push(part);
    bytes += part.byteLength;
    if (bytes > bytesMax) throw new RecordTooLarge(bytes);
    if (bytes <= STRANGER_BYTES_MAX || isAsked) continue;
    isAsked = true;
    await ask(Buffer.concat(read));
  }
  return Buffer.concat(read);
}
