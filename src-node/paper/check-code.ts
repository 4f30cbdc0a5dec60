import { createHash } from 'node:crypto';

const SHOWN_BYTES = 5;

/**
 * The short code on a paper by which it can be compared with the log: from the dossier's code and the chain hash of the
 * operation that received it, so a paper with another code or from another log shows another one. `7F3A-91C2-D0`.
 */
export function paperCheckCode(dossierCode: string, chainHash: Uint8Array): string {
  const digest = createHash('sha256').update(`${dossierCode}\n`).update(chainHash).digest('hex');
  const shown = digest.slice(0, 2 * SHOWN_BYTES).toUpperCase();
  return shown.match(/.{1,4}/g)!.join('-');
}
