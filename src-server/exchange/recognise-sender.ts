import type { OfficeId } from '../../src-shared/lib/ids.ts';
import { err, ok, type Result } from '../../src-shared/lib/result.ts';
import { exchangeText, introductionText, type ExchangeRequest } from '../../src-shared/sync-protocol/exchange.ts';
import { isTextSigned } from '../../src-node/crypto/keys.ts';
import type { ServerDb } from '../db/server-db.ts';
import type { ServerIdentity } from '../features/identity/server-identity.ts';
import { isRescued, isStoppedHere } from '../features/rescue/rescue-window.ts';
import { getDevice, getOffice } from '../log/office-queries.ts';

/** Whoever stands at the other end of the connection: a key by TLS, none shown, or `loopback` in the clear on this machine. */
export type Peer = { readonly by: 'tls'; readonly key: string | null } | { readonly by: 'loopback' };

export interface Sender {
  readonly publicKey: string;
}

/** `full`: hands up and is handed; `rescue`: was stopped, and may only hand up. */
export type Standing = 'full' | 'rescue';

export interface SenderFault {
  readonly code: 'sync.unknownOffice' | 'sync.unknownDevice' | 'sync.badSignature' | 'sync.revoked' | 'sync.stopped';
  readonly detail: string;
}

interface RecogniseDep {
  readonly db: ServerDb;
  readonly identity: ServerIdentity;
  readonly nowMs: () => number;
}

/**
 * Whose message this is, before anything that it carries is unpacked: the device's key is known here or vouched for by the office's
 * key, it signed the message, and over TLS it is the very key at the other end.
 */
export async function recogniseSender(dep: RecogniseDep, words: ExchangeRequest, messageHash: string, signature: string, peer: Peer): Promise<Result<Sender, SenderFault>> {
  const claimed = await claimedSender(dep, words, peer);
  if (!claimed.ok || isTextSigned(claimed.value.publicKey, exchangeText(dep.identity.server, messageHash), signature)) return claimed;
  return fault('sync.badSignature', words.device);
}

/** All of that but the signature, which stands over a message that may not be here yet. */
export async function claimedSender({ db, identity }: RecogniseDep, words: ExchangeRequest, peer: Peer): Promise<Result<Sender, SenderFault>> {
  const office = words.office as OfficeId;
  const admitted = await getOffice(db, office);
  if (!admitted) return fault('sync.unknownOffice', office);
  const publicKey = (await getDevice(db, office, words.device))?.public_key ?? introducedKey(identity.server, words, admitted.public_key);
  if (publicKey === undefined) return fault('sync.unknownDevice', words.device);
  return peer.by === 'tls' && peer.key !== publicKey ? fault('sync.badSignature', 'tls') : ok({ publicKey });
}

function introducedKey(server: string, { office, device, introduction }: ExchangeRequest, officeKey: string): string | undefined {
  if (!introduction) return undefined;
  const { publicKey, signature } = introduction;
  return isTextSigned(officeKey, introductionText(server, office, device, publicKey), signature) ? publicKey : undefined;
}

/** What it may, as the office's operations have it by now; asked again once its message was taken in, which may have told of it. */
export async function standingOf({ db, nowMs }: RecogniseDep, office: OfficeId, device: string, { publicKey }: Sender): Promise<Result<Standing | 'unknown', SenderFault>> {
  const held = await getDevice(db, office, device);
  if (!held) return ok('unknown');
  if (held.public_key !== publicKey) return fault('sync.badSignature', device);
  if (held.revoked === 0) return ok('full');
  if (await isRescued(db, office, device, nowMs())) return ok('rescue');
  return fault((await isStoppedHere(db, office, device)) ? 'sync.stopped' : 'sync.revoked', device);
}

function fault(code: SenderFault['code'], detail: string): Result<never, SenderFault> {
  return err({ code, detail });
}
