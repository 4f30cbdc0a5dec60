/** What an office says to a server that admits it, without a desk around it. */
import { officeAdmissionText, type AdmissionRequest } from '../../src-shared/sync-protocol/admission.ts';
import { PROTOCOL_VERSION } from '../../src-shared/sync-protocol/protocol-version.ts';
import type { SigningKeyPair } from '../../src-node/crypto/keys.ts';
import { generateSigningKeyPair, signText } from '../../src-node/crypto/keys.ts';
import { readFact } from '../../src-node/operations/desk-facts.ts';
import type { SigningPrivateKey } from '../../src-node/crypto/key-text.ts';
import { FACT } from '../../src-main/core/desk/open-desk.ts';
import type { CoreDesk } from './core-desk.ts';

/** By an office that has nothing but its key. */
export function admissionBy(server: string, { office, code, keys }: { readonly office: string; readonly code: string; readonly keys: { readonly publicKey: string; readonly privateKey: SigningPrivateKey } }): AdmissionRequest {
  return signedAdmission(server, { office, code, officePublicKey: keys.publicKey, founder: { device: 'd1', publicKey: FOUNDER.publicKey } }, keys.privateKey);
}

const FOUNDER: SigningKeyPair = generateSigningKeyPair();

/** By the desk that founded its office. */
export function admissionOf({ desk }: CoreDesk, server: string, code: string): AdmissionRequest {
  const { id, publicKey, devices } = desk.office();
  const founder = { device: desk.device, publicKey: devices.get(desk.device)!.publicKey };
  return signedAdmission(server, { office: id, code, officePublicKey: publicKey, founder }, readFact<SigningPrivateKey>(desk.db, FACT.officePrivateKey)!);
}

function signedAdmission(server: string, about: Omit<AdmissionRequest, 'protocol' | 'signature'>, key: SigningPrivateKey): AdmissionRequest {
  return { protocol: PROTOCOL_VERSION, ...about, signature: signText(key, officeAdmissionText(server, about)) };
}
