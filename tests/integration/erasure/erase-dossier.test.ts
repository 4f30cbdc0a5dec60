import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeErasure } from '../../../src-main/core/desk/erasures.ts';
import type { OpenDesk } from '../../../src-main/core/desk/open-desk.ts';
import { openDatabase, closeDatabase } from '../../../src-node/db/open-database.ts';
import { listUnfinishedErasures, removeTraces } from '../../../src-node/operations/erase-subject.ts';
import { rebuildSlices } from '../../../src-node/operations/rebuild.ts';
import { verifyDesk } from '../../../src-node/operations/verify.ts';
import type { InputOf } from '../../../src-shared/contract/contract.ts';
import type { SubjectId } from '../../../src-shared/lib/ids.ts';
import { ok } from '../../../src-shared/lib/result.ts';
import { decryptPages, textsFoundIn } from '../../helpers/decrypted-pages.ts';
import { codeOf, valueOf } from '../../helpers/open-test-desk.ts';
import { receiveInput, startCore, type RunningCore } from '../../helpers/running-core.ts';

const OWNER = { type: 'individual', name: 'Sầm Thị Xuyến', idKind: 'citizenId', idNumber: '015188777123', birthDate: '1988-03-12', phone: '0971234888' } as const;
const REQUEST = 'Đăng ký khai sinh cho cháu Ngải Thoong Vinh';
/** As typed, as searched, and the beginnings and endings by which the index knows them. */
const TRACES = ['Sầm Thị Xuyến', 'Xuyến', 'xuyen', '015188777123', '5188777123', '777123', '0971234888', '234888', 'Ngải Thoong', 'ngai', 'thoong', '1988-03-12'];
/** The dead space of a page may keep a cut text. */
const CERTAIN = ['Sầm Thị Xuyến', 'xuyen', '015188777123', '777123', '0971234888', 'Ngải Thoong', 'thoong'];

let core: RunningCore;
beforeEach(async () => {
  core = await startCore();
});
afterEach(() => core.close());

const deskOf = (): OpenDesk => core.core.holder.desk()!;
const dataDir = () => path.join(core.folder, 'data');
const databaseFile = () => path.join(dataDir(), 'desk.db');

/** Everything on the disk: each file as it is, and each page of the database decrypted. */
function traces(): string[] {
  const files = readdirSync(core.folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && entry.name !== 'desk.lock');
  const raw = files.map((entry) => readFileSync(path.join(entry.parentPath, entry.name)));
  const pages = decryptPages(databaseFile(), deskOf().databaseKey).map(({ content }) => content);
  return textsFoundIn([...raw, ...pages], TRACES);
}

async function receiveAndWork(): Promise<{ id: string; code: string; input: InputOf<'dossiers.receive'> }> {
  for (let other = 0; other < 30; other += 1) await core.as('reception', 'dossiers.receive', receiveInput());
  const input = receiveInput({ owner: OWNER, request: REQUEST, fields: { childName: 'Ngải Thoong Vinh' } });
  const { dossier } = valueOf(await core.as('reception', 'dossiers.receive', input));
  const { id, codes } = dossier;
  valueOf(await core.as('processing', 'dossiers.act', { id, idempotencyKey: randomUUID(), act: { act: 'take' } }));
  valueOf(await core.as('reception', 'dossiers.correct', { id, idempotencyKey: randomUUID(), reason: 'Bà Xuyến báo sai số', changes: { owner: { ...OWNER, phone: '0971234889' } } }));
  valueOf(await core.as('reception', 'printing.reprint', { dossier: id, idempotencyKey: randomUUID(), form: 'receipt', reason: 'Bà Xuyến làm mất giấy' }));
  const code = codes[0]!.code;
  valueOf(await core.as('reception', 'drafts.save', { id: randomUUID(), form: 'receive', formVersion: 1, revision: 1, title: 'Hồ sơ tiếp theo', data: { same: code, owner: { ...OWNER } } }));
  for (let other = 0; other < 30; other += 1) await core.as('reception', 'dossiers.receive', receiveInput());
  return { id, code, input };
}

const erase = (id: string, key = randomUUID()) => core.as('admin', 'dossiers.erase', { id, idempotencyKey: key, reason: 'Theo yêu cầu của công dân' });
const verify = () => verifyDesk(deskOf().db, deskOf().log.names, deskOf().office());

