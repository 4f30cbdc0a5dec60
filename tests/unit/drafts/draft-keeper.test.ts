import { describe, expect, it } from 'vitest';
import type { CallAnswer } from '../../../src-renderer/client/core-client.ts';
import { createDraftKeeper, type DraftContent, type DraftPhase, type DraftSave } from '../../../src-renderer/client/draft-keeper.ts';
import { wireError } from '../../../src-shared/contract/errors.ts';
import { err, ok } from '../../../src-shared/lib/result.ts';

type Answer = CallAnswer<'drafts.save'>;
const words = (text: string): DraftContent => ({ form: 'receive', formVersion: 1, title: text, data: { text } });
const saved = (draft: DraftSave): Answer => ok({ savedAt: 1, revision: draft.revision });

/** A core whose answers the test gives by hand, timers it runs by hand, and a buffer it can look into. */
function setUp() {
  const sent: { readonly draft: DraftSave; readonly answer: (answer: Answer) => void }[] = [];
  const timers: { readonly run: () => void; readonly delayMs: number }[] = [];
  const buffer = new Map<string, DraftSave>();
  const phases: DraftPhase[] = [];
  const keeper = createDraftKeeper('d', 0, {
    send: (draft) => new Promise((resolve) => { sent.push({ draft, answer: resolve }); }),
    buffer: {
      put: (draft) => { buffer.set(draft.id, draft); return Promise.resolve(); },
      removeUpTo: (id, revision) => { if ((buffer.get(id)?.revision ?? Infinity) <= revision) buffer.delete(id); return Promise.resolve(); },
    },
    later: (run, delayMs) => { const timer = { run, delayMs }; timers.push(timer); return () => void timers.splice(timers.indexOf(timer), 1); },
    onPhase: (phase) => phases.push(phase),
  });
  const settle = async () => { for (let turn = 0; turn < 10; turn += 1) await Promise.resolve(); };
  const tick = async () => { timers.shift()?.run(); await settle(); };
  const answer = async (make: (draft: DraftSave) => Answer) => { const last = sent.at(-1)!; last.answer(make(last.draft)); await settle(); };
  return { keeper, sent, timers, buffer, phases, tick, settle, answer };
}

describe('keeping a form while it is typed', () => {
  it('buffers at once, sends within 300 ms, and empties the buffer when the core has it', async () => {
    const { keeper, sent, timers, buffer, phases, tick, settle, answer } = setUp();
    keeper.change(words('L'));
    await settle();
    expect(buffer.get('d')?.title).toBe('L');
    expect(timers.map(({ delayMs }) => delayMs <= 300)).toEqual([true]);
    expect(sent).toHaveLength(0);
    await tick();
    await answer(saved);
    expect(buffer.size).toBe(0);
    expect(phases).toEqual(['keeping', 'kept']);
  });

  it('has one save under way and then sends only the newest words', async () => {
    const { keeper, sent, tick, answer } = setUp();
    keeper.change(words('L'));
    await tick();
    keeper.change(words('Lò'));
    keeper.change(words('Lò T'));
    await tick();
    expect(sent).toHaveLength(1);
    await answer(saved);
    await tick();
    expect(sent.map(({ draft }) => [draft.title, draft.revision])).toEqual([['L', 1], ['Lò T', 3]]);
  });

  it('keeps the words in the buffer and tries again while the core is away', async () => {
    const { keeper, sent, buffer, phases, tick, answer } = setUp();
    keeper.change(words('Lò'));
    await tick();
    await answer(() => err({ code: 'core.unreachable', sentence: '' }));
    expect(buffer.get('d')?.title).toBe('Lò');
    await tick();
    await answer(saved);
    expect(sent).toHaveLength(2);
    expect(phases.at(-1)).toBe('kept');
  });

  it('stops when another window wrote a newer one, and wins only when told to', async () => {
    const { keeper, sent, phases, tick, answer } = setUp();
    keeper.change(words('Lò'));
    await tick();
    await answer(() => err(wireError('drafts.stale', { revision: 7 })));
    expect(phases.at(-1)).toBe('stale');
    keeper.overwrite();
    await tick();
    expect(sent.at(-1)?.draft).toMatchObject({ title: 'Lò', revision: 8 });
  });

  it('neither sends nor buffers anything once the form became a dossier', async () => {
    const { keeper, sent, buffer, tick, settle } = setUp();
    keeper.change(words('Lò'));
    keeper.finish();
    keeper.change(words('Lò Thị'));
    await tick();
    await settle();
    expect(sent).toHaveLength(0);
    expect(buffer.size).toBe(0);
  });

  it('goes on typing while the draft is stale without losing the newest words', async () => {
    const { keeper, sent, tick, answer } = setUp();
    keeper.change(words('Lò'));
    await tick();
    await answer(() => err(wireError('drafts.stale', { revision: 7 })));
    keeper.change(words('Lò Thị Mai'));
    keeper.overwrite();
    await tick();
    expect(sent.at(-1)?.draft.title).toBe('Lò Thị Mai');
  });
});
