import { canonicalJson } from '../../lib/canonical-json.ts';

/** Texts that are signed about the office, and who checks them: the fold is pure, so whoever folds brings the arithmetic. */
export interface SignatureCheck {
  /** Whether the holder of this Ed25519 key signed the text's UTF-8 bytes; false for anything that is no key or no signature. */
  (publicKey: string, text: string, signature: string): boolean;
}

/** What the previous device signs for its successor. */
export interface IncarnationProof {
  readonly office: string;
  readonly desk: string;
  readonly device: string;
  readonly publicKey: string;
  readonly previousDevice: string;
  readonly previousSeq: number;
}

export function incarnationText(proof: IncarnationProof): string {
  return `motcua-incarnation-v1\n${canonicalJson(proof)}`;
}

/** What the office's key signs when it admits a desk. */
export interface AdmissionProof {
  readonly office: string;
  readonly joinId: string;
  readonly grant: { readonly desk: string; readonly name: string; readonly token: string; readonly reserves: readonly string[] };
}

export function admissionText(proof: AdmissionProof): string {
  return `motcua-admission-v1\n${canonicalJson(proof)}`;
}
