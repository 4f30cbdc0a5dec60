/**
 * Papers that this machine has put before a printer and nobody has answered for: coming back to them, also after a power cut,
 * must ask and never print an original a second time (rule 8). Only ids of print jobs are kept.
 */
const KEPT = 'motcua.sentPapers';
/** More than stay unanswered; the oldest are let go. */
const KEPT_MAX = 200;

export function wasSent(job: string): boolean {
  return readKept().includes(job);
}

export function noteSent(job: string): void {
  keep([...readKept().filter((other) => other !== job), job].slice(-KEPT_MAX));
}

/** It is known what came out: what did not may be put before the printer again. */
export function forgetSent(job: string): void {
  keep(readKept().filter((other) => other !== job));
}

function keep(jobs: readonly string[]): void {
  localStorage.setItem(KEPT, JSON.stringify(jobs));
}

function readKept(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEPT) ?? '[]');
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : [];
  } catch {
    // Somebody else's words under our name.
    return [];
  }
}
