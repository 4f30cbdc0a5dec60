import { hkdfSync } from 'node:crypto';
import type { ServerOptions } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { certificateOf, peerKeyOf } from '../../src-node/crypto/certificate.ts';
import { bytesOfKey } from '../../src-node/crypto/key-text.ts';
import type { Peer } from '../exchange/recognise-sender.ts';
import type { ServerIdentity } from '../features/identity/server-identity.ts';

/** A desk that was cut off comes back within seconds or hours; a day later it shows its certificate again. */
const SESSION_SECONDS = 86_400;
const TICKET_KEY_BYTES = 48;

/**
 * How the server listens by TLS: with a certificate of its own key, asking each desk for one of its. Whose they are is not judged here but
 * for each message. Tickets are read by every process on one database, so a link that comes back elsewhere is resumed too.
 */
export function tlsOptions({ server, privateKey }: ServerIdentity): ServerOptions {
  return {
    ...certificateOf(privateKey),
    minVersion: 'TLSv1.3',
    requestCert: true,
    rejectUnauthorized: false,
    sessionTimeout: SESSION_SECONDS,
    sessionIdContext: server.replaceAll('-', ''),
    ticketKeys: Buffer.from(hkdfSync('sha256', bytesOfKey(privateKey), '', 'motcua-tls-tickets-v1', TICKET_KEY_BYTES)),
  };
}

export function peerOf(socket: object): Peer {
  return 'encrypted' in socket ? { by: 'tls', key: peerKeyOf(socket as TLSSocket) } : { by: 'loopback' };
}
