/** One exchange as a client writes it that is none of ours: other keys, other words. */
import { createHash } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import { ENVELOPE_TYPE, EXCHANGE_PATH, exchangeText, SIGNATURE_HEADER, type ExchangeRequest } from '../../src-shared/sync-protocol/exchange.ts';
import { PROTOCOL_VERSION } from '../../src-shared/sync-protocol/protocol-version.ts';
import { readEnvelope, writeEnvelope } from '../../src-node/codec/envelope.ts';
import { certificateOf } from '../../src-node/crypto/certificate.ts';
import type { SigningPrivateKey } from '../../src-node/crypto/key-text.ts';
import { signText } from '../../src-node/crypto/keys.ts';

export interface RawExchange {
  readonly address: string;
  readonly server: string;
  readonly words: Pick<ExchangeRequest, 'office' | 'device'> & Partial<ExchangeRequest>;
  readonly frames?: readonly Uint8Array[];
  readonly signedBy: SigningPrivateKey;
  /** Whose certificate is shown; null shows none. */
  readonly shownBy: SigningPrivateKey | null;
}

/** The code of the refusal, or the words of the answer. */
export async function rawExchange({ address, server, words, frames = [], signedBy, shownBy }: RawExchange): Promise<{ readonly code: string | null; readonly answer: unknown; readonly frames: number }> {
  const asked: ExchangeRequest = { protocol: PROTOCOL_VERSION, program: '', cursor: null, codec: 'columns-zstd', codecs: ['columns-zstd'], wantBytes: 1_000_000, frames: frames.length, ...words };
  const body = writeEnvelope(asked, frames);
  const signature = signText(signedBy, exchangeText(server, createHash('sha256').update(body).digest('hex')));
  const { status, bytes } = await post(new URL(EXCHANGE_PATH, address), body, { 'content-type': ENVELOPE_TYPE, [SIGNATURE_HEADER]: signature }, shownBy);
  if (status !== 200) return { code: (JSON.parse(String(bytes)) as { error: { code: string } }).error.code, answer: null, frames: 0 };
  const envelope = readEnvelope(bytes)!;
  return { code: null, answer: envelope.words, frames: envelope.frames.length };
}

export function post(url: URL, body: Uint8Array, headers: http.OutgoingHttpHeaders, shownBy: SigningPrivateKey | null): Promise<{ readonly status: number; readonly bytes: Buffer }> {
  return new Promise((resolve, reject) => {
    const module = url.protocol === 'https:' ? https : http;
    const request = module.request(url, { method: 'POST', headers, agent: false, rejectUnauthorized: false, ...(shownBy !== null && certificateOf(shownBy)) }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part)).on('error', reject).on('end', () => resolve({ status: response.statusCode ?? 0, bytes: Buffer.concat(parts) }));
    });
    request.on('error', reject).end(body);
  });
}
