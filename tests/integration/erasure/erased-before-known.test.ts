import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { InputOf } from '../../../src-shared/contract/contract.ts';
import { ADMIN_PASSWORD, receiveInput, setUpCoreOffice, type CoreDesk, type CoreOffice } from '../../helpers/core-desk.ts';
import { learnFrom } from '../../helpers/learn-from.ts';
import { dumpProjections } from '../../helpers/projection-dump.ts';

let office: CoreOffice;
let first: CoreDesk;
beforeEach(async () => {
  office = await setUpCoreOffice();
  first = office.first;
});
afterEach(() => office.end());

const HELPER = 'Hoàng Ngọc Ánh';

/** Logs come one by one, so what was done may be here before the act that allowed it. */
test.each(['the dossier is not here yet', 'the dossier is here'])('an erasure that comes before the act by which its author may erase is carried out when that comes: %s', async (known) => {
  const { id: helper } = await first.must('officers.create', { name: HELPER, title: 'Công chức', formOfAddress: 'chị', roles: ['processing'], password: ADMIN_PASSWORD } as InputOf<'officers.create'>);
  const third = await office.join(first, 'Máy 3');
  const second = await office.join(first, 'Máy 2');
  await learnFrom(third, second);
  const { id } = (await first.must('dossiers.receive', receiveInput(office.time))).dossier;
  if (known === 'the dossier is here') await learnFrom(third, first);
  await first.must('officers.change', { officer: helper, name: HELPER, title: 'Công chức', formOfAddress: 'chị', roles: ['admin'], retired: false } as InputOf<'officers.change'>);
  await learnFrom(second, first);
  await second.signIn(HELPER);
  await second.must('dossiers.erase', { id, idempotencyKey: randomUUID(), reason: 'Theo yêu cầu' });
  await learnFrom(third, second, [second.desk.device]);
  expect(third.desk.office().erasures.size).toBe(0);
  await learnFrom(third, second);
  await learnFrom(first, second);
  expect(dumpProjections(third.desk.db)).toEqual(dumpProjections(first.desk.db));
  expect((await third.must('dossiers.search', {})).dossiers).toEqual([]);
  expect((await third.must('system.verify', {})).faults).toEqual([]);
});
