import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SubjectId } from '../../src-shared/lib/ids.ts';
import { ok } from '../../src-shared/lib/result.ts';
import { parseOperationId } from '../../src-shared/domain/operations/operation.ts';
import { exchangeAnswerSchema, exchangeText, type ExchangeAnswer, type ExchangeRequest } from '../../src-shared/sync-protocol/exchange.ts';
import { PROTOCOL_VERSION } from '../../src-shared/sync-protocol/protocol-version.ts';
import { readEnvelope, writeEnvelope } from '../../src-node/codec/envelope.ts';
import { encodeFrame } from '../../src-node/codec/frame-codec.ts';
import { signText } from '../../src-node/crypto/keys.ts';
import { readBackup } from '../../src-server/commands/read-backup.ts';
import { writeBackup } from '../../src-server/commands/write-backup.ts';
import { composeServer, type CentralServer } from '../../src-server/compose-server.ts';
import type { ServerDb } from '../../src-server/db/server-db.ts';
import { answerExchange } from '../../src-server/exchange/answer-exchange.ts';
import { makeAdmissionCode } from '../../src-server/features/admissions/admit-office.ts';
import { officeDevices, officesOverview } from '../../src-server/features/overview/offices-overview.ts';
import { reclaimErased } from '../../src-server/jobs/reclaim-job.ts';
import { setUpCoreOffice, type CoreDesk, type CoreOffice } from '../helpers/core-desk.ts';
import { ownBranch } from '../helpers/own-branch.ts';
import { valueOf } from '../helpers/open-test-desk.ts';
import { recordDb, type RanStatement } from '../helpers/recorded-db.ts';
import { connect, logsOf, receive, syncNow } from '../helpers/sync-office.ts';
import type { TestDatabase } from '../helpers/test-server.ts';

const NOW_MS = Date.UTC(2026, 10, 27, 3);
const NO_LOG = { write: () => undefined };

