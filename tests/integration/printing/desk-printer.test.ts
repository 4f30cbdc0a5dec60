import { afterAll, beforeAll, expect, test } from 'vitest';
import { ADMIN_PASSWORD, setUpCoreOffice, type CoreDesk, type CoreOffice } from '../../helpers/core-desk.ts';

let office: CoreOffice;
let desk: CoreDesk;
const CLERK = 'Nguyễn Thị Hạnh';
const NOBODY_CHOSE = { printer: null, byName: null, at: null };

beforeAll(async () => {
  office = await setUpCoreOffice();
  desk = office.first;
  await desk.must('officers.create', { name: CLERK, title: 'Công chức', formOfAddress: 'chị', roles: ['reception'], password: ADMIN_PASSWORD });
});
afterAll(() => office.end());

const printer = () => desk.must('printing.getPrinter', {});

test('the printer belongs to the desk: whoever signs in prints on it, also after a restart, and sees who chose it', async () => {
  expect(await printer()).toEqual(NOBODY_CHOSE);
  await desk.signIn(CLERK);
  const chosen = await desk.must('printing.choosePrinter', { printer: 'Canon_LBP' });
  expect(chosen).toMatchObject({ printer: 'Canon_LBP', byName: CLERK });
  const before = (await desk.must('office.history', {})).entries.length;
  await desk.stop();
  await desk.start('Lò Thị Mẩy');
  expect(await printer()).toEqual(chosen);
  // It is no act of the office: other desks have printers of their own.
  expect((await desk.must('office.history', {})).entries).toHaveLength(before);
  await desk.must('printing.choosePrinter', { printer: null });
  expect(await printer()).toMatchObject({ printer: null, byName: 'Lò Thị Mẩy' });
});

test('a folder that was put back from a copy prints where the system prints, until somebody chooses', async () => {
  await desk.must('printing.choosePrinter', { printer: 'Canon_LBP' });
  const copy = desk.copyFiles();
  await desk.must('settings.save', { key: 'idleLockMinutes', value: 20 });
  await desk.stop();
  desk.restore(copy);
  await desk.start('Lò Thị Mẩy');
  expect(await printer()).toEqual(NOBODY_CHOSE);
});
