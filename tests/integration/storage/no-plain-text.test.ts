import Cipher from '@signalapp/sqlcipher';
import { randomUUID } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openKeySlots } from '../../../src-node/crypto/key-slots.ts';
import { closeDatabase, openDatabase } from '../../../src-node/db/open-database.ts';
import type { OfficerId } from '../../../src-shared/lib/ids.ts';
import { officeDate } from '../../../src-shared/lib/office-time.ts';
import { decryptPages, textsFoundIn } from '../../helpers/decrypted-pages.ts';
import { fakeClock, valueOf } from '../../helpers/open-test-desk.ts';
import { receiveInput } from '../../helpers/running-core.ts';
import { createCoreClient, type CoreClient } from '../../simulation/core-client.ts';
import { startCore, type CoreProcess } from '../../simulation/core-process.ts';

/** Chosen so that no program text and no pack contains them. */
const ADMIN = { name: 'Vừ Sáy Cháng', password: 'mat-khau-quan-tri-9471' };
const CLERK = { name: 'Hờ Giống Sếnh', password: 'mat-khau-tiep-nhan-5820' };
const WRONG_PASSWORD = 'mat-khau-go-nham-3316';
/** What a person may never read on a stolen disk. */
const PRIVATE = [
  'Sầm Thị Xuyến', 'Xuyến', 'xuyen', '015188777123', '0971234888', 'Ngải Thoong Vinh', 'Thôn Pờ Xì Ngài', 'Bản sao sổ hộ khẩu Pờ Xì',
  'Khoàng Thị Nhẫn', 'Tờ nháp đang gõ dở', 'Giấy bị mờ, đọc nhầm họ', 'Lèng Văn Chỉn', 'Trích lục khai sinh quyển Tả Gia', 'lam mat giay hen',
  ADMIN.password, CLERK.password, WRONG_PASSWORD,
];

let root: string;
const secrets: { readonly what: string; readonly bytes: Buffer }[] = [];
let errors = '';
let databaseKey: Buffer;

const dataDir = () => path.join(root, 'data');
const stateDir = () => path.join(root, 'state');
const tempDir = () => path.join(root, 'temp');

beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'motcua-plain-'));
  mkdirSync(tempDir());
  const first = await start();
  const recoveryCode = await setUp(first.url!);
  await work(first.url!);
  await kill(first);
  const second = await start();
  await work(second.url!);
  await kill(second);
  secrets.push({ what: 'recovery code', bytes: Buffer.from(recoveryCode) }, { what: 'recovery code without dashes', bytes: Buffer.from(recoveryCode.replace(/[^0-9A-Za-z]/g, '')) });
  await readKeys();
}, 120_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

function start(): Promise<CoreProcess> {
  const environment = { TMPDIR: tempDir(), TEMP: tempDir(), TMP: tempDir(), SQLITE_TMPDIR: tempDir(), HOME: path.join(root, 'home') };
  return startCore({ dataDir: dataDir(), stateDir: stateDir(), environment });
}

/** As the power goes: the write-ahead log stays as it is. */
async function kill(core: CoreProcess): Promise<void> {
  core.kill();
  await core.ended;
  errors += core.errors();
}

async function setUp(url: string): Promise<string> {
  const stranger = createCoreClient(url);
  const made = await stranger.must('office.setup', {
    attributes: {
      provinceCode: '15', provinceName: 'Lào Cai', communeName: 'Xã Nậm Khâu', superiorName: 'ỦY BAN NHÂN DÂN XÃ NẬM KHÂU',
      unitName: 'TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG', placeName: 'Nậm Khâu', agencyCode: 'H99.27',
    },
    numbering: { pattern: '{agency}-{yyMMdd}-{series}{counter:3}', tokenLength: 1, alphabet: 'digitsAndLetters', mode: 'official' },
    deskName: 'Máy 1', training: false, confirmedDate: officeDate(Date.now()),
    administrator: { name: ADMIN.name, title: '', formOfAddress: 'anh', roles: ['admin', 'leader'], password: ADMIN.password },
  });
  const admin = createCoreClient(url, remember(made.session.token));
  await admin.must('officers.create', { name: CLERK.name, title: '', formOfAddress: 'chị', roles: ['reception', 'processing'], password: CLERK.password });
  stranger.close();
  admin.close();
  return made.recoveryCode;
}

function remember(token: string): string {
  secrets.push({ what: 'session token', bytes: Buffer.from(token) });
  return token;
}

async function signIn(url: string): Promise<CoreClient> {
  const stranger = createCoreClient(url);
  const { signIn: officers } = await stranger.must('office.get', {});
  const officer = officers.find(({ name }) => name === CLERK.name)!.id;
  // The file that counts wrong tries is written meanwhile.
  for (let wrong = 0; wrong < 2; wrong += 1) expect((await stranger.call('session.open', { officer, password: WRONG_PASSWORD })).kind).toBe('refused');
  const { token, bufferKey } = await stranger.must('session.open', { officer, password: CLERK.password });
  secrets.push(...formsOf('key of the browser\'s buffer', Buffer.from(bufferKey, 'base64url')));
  stranger.close();
  return createCoreClient(url, remember(token));
}

