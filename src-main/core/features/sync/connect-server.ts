import type { OutputOf, ResultOf } from '../../../../src-shared/contract/contract.ts';
import { wireError } from '../../../../src-shared/contract/errors.ts';
import { err, ok, type Result } from '../../../../src-shared/lib/result.ts';
import { ADMISSION_CODE_PATTERN, officeAdmissionText, type ServerView } from '../../../../src-shared/sync-protocol/admission.ts';
import { COMMON_CODEC, OLDEST_PROTOCOL_VERSION, PROTOCOL_VERSION } from '../../../../src-shared/sync-protocol/protocol-version.ts';
import { signText } from '../../../../src-node/crypto/keys.ts';
import type { ExchangeClient } from '../../../../src-node/sync-engine/exchange-client.ts';
import type { ExchangeFailure } from '../../../../src-node/sync-engine/http-request.ts';
import { serverFingerprint } from '../../../../src-node/sync-engine/server-fingerprint.ts';
import type { ParsedInput } from '../../calls/handlers.ts';
import { storageToWire } from '../../calls/storage-to-wire.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';
import { exchangeWords, officeKeyOf } from './exchange-words.ts';
import { founderOf, writeServer } from './sync-queries.ts';

interface FoundServer {
  readonly view: ServerView;
  readonly fingerprint: string;
}

type LookRefusal = Extract<ResultOf<'sync.look'>, { ok: false }>['error'];

/** Who answers at an address, and by which key; what an officer compares with what the upper tier has told. */
export async function lookAtServer(client: ExchangeClient, desk: OpenDesk, address: string): Promise<Result<FoundServer, LookRefusal>> {
  if (desk.office().training) return err(wireError('sync.training'));
  const looked = await client.look(address);
  if (!looked.ok) return err(reachError(looked.error));
  const view = looked.value;
  const fingerprint = serverFingerprint(view.publicKey);
  if (fingerprint === null) return err(wireError('sync.notOurServer'));
  if (view.oldestProtocol > PROTOCOL_VERSION || view.protocol < OLDEST_PROTOCOL_VERSION) return err(wireError('sync.protocol'));
  return ok({ view, fingerprint });
}

export interface Connected {
  readonly server: OutputOf<'sync.connect'>;
  /** It said so, and hears of this device first of all. */
  readonly isDeviceUnknown: boolean;
}

type ConnectRefusal = Extract<ResultOf<'sync.connect'>, { ok: false }>['error'];

/**
 * Agrees to the server with the key that was compared. Written down only once it knows the office: by the code now, or from
 * before. A code whose answer was cut off has served all the same, so being known counts, not what the code answered.
 */
export async function connectServer(client: ExchangeClient, desk: OpenDesk, { address, fingerprint, code }: ParsedInput<'sync.connect'>): Promise<Result<Connected, ConnectRefusal>> {
  if (code !== null && !ADMISSION_CODE_PATTERN.test(code)) return err(wireError('sync.badCode'));
  const found = await lookAtServer(client, desk, address);
  if (!found.ok) return found;
  const { view } = found.value;
  if (found.value.fingerprint !== fingerprint) return err(wireError('sync.fingerprintDiffers'));
  // The question makes a connection of its own, which takes longer than the code does: it is mostly answered behind that.
  const [admitted, early] = await Promise.all([code === null ? ok(undefined) : admit(client, desk, address, view, code), whoIsKnown(client, desk, address, view)]);
  if (!admitted.ok && admitted.error.code === 'sync.tooManyTries') return err(wireError('sync.tooManyTries'));
  if (!admitted.ok && admitted.error.code !== 'sync.badCode') return err(reachError(admitted.error));
  const known = code === null || (early.ok && early.value !== 'nobody') ? early : await whoIsKnown(client, desk, address, view);
  if (!known.ok) return err(reachError(known.error));
  if (known.value === 'nobody') return err(wireError(admitted.ok ? 'sync.notAdmitted' : 'sync.badCode'));
  const written = desk.log.write<undefined>(({ db }) => {
    writeServer(db, { address, server: view.server, publicKey: view.publicKey, name: view.name });
    return ok(undefined);
  });
  return written.ok ? ok({ server: { name: view.name, address, fingerprint }, isDeviceUnknown: known.value === 'office' }) : err(storageToWire(written.error));
}

function admit(client: ExchangeClient, desk: OpenDesk, address: string, view: ServerView, code: string) {
  const { id, publicKey, devices } = desk.office();
  const device = founderOf(desk);
  const founder = { device, publicKey: devices.get(device)?.publicKey ?? '' };
  const signature = signText(officeKeyOf(desk.db), officeAdmissionText(view.server, { office: id, code, founder }));
  return client.admit({ address, server: view.server, publicKey: view.publicKey }, { protocol: PROTOCOL_VERSION, code, office: id, officePublicKey: publicKey, founder, signature });
}

/** The question for the cursor, asked before anything is written down. Not to know this one device is no reason: it will be told. */
async function whoIsKnown(client: ExchangeClient, desk: OpenDesk, address: string, view: ServerView): Promise<Result<'nobody' | 'office' | 'device', ExchangeFailure>> {
  const words = exchangeWords(desk, { program: '', codec: COMMON_CODEC, cursor: null, wantBytes: 0, frames: 0 });
  const asked = await client.exchange({ to: { address, server: view.server, publicKey: view.publicKey }, words, frames: [], privateKey: desk.log.author.privateKey, isHandedOn: true });
  if (asked.ok) return ok('device');
  if (asked.error.code === 'sync.unknownDevice') return ok('office');
  return asked.error.code === 'sync.unknownOffice' ? ok('nobody') : asked;
}

function reachError({ code }: ExchangeFailure): LookRefusal {
  switch (code) {
    case 'badAddress':
      return wireError('sync.badAddress');
    case 'unreachable':
    case 'timedOut':
    case 'sync.busy':
    case 'sync.unexpected':
      return wireError('sync.unreachable', { reason: code });
    case 'untrusted':
      return wireError('sync.untrusted');
    case 'sync.protocol':
      return wireError('sync.protocol');
    case 'sync.training':
      return wireError('sync.training');
    case 'malformedAnswer':
    case 'notOurServer':
    case 'sync.badCode':
    case 'sync.badSignature':
    case 'sync.malformed':
    case 'sync.revoked':
    case 'sync.stopped':
    case 'sync.tooLarge':
    case 'sync.tooManyTries':
    case 'sync.unknownDevice':
    case 'sync.unknownOffice':
      return wireError('sync.notOurServer', { reason: code });
  }
}
