import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS } from '../../../src-shared/lib/office-time.ts';
import { ok } from '../../../src-shared/lib/result.ts';
import { createDraftsHandlers } from '../../../src-main/core/features/drafts/drafts-handlers.ts';
import { dropDraft, officersWithDrafts } from '../../../src-main/core/features/drafts/draft-queries.ts';
import { codeOf, openTestDesk, valueOf, type TestDesk, type TestOfficer } from '../../helpers/open-test-desk.ts';

let at: TestDesk;

beforeEach(async () => {
  at = await openTestDesk({ handlers: (announce) => createDraftsHandlers({ announce }) });
});

afterEach(() => at.close());

function buildDraft(draft: { readonly id?: string; readonly revision?: number; readonly title?: string; readonly owner?: string } = {}) {
  return {
    id: draft.id ?? randomUUID(),
    form: 'receive' as const,
    formVersion: 1,
    revision: draft.revision ?? 1,
    title: draft.title ?? 'Khai sinh, bà Lầu Thị Súa',
    data: { procedureCode: '1.001193', owner: { name: draft.owner ?? 'Lầu Thị Súa' }, papers: [{ name: 'Giấy chứng sinh', original: 1 }] },
  };
}

const titles = async (officer: TestOfficer = 'reception') => valueOf(await at.as(officer)('drafts.list', {})).drafts.map(({ title }) => title);

describe('saving', () => {
  test('keeps the form as it was typed, with the time and the revision', async () => {
    const draft = buildDraft({ revision: 7 });
    expect(valueOf(await at.as('reception')('drafts.save', draft))).toEqual({ savedAt: at.desk.clock.nowMs(), revision: 7 });
    const { drafts } = valueOf(await at.as('reception')('drafts.list', {}));
    expect(drafts).toEqual([{ ...draft, savedAt: at.desk.clock.nowMs() }]);
  });

  test('a newer revision replaces the older one', async () => {
    const draft = buildDraft();
    await at.as('reception')('drafts.save', draft);
    await at.as('reception')('drafts.save', { ...draft, revision: 2, title: 'Khai sinh, bà Lầu Thị Sua' });
    expect(await titles()).toEqual(['Khai sinh, bà Lầu Thị Sua']);
  });

  test('an older revision is refused and changes nothing', async () => {
    const draft = buildDraft({ revision: 5, title: 'mới' });
    await at.as('reception')('drafts.save', draft);
    const late = await at.as('reception')('drafts.save', { ...draft, revision: 4, title: 'cũ' });
    expect(late).toMatchObject({ ok: false, error: { code: 'drafts.stale', detail: { revision: 5 } } });
    expect(await titles()).toEqual(['mới']);
  });

  test('of two windows at the same revision the second is told and the first stays', async () => {
    const draft = buildDraft({ revision: 3 });
    valueOf(await at.as('reception')('drafts.save', draft));
    expect(codeOf(await at.as('reception')('drafts.save', { ...draft, data: { ...draft.data, owner: { name: 'Giàng A Páo' } } }))).toBe('drafts.stale');
    expect(valueOf(await at.as('reception')('drafts.list', {})).drafts[0]!.data).toEqual(draft.data);
  });

  test('the same save again is answered as the first time and tells no screen anything new', async () => {
    const draft = buildDraft();
    const first = valueOf(await at.as('reception')('drafts.save', draft));
    at.clock.advance(5_000);
    expect(valueOf(await at.as('reception')('drafts.save', draft))).toEqual(first);
    expect(at.events).toEqual([{ type: 'drafts' }]);
  });

  test('a form of an unknown kind, without a revision or with a broken id is refused', async () => {
    const good = buildDraft();
    for (const bad of [{ ...good, form: 'tax' }, { ...good, revision: 0 }, { ...good, id: 'x' }, { ...good, data: 'text' }, { ...good, extra: 1 }]) {
      expect(codeOf(await at.dispatch('drafts.save', bad, at.sessionOf('reception')))).toBe('request.malformed');
    }
    expect(await titles()).toEqual([]);
  });

  test('an officer keeps 500 forms and is told at the next one, which harms none', async () => {
    const saved = [];
    for (let n = 0; n < 500; n += 1) saved.push(await at.as('reception')('drafts.save', buildDraft({ title: `nháp ${n}` })));
    expect(saved.every((one) => one.ok)).toBe(true);
    expect(codeOf(await at.as('reception')('drafts.save', buildDraft()))).toBe('drafts.tooMany');
    expect(await titles()).toHaveLength(500);
    expect((await at.as('leader')('drafts.save', buildDraft())).ok).toBe(true);
  });
});

