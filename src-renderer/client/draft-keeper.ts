import type { InputOf } from '../../src-shared/contract/contract.ts';
import type { CallAnswer } from './core-client.ts';

/**
 * Keeps one form while it is being filled: at once in the browser's sealed store, within 300 ms in the core. One save is
 * under way at a time and always the newest content goes next, so a slow disk never queues keystrokes.
 */
export type DraftSave = InputOf<'drafts.save'>;
export type DraftContent = Omit<DraftSave, 'id' | 'revision'>;

/**
 * `kept`: the core has all of it; `keeping`: on its way (the browser's store has it already); `stale`: another window
 * wrote a newer one; `gone`: the draft became a dossier or was thrown away elsewhere.
 */
export type DraftPhase = 'new' | 'keeping' | 'kept' | 'stale' | 'gone';

export interface DraftKeeperDep {
  readonly send: (draft: DraftSave) => Promise<CallAnswer<'drafts.save'>>;
  /** The browser's sealed store; it may come late (sign-in) or never (storage switched off). */
  readonly buffer: {
    readonly put: (draft: DraftSave) => Promise<void>;
    readonly removeUpTo: (id: string, revision: number) => Promise<void>;
  };
  /** Runs something later; gives the way to call it off. */
  readonly later: (run: () => void, delayMs: number) => () => void;
  readonly onPhase: (phase: DraftPhase) => void;
}

export interface DraftKeeper {
  readonly change: (content: DraftContent) => void;
  /** After `stale`: this window's words win over the other's. */
  readonly overwrite: () => void;
  /** The form became a dossier: nothing more is sent, and the buffer is emptied. */
  readonly finish: () => void;
}

const SEND_DELAY_MS = 200;
const RETRY_MS = 1_000;

export function createDraftKeeper(id: string, startRevision: number, dep: DraftKeeperDep): DraftKeeper {
  let revision = startRevision;
  let latest: DraftSave | undefined;
  let isSending = false;
  let cancelTimer: (() => void) | undefined;
  let isClosed = false;
  /** The revision of the other window, while nobody has decided between the two. */
  let staleRevision: number | undefined;
  const bufferLatest = createBufferWriter(dep.buffer, () => (isClosed || staleRevision !== undefined ? undefined : latest));

  function arm(delayMs: number): void {
    if (cancelTimer !== undefined || isSending || isClosed || staleRevision !== undefined) return;
    cancelTimer = dep.later(() => {
      cancelTimer = undefined;
      void sendLatest();
    }, delayMs);
  }

  function keep(delayMs: number): void {
    dep.onPhase('keeping');
    void bufferLatest();
    arm(delayMs);
  }

  async function sendLatest(): Promise<void> {
    const draft = latest;
    if (draft === undefined || isSending || isClosed) return;
    isSending = true;
    const answer = await dep.send(draft);
    isSending = false;
    if (isClosed) return;
    return answer.ok ? onSaved(draft) : onRefused(answer.error);
  }

  function onSaved(draft: DraftSave): void {
    void dep.buffer.removeUpTo(id, draft.revision);
    if (latest !== draft) return arm(0);
    latest = undefined;
    dep.onPhase('kept');
  }

  function onRefused(error: { readonly code: string; readonly detail?: Readonly<Record<string, unknown>> | undefined }): void {
    if (error.code === 'drafts.unknown') {
      isClosed = true;
      dep.onPhase('gone');
      return;
    }
    if (error.code === 'drafts.stale') {
      staleRevision = Number(error.detail?.['revision'] ?? revision);
      dep.onPhase('stale');
      return;
    }
    // The core restarts, the disk is full, the screen is locked: the browser's store has it; try until it is taken.
    arm(RETRY_MS);
  }

  return {
    change(content) {
      if (isClosed) return;
      latest = { ...content, id, revision: (revision += 1) };
      // Kept in mind until the officer decides; in the buffer it would win by itself at the next start.
      if (staleRevision !== undefined) return;
      keep(SEND_DELAY_MS);
    },
    overwrite() {
      if (staleRevision === undefined || latest === undefined) return;
      revision = Math.max(revision, staleRevision) + 1;
      staleRevision = undefined;
      latest = { ...latest, revision };
      keep(0);
    },
    finish() {
      isClosed = true;
      latest = undefined;
      cancelTimer?.();
      void dep.buffer.removeUpTo(id, Number.MAX_SAFE_INTEGER);
    },
  };
}

/** Writes follow each other, and what was overtaken while one was under way is left out. `latest`: undefined when there is nothing to keep. */
function createBufferWriter(buffer: DraftKeeperDep['buffer'], latest: () => DraftSave | undefined): () => Promise<void> {
  let isBuffering = false;
  return async () => {
    if (isBuffering) return;
    isBuffering = true;
    let written: DraftSave | undefined;
    for (let next = latest(); next !== undefined && next !== written; next = latest()) {
      written = next;
      await buffer.put(next);
    }
    isBuffering = false;
    // The core was faster than the browser's disk, or the form was finished meanwhile.
    if (written !== undefined && latest() !== written) void buffer.removeUpTo(written.id, written.revision);
  };
}
