import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { connectionOf } from '../../src-node/db/sqlite.ts';
import { exportedRow, EXPORT_HEADINGS } from '../helpers/export-rows.ts';
import { valueOf } from '../helpers/open-test-desk.ts';
import { dumpProjections } from '../helpers/projection-dump.ts';
import { receiveInput, startCore } from '../helpers/running-core.ts';
import { writeXlsx } from '../helpers/write-sheet.ts';

const SCRIPTS = resolve(import.meta.dirname, '../../migrations/desk');

test('dossiers of a folder from before are marked as they would be now', async () => {
  const core = await startCore();
  const receive = async () => valueOf(await core.as('reception', 'dossiers.receive', receiveInput())).dossier.id;
  const [, linked, voided] = [await receive(), await receive(), await receive()];
  valueOf(await core.as('reception', 'dossiers.linkCode', { id: linked!, idempotencyKey: randomUUID(), code: { system: 'province', code: 'H99.27-261123-0001' } }));
  valueOf(await core.as('leader', 'dossiers.void', { id: voided!, idempotencyKey: randomUUID(), reason: 'Nhập nhầm' }));
  const file = { fileName: 'a.xlsx', content: writeXlsx([EXPORT_HEADINGS, exportedRow(0)]).toString('base64') };
  const { columns } = valueOf(await core.as('reception', 'imports.preview', file));
  valueOf(await core.as('reception', 'imports.run', { idempotencyKey: randomUUID(), ...file, fields: columns.map(({ field }) => field), system: 'province' }));
  const { db } = core.core.holder.desk()!;
  const now = dumpProjections(db);
  const script = readdirSync(SCRIPTS).find((name) => name.endsWith('-province.sql'))!;
  connectionOf(db).exec('DROP INDEX dossiers_without_province; ALTER TABLE dossiers DROP COLUMN lacks_province_code');
  connectionOf(db).exec(readFileSync(join(SCRIPTS, script), 'utf8'));
  expect(dumpProjections(db)).toEqual(now);
  await core.close();
});
