import type { OfficeId } from '../../../src-shared/lib/ids.ts';
import { err, type Result } from '../../../src-shared/lib/result.ts';
import type { FrameRefusal } from '../../../src-shared/sync-protocol/exchange.ts';
import type { Codec } from '../../../src-shared/sync-protocol/protocol-version.ts';
import { dictionaryOf } from '../../../src-node/codec/frame-codec.ts';
import { isDatabaseFailure, type ServerDb } from '../../db/server-db.ts';
import { faultWords } from '../../log/fault-words.ts';
import { ingestFrame, type TakenFrame } from './ingest-frame.ts';

/**
 * The same as `ingestFrame`, where a frame that this program itself fails at is one that was not taken in: the rest of its message
 * goes on (rule 7). A database that is away throws on, since the next frame would fare no better and the desk is to ask again.
 */
export async function takeFrame(db: ServerDb, office: OfficeId, codec: Codec, bytes: Uint8Array, nowMs: number): Promise<Result<TakenFrame, FrameRefusal>> {
  try {
    return await ingestFrame(db, office, codec, bytes, nowMs);
  } catch (error) {
    if (isDatabaseFailure(error)) throw error;
    return err({ device: dictionaryOf(codec, bytes)?.device ?? '', code: 'frame.unexpected', detail: faultWords(error) });
  }
}
