import path from 'node:path';
import type { PackChanges } from '../../../../src-shared/domain/packs/pack-changes.ts';
import type { Result } from '../../../../src-shared/lib/result.ts';
import { readAnswer } from '../../platform/worker-parts.ts';
import type { CheckedPack, PackProblem, PackTask } from './pack-worker.ts';

const WORKER = path.join(import.meta.dirname, 'pack-worker.ts');

/** Reads a pack as everybody's pack is read, whether a person chose the file or the upper tier handed it down. */
export function checkText(pack: CheckedPack['pack'], text: string): Promise<Result<CheckedPack, PackProblem>> {
  return readAnswer(WORKER, { kind: 'text', pack, text } satisfies PackTask);
}

/** The same of bytes as they travel, which must be the very pack that was signed. */
export function readPacked(packed: { readonly pack: CheckedPack['pack']; readonly packed: Uint8Array; readonly hash: string }): Promise<Result<CheckedPack, PackProblem>> {
  return readAnswer(WORKER, { kind: 'packed', ...packed } satisfies PackTask);
}

/** What a pack says otherwise than the one before; null: there is none before. */
export function comparePacked(packed: { readonly pack: CheckedPack['pack']; readonly packed: Uint8Array; readonly hash: string; readonly before: string | null }): Promise<Result<PackChanges, PackProblem>> {
  return readAnswer(WORKER, { kind: 'compare', ...packed } satisfies PackTask);
}