describe('whose drafts', () => {
  test('an officer sees the own drafts only, the last saved first', async () => {
    await at.as('reception')('drafts.save', buildDraft({ title: 'sáng' }));
    at.clock.advance(60_000);
    await at.as('reception')('drafts.save', buildDraft({ title: 'trưa' }));
    await at.as('leader')('drafts.save', buildDraft({ title: 'của lãnh đạo' }));
    expect(await titles()).toEqual(['trưa', 'sáng']);
    expect(officersWithDrafts(at.desk.db)).toEqual(new Set([at.officers.reception, at.officers.leader]));
  });

  test('another officer can neither overwrite nor drop it', async () => {
    const draft = buildDraft({ title: 'của tôi' });
    await at.as('reception')('drafts.save', draft);
    expect(codeOf(await at.as('leader')('drafts.save', { ...draft, revision: 9 }))).toBe('session.notPermitted');
    expect(codeOf(await at.as('leader')('drafts.drop', { id: draft.id }))).toBe('session.notPermitted');
    expect(await titles()).toEqual(['của tôi']);
  });

  test('nobody signed in, or a locked screen, reaches no draft', async () => {
    const draft = buildDraft();
    expect(codeOf(await at.dispatch('drafts.save', draft, undefined))).toBe('session.required');
    expect(codeOf(await at.dispatch('drafts.list', {}, undefined))).toBe('session.required');
    at.sessionOf('reception').locked = true;
    expect(codeOf(await at.as('reception')('drafts.save', draft))).toBe('session.locked');
    expect(codeOf(await at.as('reception')('drafts.drop', { id: draft.id }))).toBe('session.locked');
  });
});

describe('restart and disk', () => {
  test('drafts are there after a restart of the core', async () => {
    const draft = buildDraft({ revision: 12 });
    valueOf(await at.as('reception')('drafts.save', draft));
    at.restart();
    expect(valueOf(await at.as('reception')('drafts.list', {})).drafts).toMatchObject([draft]);
    expect(codeOf(await at.as('reception')('drafts.save', { ...draft, revision: 11 }))).toBe('drafts.stale');
  });

  test('no file of the data folder shows what was typed', async () => {
    valueOf(await at.as('reception')('drafts.save', buildDraft({ owner: 'Chang A Plaintext' })));
    const files = readdirSync(at.dataDir, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
    expect(files.length).toBeGreaterThan(1);
    for (const file of files) expect(readFileSync(path.join(file.parentPath, file.name)).includes('Chang A Plaintext')).toBe(false);
  });
});

describe('dropping', () => {
  test('a dropped draft is gone, and a save that was still under way does not bring it back', async () => {
    const draft = buildDraft();
    await at.as('reception')('drafts.save', draft);
    valueOf(await at.as('reception')('drafts.drop', { id: draft.id }));
    expect(codeOf(await at.as('reception')('drafts.save', { ...draft, revision: 2 }))).toBe('drafts.unknown');
    expect(await titles()).toEqual([]);
    expect(officersWithDrafts(at.desk.db)).toEqual(new Set());
    expect(at.desk.db.get('SELECT title, data FROM drafts WHERE id = ?', draft.id)).toEqual({ title: '', data: '{}' });
  });

  test('dropping twice, or what never arrived here, is no fault', async () => {
    const id = randomUUID();
    expect(await at.as('reception')('drafts.drop', { id })).toEqual({ ok: true, value: {} });
    expect(await at.as('reception')('drafts.drop', { id })).toEqual({ ok: true, value: {} });
    expect(codeOf(await at.as('reception')('drafts.save', buildDraft({ id })))).toBe('drafts.unknown');
  });

  test('the mark that is left behind goes after some weeks', async () => {
    const old = buildDraft();
    await at.as('reception')('drafts.drop', { id: old.id });
    at.clock.advance(31 * DAY_MS);
    await at.as('reception')('drafts.drop', { id: randomUUID() });
    expect(at.desk.db.value('SELECT count(*) FROM drafts')).toBe(1);
  });

  test('a reception that fails keeps its draft', async () => {
    const draft = buildDraft();
    await at.as('reception')('drafts.save', draft);
    const failed = at.desk.log.write(({ db }) => {
      dropDraft(db, { id: draft.id, officer: at.officers.reception, nowMs: 0 });
      return { ok: false as const, error: 'the reception was refused' };
    });
    expect(failed.ok).toBe(false);
    expect(await titles()).toEqual([draft.title]);
    at.desk.log.write(({ db }) => ok(dropDraft(db, { id: draft.id, officer: at.officers.reception, nowMs: 0 })));
    expect(await titles()).toEqual([]);
  });
});