/** A morning at the counter: everything that writes something somewhere. */
async function work(url: string): Promise<void> {
  const client = await signIn(url);
  const { office } = await client.must('office.get', {});
  if (office?.dateQuestion) await client.must('desks.confirmDate', { date: officeDate(Date.now()) });
  const owner = { type: 'individual', name: 'Sầm Thị Xuyến', idKind: 'citizenId', idNumber: '015188777123', birthDate: '1988-03-12', phone: '0971234888', address: 'Thôn Pờ Xì Ngài' } as const;
  const draft = randomUUID();
  for (let revision = 1; revision <= 3; revision += 1) {
    await client.must('drafts.save', { id: draft, form: 'receive', formVersion: 1, revision, title: 'Khoàng Thị Nhẫn', data: { owner: { name: 'Khoàng Thị Nhẫn' }, note: 'Tờ nháp đang gõ dở' } });
  }
  await client.must('drafts.save', { id: randomUUID(), form: 'receive', formVersion: 1, revision: 1, title: 'Khoàng Thị Nhẫn', data: { note: 'Tờ nháp đang gõ dở' } });
  const paper = { name: 'Bản sao sổ hộ khẩu Pờ Xì', original: 1, certified: 0, photo: 0, seen: false, missing: false, compulsory: false };
  const { dossier, job } = await client.must('dossiers.receive', receiveInput({ draft, owner, request: 'Đăng ký khai sinh cho Ngải Thoong Vinh', papers: [paper] }));
  const { id } = dossier;
  await client.must('forms.render', { job: job!.id });
  await client.must('printing.report', { job: job!.id, idempotencyKey: randomUUID(), outcomes: job!.copies.map(({ copy }) => ({ copy, outcome: 'printed' as const })) });
  await client.must('dossiers.correct', { id, idempotencyKey: randomUUID(), reason: 'Giấy bị mờ, đọc nhầm họ', changes: { owner: { ...owner, phone: '0971234887' } } });
  await client.must('dossiers.act', { id, idempotencyKey: randomUUID(), act: { act: 'take' } });
  await client.must('dossiers.act', { id, idempotencyKey: randomUUID(), act: { act: 'finish', result: { summary: 'Trích lục khai sinh quyển Tả Gia' } } });
  await client.must('dossiers.act', {
    id, idempotencyKey: randomUUID(),
    act: { act: 'handOver', receiver: { type: 'individual', name: 'Lèng Văn Chỉn' }, receiverIs: 'other', how: 'counter', shown: 'lam mat giay hen', despiteConflicts: [] },
  });
  await client.must('dossiers.search', { query: 'Xuyến thoong' });
  await client.must('persons.find', { query: '0971234888' });
  // Refused input must not end up in a log either.
  await client.call('dossiers.receive', receiveInput({ owner: { ...owner, idNumber: '015188777' } }));
  await client.call('dossiers.get', { id: 'Sầm Thị Xuyến' });
  client.close();
}

/** Every key there is, in every form in which it could have been written down. */
async function readKeys(): Promise<void> {
  const copy = path.join(root, 'copy');
  cpSync(dataDir(), copy, { recursive: true });
  const slots = valueOf(openKeySlots({ folder: copy, clock: fakeClock(Date.now()) }));
  const admin = slots.listSignInOfficers().find(({ displayName }) => displayName === ADMIN.name)!.id as OfficerId;
  const unlocked = valueOf(await slots.unlockWithPassword(admin, ADMIN.password));
  databaseKey = unlocked.databaseKey;
  const db = valueOf(openDatabase({ file: path.join(copy, 'desk.db'), key: databaseKey, mode: 'write' }));
  const fact = (name: string) => Buffer.from(JSON.parse(db.value<string>('SELECT value FROM desk_facts WHERE name = ?', name)!) as string, 'base64url');
  secrets.push(
    ...formsOf('database key', databaseKey),
    ...formsOf('officer\'s private key', Buffer.from(unlocked.privateKey, 'base64url')),
    ...['devicePrivateKey', 'officePrivateKey', 'bufferSecret'].flatMap((name) => formsOf(name, fact(name))),
    ...db.all<{ key: Uint8Array }>('SELECT key FROM subject_keys').flatMap(({ key }) => formsOf('subject key', Buffer.from(key))),
  );
  closeDatabase(db);
  rmSync(copy, { recursive: true });
}

