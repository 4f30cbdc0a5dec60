import { expect, it } from 'vitest';

it('the second run of the tests really stands in New York', () => {
  const isNewYork = import.meta.env.MODE === 'new-york';
  const winter = new Date(Date.UTC(2026, 0, 15));
  const summer = new Date(Date.UTC(2026, 6, 15));

  expect(isNewYork).toBe(process.env['TZ'] === 'America/New_York');
  if (isNewYork) expect([winter.getTimezoneOffset(), summer.getTimezoneOffset()]).toEqual([300, 240]);
});
