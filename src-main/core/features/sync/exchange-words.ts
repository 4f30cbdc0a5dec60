import { assert } from '../../../../src-shared/lib/assert.ts';
import { introductionText, type ExchangeRequest } from '../../../../src-shared/sync-protocol/exchange.ts';
import { CODECS, EXCHANGE_PROTOCOL } from '../../../../src-shared/sync-protocol/protocol-version.ts';
import type { SigningPrivateKey } from '../../../../src-node/crypto/key-text.ts';
import { publicKeyOf, signText } from '../../../../src-node/crypto/keys.ts';
import type { ReadableDb } from '../../../../src-node/db/sqlite.ts';
import { readFact } from '../../../../src-node/operations/desk-facts.ts';
import { FACT, type OpenDesk } from '../../desk/open-desk.ts';
import { getOldestUnsentAt } from './sync-queries.ts';

type About = Pick<ExchangeRequest, 'program' | 'codec' | 'cursor' | 'wantBytes' | 'frames' | 'snapshot' | 'packs'>;

/** What this desk says of itself in every exchange, with what this one is about. */
export function exchangeWords(desk: OpenDesk, about: About): ExchangeRequest {
  const waiting = { end: desk.log.head().seq, oldestAt: getOldestUnsentAt(desk) };
  return { protocol: EXCHANGE_PROTOCOL, office: desk.office().id, device: desk.device, codecs: [...CODECS], waiting, ...about };
}

/** To a server that may not know this device: the office vouches for its key, whose holder every desk of the office is. */
export function introductionOf({ db, office, log, device }: OpenDesk, server: string): NonNullable<ExchangeRequest['introduction']> {
  const publicKey = publicKeyOf(log.author.privateKey);
  return { publicKey, signature: signText(officeKeyOf(db), introductionText(server, office().id, device, publicKey)) };
}

export function officeKeyOf(db: ReadableDb): SigningPrivateKey {
  const privateKey = readFact<SigningPrivateKey>(db, FACT.officePrivateKey);
  assert(privateKey, 'every desk of an office holds its key');
  return privateKey;
}
