import { canonicalJson } from '../../../src-shared/lib/canonical-json.ts';

/** What the previous device signs for its successor. */
export interface IncarnationProof {
  readonly office: string;
  readonly desk: string;
  readonly device: string;
  readonly publicKey: string;
  readonly previousDevice: string;
  readonly previousSeq: number;
}

export function incarnationBytes(proof: IncarnationProof): Buffer {
  return Buffer.from(`motcua-incarnation-v1\n${canonicalJson(proof)}`, 'utf8');
}

/** What the office's key signs when it admits a desk. */
export interface AdmissionProof {
  readonly office: string;
  readonly joinId: string;
  readonly grant: { readonly desk: string; readonly name: string; readonly token: string; readonly reserves: readonly string[] };
}

export function admissionBytes(proof: AdmissionProof): Buffer {
  return Buffer.from(`motcua-admission-v1\n${canonicalJson(proof)}`, 'utf8');
}
