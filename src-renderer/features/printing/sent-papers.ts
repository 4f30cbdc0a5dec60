/**
 * Papers that this browser has put before the printer and nobody has answered for: coming back to them, also after the
 * browser was closed, must ask and never print an original a second time (rule 8). Only ids of print jobs are kept.
 */
const KEPT = 'motcua.sentPapers';
/** More than stay unanswered; the oldest are let go. */
const KEPT_MAX = 200;

export function isSentPaper(job: string): boolean {
  return readSent().includes(job);
}

export function markSentPaper(job: string): void {
  writeSent([...readSent().filter((other) => other !== job), job].slice(-KEPT_MAX));
}

/** Somebody has looked: what did not come out may be put before the printer again. */
export function forgetSentPaper(job: string): void {
  writeSent(readSent().filter((other) => other !== job));
}

function readSent(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEPT) ?? '[]');
    return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string') : [];
  } catch {
    return [];
  }
}

function writeSent(jobs: readonly string[]): void {
  localStorage.setItem(KEPT, JSON.stringify(jobs));
}
