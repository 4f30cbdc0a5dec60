import { expect, it } from 'vitest';
import { periodOf } from '../../../src-renderer/features/registers/register-period.ts';

it('a week begins on Monday, also on a Sunday; months and years on their first day', () => {
  expect(periodOf('week', '2026-11-29')).toEqual({ from: '2026-11-23', to: '2026-11-29' });
  expect(periodOf('week', '2026-11-23')).toEqual({ from: '2026-11-23', to: '2026-11-23' });
  expect(periodOf('month', '2026-11-29').from).toBe('2026-11-01');
  expect(periodOf('year', '2026-11-29').from).toBe('2026-01-01');
  expect(periodOf('today', '2026-11-29')).toEqual({ from: '2026-11-29', to: '2026-11-29' });
});
