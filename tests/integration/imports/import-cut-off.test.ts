/** Rule 1 and 2 between machines: an import that a power cut ended, and one export imported at two desks that never met. */
import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import type { InputOf } from '../../../src-shared/contract/contract.ts';
import { setUpCoreOffice, type CoreDesk, type CoreOffice } from '../../helpers/core-desk.ts';
import { exportedFile } from '../../helpers/export-rows.ts';
import { dumpProjections } from '../../helpers/projection-dump.ts';
import { writeXlsx } from '../../helpers/write-sheet.ts';

let office: CoreOffice | undefined;
afterEach(async () => {
  await office?.end();
  office = undefined;
});

async function importRun(desk: CoreDesk, rows: number): Promise<InputOf<'imports.run'>> {
  const input = { fileName: 'ho-so.xlsx', content: writeXlsx(exportedFile(rows, 0).rows).toString('base64') };
  const { columns } = await desk.must('imports.preview', input);
  return { idempotencyKey: randomUUID(), ...input, fields: columns.map(({ field }) => field), system: 'province' };
}

test('a power cut in the middle leaves whole dossiers, and the same request brings the rest', async () => {
  office = await setUpCoreOffice();
  const desk = office.first;
  const run = await importRun(desk, 200);
  const cut = desk.call('imports.run', run).catch(() => undefined);
  while (((await desk.must('imports.progress', {})).running?.done ?? 0) < 40) await new Promise((resolve) => setImmediate(resolve));
  const files = desk.copyFiles();
  await desk.must('imports.stop', {});
  await cut;
  await desk.stop();
  desk.restore(files);
  await desk.start();
  expect(await desk.must('system.verify', {})).toMatchObject({ ok: true });
  const before = desk.desk.db.value<number>('SELECT COUNT(*) FROM dossiers')!;
  expect(before).toBeGreaterThanOrEqual(40);
  expect(before % 8).toBe(0);
  expect((await desk.must('imports.run', run)).counts).toMatchObject({ good: 200 - before, known: before });
  expect(desk.desk.db.value('SELECT COUNT(*) FROM dossiers')).toBe(200);
});

test('two desks that import one export without knowing of each other have the same dossiers, and no conflict', async () => {
  office = await setUpCoreOffice();
  const { first } = office;
  const second = await office.join(first, 'Máy 2');
  for (const desk of [first, second]) expect((await desk.must('imports.run', await importRun(desk, 30))).counts.good).toBe(30);
  const folder = second.place.dataDir;
  await second.stop();
  const taken = await first.must('desks.importBranch', { dataDir: folder, password: 'nuoc-chay-da-mon' });
  expect(taken).toMatchObject({ refused: [], conflicts: 0 });
  expect(first.desk.db.value('SELECT COUNT(*) FROM dossiers')).toBe(30);
  const before = dumpProjections(first.desk.db);
  await first.must('system.rebuild', {});
  expect(dumpProjections(first.desk.db)).toEqual(before);
});
