import { mkdtempSync, rmSync } from 'node:fs';
import https from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeEnvelope } from '../../../src-node/codec/envelope.ts';
import { certificateOf } from '../../../src-node/crypto/certificate.ts';
import type { SigningPrivateKey } from '../../../src-node/crypto/key-text.ts';
import { generateSigningKeyPair } from '../../../src-node/crypto/keys.ts';
import type { ServerDb } from '../../../src-server/db/server-db.ts';
import { openSqliteServerDb } from '../../../src-server/db/sqlite-server-db.ts';
import { makeAdmissionCode } from '../../../src-server/features/admissions/admit-office.ts';
import { readIdentity } from '../../../src-server/features/identity/server-identity.ts';
import { createHttpServer } from '../../../src-server/http/http-server.ts';
import { MessageRoom, STRANGER_BYTES_MAX } from '../../../src-server/http/message-room.ts';
import { ENVELOPE_TYPE, EXCHANGE_PATH } from '../../../src-shared/sync-protocol/exchange.ts';
import { PROTOCOL_VERSION } from '../../../src-shared/sync-protocol/protocol-version.ts';
import { setUpCoreOffice, type CoreOffice } from '../../helpers/core-desk.ts';
import { valueOf } from '../../helpers/open-test-desk.ts';
import { connect } from '../../helpers/sync-office.ts';

const NOW_MS = Date.UTC(2026, 10, 27, 3);
const CONNECTIONS = 200;
const ROOM_BYTES = 40_000_000;
const PART = Buffer.alloc(1_000_000, 7);
let folder: string;
let db: ServerDb;
let server: ReturnType<typeof createHttpServer>;
let room: MessageRoom;
let address: string;
let office: CoreOffice;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'motcua-room-'));
  db = valueOf(openSqliteServerDb(folder));
  room = new MessageRoom(ROOM_BYTES);
  const { identity } = await readIdentity(db, 'Máy chủ thử');
  server = createHttpServer({ db, identity, nowMs: () => NOW_MS, logTo: { write: () => undefined }, isTls: true, room, readiness: () => Promise.resolve('ready') });
  address = await server.listen({ host: '127.0.0.1', port: 0 });
  office = await setUpCoreOffice();
  await connect(office.first, address, await makeAdmissionCode(db, NOW_MS));
});
afterEach(async () => {
  await office.end();
  await server.close();
  await db.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A message of 8 MB that never comes to its end; the status that it is cut off with, if any is. */
function sendHalf(key: SigningPrivateKey): { readonly status: Promise<number | 'cut'>; readonly end: () => void } {
  const { id } = office.first.desk.office();
  const words = { protocol: PROTOCOL_VERSION, program: '', office: id, device: office.first.desk.device, cursor: null, codec: 'columns-zstd', codecs: ['columns-zstd'], wantBytes: 0, frames: 1 };
  const request = https.request(new URL(EXCHANGE_PATH, address), { method: 'POST', agent: false, rejectUnauthorized: false, ...certificateOf(key), headers: { 'content-type': ENVELOPE_TYPE, 'content-length': 8_000_000 } });
  const status = new Promise<number | 'cut'>((resolve) => {
    request.on('response', (response) => resolve(response.resume().statusCode!)).on('error', () => resolve('cut')).on('close', () => resolve('cut'));
  });
  request.write(writeEnvelope(words, []));
  request.write(PART);
  return { status, end: () => void request.destroy() };
}

describe('the room for messages', () => {
  it('holds no more of 200 strangers’ half-sent messages than of everyday ones, and forgets those', { timeout: 120_000 }, async () => {
    const stranger = generateSigningKeyPair().privateKey;
    let most = 0;
    const all = Array.from({ length: CONNECTIONS }, () => sendHalf(stranger));
    const watch = setInterval(() => (most = Math.max(most, room.heldBytes)), 1);
    const statuses = await Promise.all(all.map(({ status }) => status));
    clearInterval(watch);
    expect(new Set(statuses.filter((status) => status !== 'cut'))).toEqual(new Set([401]));
    expect(most).toBeLessThan(CONNECTIONS * (STRANGER_BYTES_MAX + 65_536));
    await expect.poll(() => room.heldBytes).toBe(0);
  });

  it('is never overfull, also by desks that are known; who finds none is told to come again', { timeout: 120_000 }, async () => {
    const key = office.first.desk.log.author.privateKey;
    const all = Array.from({ length: CONNECTIONS }, () => sendHalf(key));
    const heard: (number | 'cut')[] = [];
    for (const { status } of all) void status.then((one) => heard.push(one));
    await expect.poll(() => heard.length, { timeout: 60_000 }).toBeGreaterThanOrEqual(CONNECTIONS - Math.floor(ROOM_BYTES / PART.byteLength));
    expect(new Set(heard.filter((one) => one !== 'cut'))).toEqual(new Set([503]));
    expect(room.heldBytes).toBeLessThanOrEqual(ROOM_BYTES);
    expect(room.heldBytes).toBeGreaterThan(ROOM_BYTES / 2);
    for (const { end } of all) end();
    await expect.poll(() => room.heldBytes).toBe(0);
  });
});
