import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import type { DossierActInput } from '../../src-shared/contract/dossier-act-input.ts';
import { connectionOf } from '../../src-node/db/sqlite.ts';
import { isRebuildUnfinished, rebuildSlices } from '../../src-node/operations/rebuild.ts';
import { valueOf } from '../helpers/open-test-desk.ts';
import { dumpProjections } from '../helpers/projection-dump.ts';
import { receiveInput, startCore } from '../helpers/running-core.ts';

const SCRIPTS = resolve(import.meta.dirname, '../../migrations/desk');

test('money that newer desks had written to a folder from before is there after the next start', async () => {
  const core = await startCore();
  const { id } = valueOf(await core.as('reception', 'dossiers.receive', receiveInput())).dossier;
  const collectFee: DossierActInput = { act: 'collectFee', lines: [{ kind: 'levy', name: '', quantity: 1, dong: 8_000 }], means: 'cash', payer: 'Lý Tả Mẩy', receipt: { series: 'AB/26P', number: 1, seenOnPaper: true } };
  valueOf(await core.as('reception', 'dossiers.act', { id, idempotencyKey: randomUUID(), act: collectFee }));
  const desk = core.core.holder.desk()!;
  const now = dumpProjections(desk.db);
  connectionOf(desk.db).exec('DROP TABLE fee_entries; DROP TABLE doubled_receipts');
  connectionOf(desk.db).exec(readFileSync(join(SCRIPTS, readdirSync(SCRIPTS).find((name) => name.endsWith('-fees.sql'))!), 'utf8'));
  expect(isRebuildUnfinished(desk.db)).toBe(true);
  for (const slice of rebuildSlices(desk.db, desk.log.names, desk.office())) valueOf(slice);
  expect(dumpProjections(desk.db)).toEqual(now);
  await core.close();
});
