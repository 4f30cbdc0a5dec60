import { expect, it } from 'vitest';
import { officeDate } from '../../../src-shared/lib/office-time.ts';
import { newFaultDesk, OFFICE_SETUP } from './fault-desk.ts';

it('a set-up sent twice makes one office, and the second is told so', async () => {
  const desk = newFaultDesk();
  desk.machine.boot();
  const input = { ...OFFICE_SETUP, confirmedDate: officeDate(desk.time.ms) };
  const answers = await Promise.all([desk.machine.call('office.setup', input), desk.machine.call('office.setup', input)]);
  expect(answers.map((answer) => (answer.ok ? 'made' : answer.error.code)).sort()).toEqual(['made', 'office.alreadySetUp']);
  await desk.machine.stop();
  await desk.machine.start();
  expect(await desk.receive()).toMatch(/001$/);
  await desk.end();
});
