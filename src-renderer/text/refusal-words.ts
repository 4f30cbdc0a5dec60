import type { Role } from '../../src-shared/domain/officers/officer.ts';
import { t } from './t.ts';
import { vi } from './vi.ts';

/** A refusal as it comes from the core, or the news that the core did not answer. */
export interface Refusal {
  readonly code: string;
  readonly sentence: string;
  readonly detail?: Readonly<Record<string, unknown>> | undefined;
}

/** The sentence an officer reads: the core's own, except that a missing right names who can help (ux.md §8, 23). */
export function refusalWords(error: Refusal): string {
  if (error.code !== 'session.notPermitted') return error.sentence;
  const roles = error.detail?.['roles'];
  if (!Array.isArray(roles)) return t(vi.session.refusal.notPermittedUnknown);
  const who = roles.map((role) => vi.session.rolePersons[role as Role]).join(vi.session.refusal.or);
  return t(vi.session.refusal.notPermitted, { who });
}