describe('erasing a dossier', () => {
  it('leaves no trace of it in any file or page, where there were traces of everything before', async () => {
    const { id } = await receiveAndWork();
    const before = traces();
    expect(before).toEqual(expect.arrayContaining(CERTAIN));
    valueOf(await erase(id));
    expect(traces()).toEqual([]);
    expect(listUnfinishedErasures(deskOf().db)).toEqual([]);
  });

  it('leaves a chain that verifies, lists that fit the log, and the number issued', async () => {
    const { id, code } = await receiveAndWork();
    const counts = valueOf(await core.as('reception', 'dossiers.counts', {}));
    valueOf(await erase(id));
    expect(verify()).toMatchObject({ ok: true, faults: [] });
    expect(codeOf(await core.as('reception', 'dossiers.get', { id }))).toBe('dossiers.unknown');
    for (const query of ['Xuyến', OWNER.idNumber, code, OWNER.phone]) {
      expect(valueOf(await core.as('reception', 'dossiers.search', { query, tab: 'all', limit: 50 })).dossiers).toEqual([]);
    }
    expect(valueOf(await core.as('reception', 'persons.find', { query: 'Xuyến', limit: 8 })).persons).toEqual([]);
    expect(valueOf(await core.as('reception', 'printing.jobs', { dossier: id })).jobs).toEqual([]);
    expect(valueOf(await core.as('reception', 'drafts.list', {})).drafts).toEqual([]);
    expect(valueOf(await core.as('reception', 'dossiers.counts', {}))).toMatchObject({ open: counts.open - 1, receivedToday: counts.receivedToday - 1 });
    const next = valueOf(await core.as('reception', 'dossiers.receive', receiveInput()));
    expect(next.dossier.codes[0]!.code.slice(-3)).toBe('062');
  });

  it('is the same after a rebuild', async () => {
    const { id } = await receiveAndWork();
    valueOf(await erase(id));
    const desk = deskOf();
    for (const slice of rebuildSlices(desk.db, desk.log.names, desk.office())) valueOf(slice);
    expect(verify()).toMatchObject({ ok: true, faults: [] });
    expect(traces()).toEqual([]);
  });

  it('answers a replay of the erasure as before, and refuses a replay of the reception', async () => {
    const { id, input } = await receiveAndWork();
    const key = randomUUID();
    valueOf(await erase(id, key));
    expect(await erase(id, key)).toEqual({ ok: true, value: {} });
    expect(codeOf(await core.as('reception', 'dossiers.receive', input))).toBe('dossiers.keyReused');
    expect(codeOf(await erase(id))).toBe('dossiers.unknown');
  });

  it('of what is not there, or without a reason, changes nothing', async () => {
    const seq = deskOf().log.head().seq;
    expect(codeOf(await erase(randomUUID()))).toBe('dossiers.unknown');
    expect(codeOf(await erase(deskOf().office().id))).toBe('dossiers.unknown');
    expect(codeOf(await core.as('admin', 'dossiers.erase', { id: randomUUID(), idempotencyKey: randomUUID(), reason: '  ' }))).toBe('request.malformed');
    expect(deskOf().log.head().seq).toBe(seq);
  });

  it('waits with the last traces for a reader of the old pages, and takes them away at the next checkpoint', async () => {
    const { id } = await receiveAndWork();
    const reader = valueOf(openDatabase({ file: databaseFile(), key: deskOf().databaseKey, mode: 'read' }));
    const rows = reader.iterate('SELECT no FROM dossiers');
    rows.next();
    valueOf(await erase(id));
    expect(traces()).not.toEqual([]);
    rows.return?.();
    closeDatabase(reader);
    valueOf(deskOf().checkpoint());
    expect(traces()).toEqual([]);
  });

  it('goes on in small steps between which dossiers are received, and still leaves no trace', async () => {
    const { id } = await receiveAndWork();
    const desk = deskOf();
    valueOf(
      desk.log.write((writing) => {
        writeErasure(desk, writing, { subject: id as SubjectId, actor: core.sessions.admin.officer!, reason: 'Theo yêu cầu của công dân' });
        return ok(undefined);
      }),
    );
    desk.reloadOffice();
    expect(traces()).not.toEqual([]);
    let steps = 0;
    for (const step of removeTraces(desk.db)) {
      valueOf(step);
      valueOf(await core.as('reception', 'dossiers.receive', receiveInput()));
      steps += 1;
    }
    expect(steps).toBeGreaterThan(3);
    expect(traces()).toEqual([]);
    expect(verify()).toMatchObject({ ok: true, faults: [] });
  });
});
