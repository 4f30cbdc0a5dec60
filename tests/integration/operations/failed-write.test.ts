import { afterEach, beforeEach, expect, test } from 'vitest';
import { receiveInput, setUpCoreOffice, type CoreOffice } from '../../helpers/core-desk.ts';

let office: CoreOffice;

beforeEach(async () => {
  office = await setUpCoreOffice();
});
afterEach(() => office.end());

test('a reception that dies inside its transaction leaves nothing behind, and the next one takes its numbers', async () => {
  const { db } = office.first.desk;
  db.exec("CREATE TEMP TRIGGER dies_inside BEFORE INSERT ON issued_numbers WHEN NEW.kind = 'register' BEGIN SELECT RAISE(ABORT, 'dies inside'); END");
  const request = receiveInput(office.time);
  expect((await office.first.call('dossiers.receive', request)).ok).toBe(false);
  db.exec('DROP TRIGGER dies_inside');
  expect((await office.first.must('dossiers.counts', {})).open).toBe(0);
  const { dossier } = await office.first.must('dossiers.receive', request);
  expect(dossier).toMatchObject({ code: 'H99.99-261123-1001', register: { counter: 1 } });
  expect((await office.first.must('system.verify', {})).faults).toEqual([]);
});