function formsOf(what: string, key: Buffer): { what: string; bytes: Buffer }[] {
  const texts = [key.toString('hex'), key.toString('hex').toUpperCase(), key.toString('base64'), key.toString('base64url')];
  return [{ what, bytes: key }, ...texts.map((text) => ({ what: `${what} as text`, bytes: Buffer.from(text) }))];
}

/** The core is dead, so the lock file may be read too. */
function files(): { readonly name: string; readonly bytes: Buffer }[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((file) => ({ name: path.relative(root, file), bytes: readFileSync(file) }));
}

describe('the files of a desk whose power went', () => {
  it('are the ones that are known, the write-ahead log among them', () => {
    const names = files().map(({ name }) => name).sort();
    expect(names.filter((name) => name.startsWith('data/'))).toEqual(['data/desk.db', 'data/desk.db-shm', 'data/desk.db-wal', 'data/desk.lock', 'data/keys.backup.json', 'data/keys.json']);
    expect(names.filter((name) => !name.startsWith('data/') && !name.startsWith('state/'))).toEqual([]);
    expect(statSync(path.join(dataDir(), 'desk.db-wal')).size).toBeGreaterThan(4_096);
  });

  it('show no person, no dossier, no draft and no password', () => {
    for (const { name, bytes } of files()) expect({ name, found: textsFoundIn([bytes], PRIVATE) }).toEqual({ name, found: [] });
  });

  it('hold all of that behind the key, but for the passwords: the search above would have found it', () => {
    const pages = decryptPages(path.join(dataDir(), 'desk.db'), databaseKey).map(({ content }) => content);
    expect(textsFoundIn(pages, PRIVATE)).toEqual(PRIVATE.slice(0, -3));
  });

  it('show no key, no recovery code and no session', () => {
    expect(new Set(secrets.map(({ what }) => what)).size).toBeGreaterThan(12);
    expect(secrets.every(({ bytes }) => bytes.length >= 16)).toBe(true);
    const found = files().flatMap(({ name, bytes }) => secrets.filter((secret) => bytes.includes(secret.bytes)).map(({ what }) => `${what} in ${name}`));
    expect(found).toEqual([]);
  });

  it('tell nothing in what the core wrote to its log', () => {
    expect(textsFoundIn([Buffer.from(errors)], PRIVATE)).toEqual([]);
    expect(secrets.filter(({ bytes }) => errors.includes(bytes.toString('latin1')))).toEqual([]);
  });

  it('let nobody but this user read them', () => {
    const mode = (name: string) => statSync(path.join(root, name)).mode & 0o777;
    for (const name of files().map((file) => file.name)) expect({ name, mode: mode(name) }).toEqual({ name, mode: 0o600 });
  });

  it('name officers in the key slots alone, beside ids, counters, public keys and wrapped secrets', () => {
    const named = files().filter(({ bytes }) => textsFoundIn([bytes], [ADMIN.name, CLERK.name]).length > 0).map(({ name }) => name);
    expect(named.sort()).toEqual(['data/keys.backup.json', 'data/keys.json']);
    const slots = JSON.parse(readFileSync(path.join(dataDir(), 'keys.json'), 'utf8')) as unknown;
    expect([...new Set(leaves(slots))].sort()).toMatchInlineSnapshot(`
      [
        ".checksum",
        ".content.officers.displayName",
        ".content.officers.id",
        ".content.officers.publicKey",
        ".content.officers.sealedDatabaseKey",
        ".content.officers.wrappedPrivateKey.algorithm",
        ".content.officers.wrappedPrivateKey.lanes",
        ".content.officers.wrappedPrivateKey.memoryKib",
        ".content.officers.wrappedPrivateKey.nonce",
        ".content.officers.wrappedPrivateKey.passes",
        ".content.officers.wrappedPrivateKey.salt",
        ".content.officers.wrappedPrivateKey.sealed",
        ".content.officers.wrongTries.count",
        ".content.officers.wrongTries.lockedForMs",
        ".content.officers.wrongTries.lockedSinceMs",
        ".content.recovery.publicKey",
        ".content.recovery.sealedDatabaseKey",
        ".format",
      ]
    `);
  });

  it('open with the raw key in an independent SQLCipher', () => {
    const copy = path.join(root, 'independent');
    cpSync(dataDir(), copy, { recursive: true });
    const other = new Cipher(path.join(copy, 'desk.db'));
    other.pragma(`key = "x'${databaseKey.toString('hex')}'"`);
    expect(other.prepare('SELECT count(*) AS count FROM dossiers').get()).toEqual({ count: 2 });
    other.close();
    rmSync(copy, { recursive: true });
  });
});

/** Where values stand in it, without the numbers of list entries. */
function leaves(value: unknown, at = ''): string[] {
  if (typeof value !== 'object' || value === null) return [at];
  return Object.entries(value).flatMap(([key, child]) => leaves(child, Array.isArray(value) ? at : `${at}.${key}`));
}
