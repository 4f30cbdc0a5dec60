import { daysBetween, officeDate } from '../../lib/office-time.ts';
import type { Dossier } from './dossier.ts';
import type { DossierBody } from './dossier-operations.ts';

/** What the log itself says of why a dossier is late. Nothing is guessed: where it says nothing, there is no reason. */
export type OverdueReason =
  /** Two machines wrote against each other, and nobody has chosen. */
  | { readonly code: 'conflict' }
  /** The promised date rests on an act that has lost its effect. */
  | { readonly code: 'needsReview' }
  /** Received, and taken up by nobody. */
  | { readonly code: 'untaken' }
  | { readonly code: 'forwarded'; readonly agency: string }
  /** The citizen was asked for papers; `days` is how long that took in all. */
  | { readonly code: 'supplemented'; readonly times: number; readonly days: number }
  /** With the reason that was given last. */
  | { readonly code: 'apologised'; readonly times: number; readonly reason: string }
  /** A result was there and is made again. */
  | { readonly code: 'reworked' };

/** Of a dossier whose clock runs; the one that keeps it now comes first. */
export function overdueReasons(dossier: Dossier): readonly OverdueReason[] {
  const reasons: OverdueReason[] = [];
  if (dossier.conflicts.some(({ settledBy }) => settledBy === null)) reasons.push({ code: 'conflict' });
  if (dossier.status === 'received') reasons.push({ code: 'untaken' });
  if (dossier.forwardedTo !== null) reasons.push({ code: 'forwarded', agency: dossier.forwardedTo });
  if (dossier.appointmentNeedsReview) reasons.push({ code: 'needsReview' });
  if (dossier.history.some(({ header, effect }) => header.kind === 'dossier.reworked' && effect === 'applied')) reasons.push({ code: 'reworked' });
  const rounds = dossier.supplementRounds.filter(({ receivedAt }) => receivedAt !== null);
  if (rounds.length > 0) reasons.push({ code: 'supplemented', times: rounds.length, days: rounds.reduce((sum, { pausedAt, receivedAt }) => sum + daysBetween(officeDate(pausedAt), officeDate(receivedAt!)), 0) });
  const apology = lastApology(dossier);
  if (apology) reasons.push({ code: 'apologised', times: dossier.apologies, reason: apology.reason });
  return reasons;
}

function lastApology({ history }: Dossier): DossierBody<'dossier.apologised'> | undefined {
  const entry = history.findLast(({ header, effect }) => header.kind === 'dossier.apologised' && effect === 'applied');
  return entry?.body as DossierBody<'dossier.apologised'> | undefined;
}
