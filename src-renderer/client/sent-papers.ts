/**
 * Papers that this machine has sent to a printer: coming back to their screen, or starting again after a power cut before
 * anybody said what came out, must not print them a second time by itself (rule 2).
 */
const KEPT = 'motcua.sentPapers';
/** More than lie about unanswered at any desk; older ones have their outcome in the core. */
const KEPT_MAX = 200;

export function wasSent(job: string): boolean {
  return readKept().includes(job);
}

export function noteSent(job: string): void {
  localStorage.setItem(KEPT, JSON.stringify([...readKept().filter((id) => id !== job), job].slice(-KEPT_MAX)));
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
