import { callCore } from './core-client.ts';
import { onDeskSession, readDeskSession, type DeskSession } from './desk-session.ts';
import type { DraftSave } from './draft-keeper.ts';
import { openSealedStore, type SealedStore } from './sealed-store.ts';

/**
 * The sealed store of the officer who is signed in, opened when it is first needed. Where the browser keeps nothing
 * (storage switched off, profile full) forms still work: the core has them 300 ms later.
 */
let opened: { readonly officer: string; readonly bufferKey: string; readonly store: Promise<SealedStore | undefined> } | undefined;

function store(): Promise<SealedStore | undefined> {
  const { session } = readDeskSession();
  if (session?.officer === undefined || session.officer === null) return Promise.resolve(undefined);
  const { bufferKey } = session;
  const officer = session.officer.id;
  if (opened?.officer !== officer || opened.bufferKey !== bufferKey) {
    opened = { officer, bufferKey, store: openSealedStore(officer, bufferKey).catch(() => undefined) };
  }
  return opened.store;
}

/** Pushes what was left behind whenever an officer comes in. Once per page. */
export function startDraftBuffer(): void {
  let officer: string | undefined;
  const look = ({ gate, session }: DeskSession) => {
    if (gate !== 'open' || session?.officer?.id === officer) return;
    officer = session?.officer?.id;
    void pushBufferedDrafts();
  };
  look(readDeskSession());
  onDeskSession(look);
}

export const draftBuffer = {
  async put(draft: DraftSave): Promise<void> {
    await (await store())?.put(draft.id, draft.revision, draft).catch(() => undefined);
  },
  async removeUpTo(id: string, revision: number): Promise<void> {
    await (await store())?.removeUpTo(id, revision).catch(() => undefined);
  },
  async get(id: string): Promise<DraftSave | undefined> {
    return (await (await store())?.get(id).catch(() => undefined))?.data as DraftSave | undefined;
  },
};

const REMEMBERED = 'remembered:';

/** What a form remembers on this machine for this officer (pages per kind of paper, the previous dossier), sealed too. */
export async function remember(name: string, data: unknown): Promise<void> {
  await (await store())?.put(`${REMEMBERED}${name}`, 0, data).catch(() => undefined);
}

export async function recall(name: string): Promise<unknown> {
  return (await (await store())?.get(`${REMEMBERED}${name}`).catch(() => undefined))?.data;
}

/**
 * At the start: what the browser wrote and the core never got goes to the core now. A row the core has, or whose draft
 * became a dossier, is taken away.
 */
async function pushBufferedDrafts(): Promise<number> {
  const own = await store();
  const rows = (await own?.list().catch(() => [])) ?? [];
  const drafts = rows.filter((row) => !row.id.startsWith(REMEMBERED));
  if (own === undefined || drafts.length === 0) return 0;
  const known = await callCore('drafts.list', {});
  if (!known.ok) return 0;
  const revisions = new Map(known.value.drafts.map(({ id, revision }) => [id, revision]));
  let pushed = 0;
  for (const row of drafts) {
    if (row.revision > (revisions.get(row.id) ?? 0)) {
      const saved = await callCore('drafts.save', row.data as DraftSave);
      if (!saved.ok && saved.error.code !== 'drafts.unknown' && saved.error.code !== 'drafts.stale') continue;
      if (saved.ok) pushed += 1;
    }
    await own.removeUpTo(row.id, row.revision).catch(() => undefined);
  }
  return pushed;
}