/** What whoever runs the server relies on, whatever it keeps its rows in. */
export function describeOperation(name: string, newDatabase: () => Promise<TestDatabase>): void {
  describe(`running the central server on ${name}`, () => {
    let databases: TestDatabase[];
    let db: ServerDb;
    let server: CentralServer;
    let address: string;
    let office: CoreOffice;
    let first: CoreDesk;
    let folder: string;

    const newDb = async () => {
      const database = await newDatabase();
      databases.push(database);
      return database.open();
    };
    const serve = async (on: ServerDb, port = 0) => {
      server = await composeServer({ db: on, name: 'Máy chủ thử', nowMs: () => NOW_MS, logTo: NO_LOG });
      address = await server.http.listen({ host: '127.0.0.1', port });
    };
    beforeEach(async () => {
      databases = [];
      folder = mkdtempSync(path.join(tmpdir(), 'motcua-operation-'));
      db = await newDb();
      await serve(db);
      office = await setUpCoreOffice();
      first = office.first;
    });
    afterEach(async () => {
      await office.end();
      await server.close();
      for (const database of databases) await database.end();
      rmSync(folder, { recursive: true, force: true });
    });

    const officeId = () => first.desk.office().id;
    const code = () => makeAdmissionCode(db, NOW_MS);
    const held = async (on = db) => {
      const rows = await on.all<{ device: string; hash: Uint8Array }>('SELECT device, hash FROM operations WHERE office = ? ORDER BY device, seq', officeId());
      return new Map([...Map.groupBy(rows, ({ device }) => device)].map(([device, log]) => [device, log.map(({ hash }) => Buffer.from(hash).toString('hex'))]));
    };
    const projected = (on = db) => on.all<{ dossier: string; status: string; due_at: number | null }>('SELECT dossier, status, due_at FROM dossiers WHERE office = ? ORDER BY dossier', officeId());
    const listed = ({ desk }: CoreDesk) =>
      desk.db.all<{ id: Uint8Array; status: string; due_at: number | null }>('SELECT id, status, due_at FROM dossiers ORDER BY id')
        .map(({ id, status, due_at }) => ({ dossier: Buffer.from(id).toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'), status, due_at }));
    const overview = async () => (await officesOverview(db, NOW_MS)).find((one) => one.office === officeId())!;
    const frameOf = ({ desk }: CoreDesk, after = 0) => encodeFrame('columns-zstd', ownBranch(desk, after));
    async function exchange({ desk }: CoreDesk, frames: readonly Uint8Array[], waiting?: ExchangeRequest['waiting']): Promise<ExchangeAnswer> {
      const words: ExchangeRequest = { protocol: PROTOCOL_VERSION, program: '9.9', office: officeId(), device: desk.device, cursor: null, codec: 'columns-zstd', codecs: ['columns-zstd'], wantBytes: 0, frames: frames.length, ...(waiting && { waiting }) };
      const message = writeEnvelope(words, frames);
      const signature = signText(desk.log.author.privateKey, exchangeText(server.identity.server, createHash('sha256').update(message).digest('hex')));
      return exchangeAnswerSchema.parse(readEnvelope(valueOf(await answerExchange({ db, identity: server.identity, nowMs: () => NOW_MS }, message, signature, { by: 'loopback' })).bytes)!.words);
    }

    it('shows each dossier as the desks show it', async () => {
      const second = await office.join(first, 'Máy 2');
      await connect(first, address, await code());
      await connect(second, address, null);
      for (let count = 0; count < 5; count += 1) await receive(count % 2 ? first : second, office);
      for (const desk of [first, second, first]) await syncNow(desk);
      await server.projection.settle();
      expect(await projected()).toEqual(listed(first));
      expect(await projected()).toHaveLength(5);
      expect(await overview()).toMatchObject({ name: 'Nậm Khâu', devices: 2, contactAt: NOW_MS, unsent: 0, oldestUnsentAt: null, backlog: 5, quarantined: 0 });
    });

    it('lets go of what was erased in the very transaction that erases, and takes it out of the files', async () => {
      await connect(first, address, await code());
      const subject = (await receive(first, office)) as SubjectId;
      await receive(first, office);
      await syncNow(first);
      await server.projection.settle();
      const [actor] = first.desk.office().officers.keys();
      valueOf(first.desk.log.write((writing) => ok(writing.append({ kind: 'subject.erased', version: 1, subject: officeId() as string as SubjectId, actor: actor!, after: first.desk.office().heads.map(parseOperationId), body: { subject, reason: 'Nhập nhầm', issued: [] } }))));
      await syncNow(first);
      expect((await projected()).map(({ dossier }) => dossier)).not.toContain(subject);
      expect(await reclaimErased(db)).toBe(true);
      expect(await reclaimErased(db)).toBe(false);
      await server.projection.settle();
      expect(await projected()).toHaveLength(1);
    });

    it('tells what desks said of themselves, and forgets it of what has come since', async () => {
      await connect(first, address, await code());
      await receive(first, office);
      await syncNow(first);
      const end = first.desk.log.head().seq;
      await exchange(first, [], { end: end + 5, oldestAt: NOW_MS - 86_400_000 });
      expect(await overview()).toMatchObject({ unsent: 5, oldestUnsentAt: NOW_MS - 86_400_000 });
      expect(await officeDevices(db, officeId())).toEqual([{ device: first.desk.device, revoked: false, contactAt: NOW_MS, program: '9.9', held: end, unsent: 5, oldestUnsentAt: NOW_MS - 86_400_000, quarantined: [] }]);
      await exchange(first, [], { end, oldestAt: null });
      expect(await overview()).toMatchObject({ unsent: 0, oldestUnsentAt: null });
    });

    it('sets a frame aside that it fails at itself, shows it, and goes on with the message', async () => {
      await connect(first, address, await code());
      const second = await office.join(first, 'Máy 2');
      await syncNow(first);
      await receive(second, office);
      await receive(first, office);
      const [bad, after] = [second.desk.device, (await held()).get(first.desk.device)!.length];
      const hinder = db.kind === 'postgres'
        ? `ALTER TABLE operations ADD CONSTRAINT hinder CHECK (device <> '${bad}')`
        : `CREATE TRIGGER hinder BEFORE INSERT ON operations WHEN NEW.device = '${bad}' BEGIN SELECT RAISE(ABORT, 'hinder'); END`;
      await db.transaction((writes) => writes.run(hinder));
      const answer = await exchange(first, [frameOf(second), frameOf(first, after)]);
      expect(answer.refused).toEqual([{ device: expect.any(String), code: 'frame.unexpected', detail: expect.stringMatching(/^(SqliteError|error) /) }]);
      expect(answer.held[first.desk.device]).toBe(first.desk.log.head().seq);
      expect(await overview()).toMatchObject({ quarantined: 1 });
      expect((await officeDevices(db, officeId()))[0]!.quarantined).toMatchObject([{ code: 'frame.unexpected', tries: 1 }]);
      await db.transaction((writes) => writes.run(db.kind === 'postgres' ? 'ALTER TABLE operations DROP CONSTRAINT hinder' : 'DROP TRIGGER hinder'));
      expect((await exchange(first, [frameOf(second)])).refused).toEqual([]);
      expect(await overview()).toMatchObject({ quarantined: 0 });
    });

    it('asks about one office at a time for whoever serves a desk', async () => {
      await server.close();
      db = await databases[0]!.open();
      const own = recordDb(db);
      await serve(own.db);
      const foreign = await setUpCoreOffice({ startDate: '2026-11-23' });
      const offices = [{ office, first }, { office: foreign, first: foreign.first }];
      for (const one of offices) {
        await connect(one.first, address, await makeAdmissionCode(own.db, NOW_MS));
        const second = await one.office.join(one.first, 'Máy 2');
        await connect(second, address, null);
        const subject = (await receive(second, one.office)) as SubjectId;
        for (const desk of [second, one.first]) await syncNow(desk);
        const { desk } = one.first;
        const [actor] = desk.office().officers.keys();
        valueOf(desk.log.write((writing) => ok(writing.append({ kind: 'subject.erased', version: 1, subject: desk.office().id as string as SubjectId, actor: actor!, after: desk.office().heads.map(parseOperationId), body: { subject, reason: 'Nhập nhầm', issued: [] } }))));
        for (const machine of [one.first, second]) await syncNow(machine);
      }
      const ids: ReadonlySet<unknown> = new Set(offices.map((one) => one.first.desk.office().id));
      await foreign.end();
      const tables = (await db.tables()).filter(({ columns }) => 'office' in columns).map((table) => table.name);
      const asked = own.ran.filter(({ sql }) => tables.some((table) => new RegExp(`\\b${table}\\b`).test(sql)));
      expect(new Set(asked.map(({ sql }) => sql)).size).toBeGreaterThan(20);
      const officesByUnit = new Map<number, Set<unknown>>();
      for (const statement of asked) {
        const named = officesNamed(statement);
        expect({ sql: statement.sql, isNamed: named.length > 0 && named.every((one) => ids.has(one)) }).toEqual({ sql: statement.sql, isNamed: true });
        officesByUnit.set(statement.unit, new Set([...(officesByUnit.get(statement.unit) ?? []), ...named]));
      }
      expect([...officesByUnit.values()].filter((one) => one.size !== 1)).toEqual([]);
      if (db.kind === 'postgres') for (const statement of asked) if (!statement.rows) expect(new Set(await partitionsRead(db, statement)).size).toBeLessThanOrEqual(1);
    });

    it('comes back from a backup of yesterday: desks send again by themselves what came later', async () => {
      const second = await office.join(first, 'Máy 2');
      await connect(first, address, await code());
      await connect(second, address, null);
      await receive(first, office);
      for (const desk of [first, second]) await syncNow(desk);
      const file = path.join(folder, 'backup.gz');
      expect(await writeBackup(db, file, NOW_MS)).toBeGreaterThan(5);
      expect(statSync(file).mode & 0o077).toBe(0);
      await receive(second, office);
      await receive(first, office);
      for (const desk of [first, second, first]) await syncNow(desk);
      await server.projection.settle();
      const [all, rows] = [await held(), await projected()];
      const { identity } = server;
      await server.close();

      db = await newDb();
      expect((await readBackup(db, file)).ok).toBe(true);
      expect(await held()).not.toEqual(all);
      await serve(db, Number(new URL(address).port));
      expect(server.identity).toMatchObject({ server: identity.server, publicKey: identity.publicKey });
      expect(server.identity.epoch).not.toBe(identity.epoch);
      for (const desk of [first, second, first, second]) await syncNow(desk);
      await server.projection.settle();
      expect(await held()).toEqual(all);
      expect(await held()).toEqual(logsOf(first));
      expect(await projected()).toEqual(rows);
      expect((await first.must('sync.status', {})).waiting.operations).toBe(0);
    });

    it('restores nothing of a backup that is cut or changed, and never over what is there', async () => {
      await connect(first, address, await code());
      const file = path.join(folder, 'backup.gz');
      await writeBackup(db, file, NOW_MS);
      expect(await readBackup(db, file)).toEqual({ ok: false, error: 'notEmpty' });
      const whole = readFileSync(file);
      const other = await newDb();
      for (const [bytes, error] of [
        [whole.subarray(0, whole.length - 40), 'damaged'],
        [whole.subarray(0, whole.length >> 1), 'damaged'],
        // Whatever the changed bit makes of the words around it, nothing of them is used.
        [Buffer.concat([whole.subarray(0, 200), Buffer.from([whole[200]! ^ 1]), whole.subarray(201)]), expect.stringMatching(/^(damaged|otherSchema|notABackup)$/)],
      ] as const) {
        writeFileSync(file, bytes);
        expect(await readBackup(other, file)).toEqual({ ok: false, error });
        expect(await other.get('SELECT 1 AS one FROM server_facts')).toBeUndefined();
      }
      writeFileSync(file, 'no backup at all');
      expect(await readBackup(other, file)).toEqual({ ok: false, error: 'damaged' });
      await other.close();
    });

    it('shows metrics of all offices together, which name none of them', async () => {
      await connect(first, address, await code());
      await receive(first, office);
      await syncNow(first);
      const before = (await server.admin.inject({ url: '/metrics' })).body;
      expect(before).toMatch(/^motcua_projection_lag_operations [1-9]\d*$/m);
      await server.projection.settle();
      const { body, headers } = await server.admin.inject({ url: '/metrics' });
      expect(headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
      for (const line of ['motcua_database_up 1', 'motcua_offices 1', 'motcua_devices 1', 'motcua_open_dossiers 1', 'motcua_projection_lag_operations 0', 'motcua_quarantined_items 0', 'motcua_silent_offices{days="1"} 0']) expect(body.split('\n')).toContain(line);
      expect(body).toMatch(/^motcua_http_request_seconds_count\{route="\/sync\/v1\/exchange",status="200"\} [1-9]\d*$/m);
      for (const secret of [officeId(), first.desk.device, 'Nậm Khâu', 'Lý Tả Mẩy']) expect(body).not.toContain(secret);
    });

    it('is ready while its database answers with a schema that it knows, and alive in any case', async () => {
      const away = await databases[0]!.open();
      const other = await composeServer({ db: away, name: '', nowMs: () => NOW_MS, logTo: NO_LOG });
      const ask = async (url: string) => (await other.admin.inject({ url })).statusCode;
      expect([await ask('/health/live'), await ask('/health/ready')]).toEqual([200, 200]);
      await away.close();
      expect([await ask('/health/live'), await ask('/health/ready')]).toEqual([200, 503]);
      expect((await other.http.inject({ url: '/health/ready' })).statusCode).toBe(503);
      expect((await other.admin.inject({ url: '/metrics' })).body).toMatch(/^motcua_database_up 0$/m);
    });
  });
}

/** Values that a statement is bound to where it asks for an office. */
function officesNamed({ sql, values, rows }: RanStatement): readonly unknown[] {
  if (rows) return sql.includes('(office,') ? rows.map(([office]) => office) : [];
  if (sql.startsWith('INSERT')) return sql.includes('(office,') ? [values[0]] : [];
  // Tables that are joined have the same office.
  if (/\bJOIN\b/.test(sql) && !/\w\.office = \w\.office/.test(sql)) return [];
  return [...sql.matchAll(/\?/g)].flatMap(({ index }, place) => (/(^|[\s.])office = $/.test(sql.slice(0, index)) ? [values[place]] : []));
}

async function partitionsRead(db: ServerDb, { sql, values }: RanStatement): Promise<readonly string[]> {
  const plan = await db.all(`EXPLAIN (FORMAT JSON) ${sql}`, ...values);
  return [...JSON.stringify(plan).matchAll(/"Relation Name":\s*"(\w+_\d)"/g)].map(([, partition]) => partition!.replace(/^\D+/, ''));
}
