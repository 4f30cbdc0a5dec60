import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createKeySlots, createOfficerCredential, openKeySlots } from '../../../src-node/crypto/key-slots.ts';
import type { KeySlots, OfficerToAdmit } from '../../../src-node/crypto/key-slots.ts';
import { generateRecoveryCode, recoveryKeyPair } from '../../../src-node/crypto/recovery-code.ts';
import type { OfficerId } from '../../../src-shared/lib/ids.ts';
import type { Result } from '../../../src-shared/lib/result.ts';

const MINUTE_MS = 60_000;
const QUICK = { memoryKib: 64, passes: 1, lanes: 1 };
const lan = 'officer-lan' as OfficerId;
const databaseKey = randomBytes(32);
const code = generateRecoveryCode();

/** A clock that the test turns. */
class TurnedClock {
  wall = Date.UTC(2026, 10, 21);
  monotonic = 1_000;
  wallMs(): number {
    return this.wall;
  }
  monotonicMs(): number {
    return this.monotonic;
  }
  pass(minutes: number): void {
    this.wall += minutes * MINUTE_MS;
    this.monotonic += minutes * MINUTE_MS;
  }
}

let folder: string;
let clock: TurnedClock;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'motcua-keys-'));
  clock = new TurnedClock();
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function valueOf<T, E>(result: Result<T, E>): T {
  if (!result.ok) throw new Error(`unexpected ${JSON.stringify(result.error)}`);
  return result.value;
}

async function officer(password: string, id = lan): Promise<OfficerToAdmit> {
  return { id, displayName: 'Nguyễn Thị Lan', ...(await createOfficerCredential(id, password, QUICK)) };
}

async function createWithLan(): Promise<KeySlots> {
  return valueOf(createKeySlots({ folder, clock }, { databaseKey, recoveryPublicKey: recoveryKeyPair(code).publicKey, officers: [await officer('đúng')] }));
}

function reopen(): KeySlots {
  return valueOf(openKeySlots({ folder, clock }));
}

async function tryWrong(slots: KeySlots, times: number): Promise<unknown> {
  let last: unknown;
  for (let time = 0; time < times; time++) {
    const answer = await slots.unlockWithPassword(lan, 'sai');
    last = answer.ok ? 'unlocked' : answer.error;
  }
  return last;
}

describe('unlocking', () => {
  test('gives the database key to an officer’s password, also after a restart', async () => {
    await createWithLan();
    const slots = reopen();
    expect(slots.listSignInOfficers()).toEqual([{ id: lan, displayName: 'Nguyễn Thị Lan' }]);
    expect(valueOf(await slots.unlockWithPassword(lan, 'đúng')).databaseKey).toEqual(databaseKey);
    expect(slots.health).toEqual({ readFrom: 'keys.json' });
  });

  test('gives it to the recovery code as typed, and to no other code', async () => {
    const slots = await createWithLan();
    expect(valueOf(slots.unlockWithRecoveryCode(code.toLowerCase().replaceAll('-', ' ')))).toEqual(databaseKey);
    expect(slots.unlockWithRecoveryCode(generateRecoveryCode())).toEqual({ ok: false, error: { code: 'session.wrongRecoveryCode' } });
    expect(slots.unlockWithRecoveryCode(`?${code.slice(1)}`)).toMatchObject({ ok: false, error: { code: 'recoveryCode.mistyped', groups: [1] } });
  });

  test('admits a further officer, replaces a password and removes an officer', async () => {
    const minh = 'officer-minh' as OfficerId;
    const slots = await createWithLan();
    valueOf(slots.setOfficerSlot(databaseKey, await officer('của Minh', minh)));
    expect(valueOf(await reopen().unlockWithPassword(minh, 'của Minh')).databaseKey).toEqual(databaseKey);
    valueOf(slots.setOfficerSlot(databaseKey, await officer('mới', minh)));
    expect((await reopen().unlockWithPassword(minh, 'của Minh')).ok).toBe(false);
    expect((await reopen().unlockWithPassword(minh, 'mới')).ok).toBe(true);
    valueOf(slots.removeOfficerSlot(minh));
    expect(await reopen().unlockWithPassword(minh, 'mới')).toEqual({ ok: false, error: { code: 'session.unknownOfficer' } });
    expect((await reopen().unlockWithPassword(lan, 'đúng')).ok).toBe(true);
  });

  test('follows a new recovery code and forgets the old one', async () => {
    const slots = await createWithLan();
    const next = generateRecoveryCode();
    valueOf(slots.setRecoverySlot(databaseKey, recoveryKeyPair(next).publicKey));
    expect(valueOf(reopen().unlockWithRecoveryCode(next))).toEqual(databaseKey);
    expect(reopen().unlockWithRecoveryCode(code)).toMatchObject({ error: { code: 'session.wrongRecoveryCode' } });
  });

  test('does not accept one officer’s slot under another’s id', async () => {
    await createWithLan();
    const slots = reopen();
    const stolen = { ...(await officer('của kẻ khác')), id: 'officer-x' as OfficerId };
    valueOf(slots.setOfficerSlot(databaseKey, stolen));
    expect(await slots.unlockWithPassword(stolen.id, 'của kẻ khác')).toMatchObject({ error: { code: 'session.wrongPassword' } });
  });
});

describe('lock-out', () => {
  test('counts down from five and locks for 5, 10, 20, 40 and then always 60 minutes', async () => {
    const slots = await createWithLan();
    expect(await tryWrong(slots, 1)).toEqual({ code: 'session.wrongPassword', triesLeft: 4, nextLockMs: 5 * MINUTE_MS });
    expect(await tryWrong(slots, 1)).toMatchObject({ triesLeft: 3 });
    for (const [round, minutes] of [5, 10, 20, 40, 60, 60].entries()) {
      expect(await tryWrong(slots, round === 0 ? 3 : 5)).toEqual({
        code: 'session.lockedOut',
        untilMs: clock.wallMs() + minutes * MINUTE_MS,
        remainingMs: minutes * MINUTE_MS,
      });
      clock.pass(minutes);
    }
  });

  test('refuses the right password while it runs, and takes it afterwards', async () => {
    const slots = await createWithLan();
    await tryWrong(slots, 5);
    expect(await slots.unlockWithPassword(lan, 'đúng')).toMatchObject({ error: { code: 'session.lockedOut' } });
    expect(slots.listSignInOfficers()[0]?.lockedUntilMs).toBe(clock.wallMs() + 5 * MINUTE_MS);
    clock.pass(5);
    expect((await slots.unlockWithPassword(lan, 'đúng')).ok).toBe(true);
    expect(await tryWrong(slots, 1)).toMatchObject({ triesLeft: 4, nextLockMs: 5 * MINUTE_MS });
  });

  test('is not passed by trying many at once', async () => {
    const slots = await createWithLan();
    const answers = await Promise.all(Array.from({ length: 8 }, () => slots.unlockWithPassword(lan, 'sai')));
    const codes = answers.map((answer) => (answer.ok ? 'unlocked' : answer.error.code));
    expect(codes).toEqual([...Array(4).fill('session.wrongPassword'), ...Array(4).fill('session.lockedOut')]);
  });

  test('is not opened by a clock set forward, nor prolonged by one set back', async () => {
    const slots = await createWithLan();
    await tryWrong(slots, 5);
    clock.wall += 365 * 24 * 60 * MINUTE_MS;
    expect(await slots.unlockWithPassword(lan, 'đúng')).toMatchObject({ error: { code: 'session.lockedOut', remainingMs: 5 * MINUTE_MS } });
    clock.wall -= 2 * 365 * 24 * 60 * MINUTE_MS;
    clock.monotonic += 5 * MINUTE_MS;
    expect((await slots.unlockWithPassword(lan, 'đúng')).ok).toBe(true);
  });

  test('goes on after a restart for the time that is left', async () => {
    await tryWrong(await createWithLan(), 5);
    clock.pass(2);
    clock.monotonic = 0;
    const slots = reopen();
    expect(await slots.unlockWithPassword(lan, 'đúng')).toMatchObject({ error: { code: 'session.lockedOut', remainingMs: 3 * MINUTE_MS } });
    clock.pass(3);
    expect((await slots.unlockWithPassword(lan, 'đúng')).ok).toBe(true);
  });

  test('ends once in full when the clock was set back before the restart, and a second restart does not begin it anew', async () => {
    await tryWrong(await createWithLan(), 5);
    clock.wall -= 10 * 365 * 24 * 60 * MINUTE_MS;
    expect(await reopen().unlockWithPassword(lan, 'đúng')).toMatchObject({ error: { code: 'session.lockedOut', remainingMs: 5 * MINUTE_MS } });
    clock.pass(4);
    expect(await reopen().unlockWithPassword(lan, 'đúng')).toMatchObject({ error: { code: 'session.lockedOut', remainingMs: MINUTE_MS } });
    clock.pass(1);
    expect((await reopen().unlockWithPassword(lan, 'đúng')).ok).toBe(true);
  });

  test('is lifted by a new password and by nothing else that is known of the officer', async () => {
    const slots = await createWithLan();
    const same = await officer('đúng');
    valueOf(slots.setOfficerSlot(databaseKey, same));
    await tryWrong(slots, 5);
    valueOf(slots.setOfficerSlot(databaseKey, { ...same, displayName: 'Trần Thị Lan' }));
    expect(await slots.unlockWithPassword(lan, 'đúng')).toMatchObject({ error: { code: 'session.lockedOut' } });
    valueOf(slots.setOfficerSlot(databaseKey, await officer('mới')));
    expect((await slots.unlockWithPassword(lan, 'mới')).ok).toBe(true);
  });
});

describe('the files', () => {
  const main = (): string => path.join(folder, 'keys.json');
  const backup = (): string => path.join(folder, 'keys.backup.json');

  test('show ids, display names, counters and public keys, and no secret', async () => {
    const slots = await createWithLan();
    const { privateKey } = valueOf(await slots.unlockWithPassword(lan, 'đúng'));
    for (const name of readdirSync(folder)) {
      const text = readFileSync(path.join(folder, name), 'utf8');
      for (const secret of [privateKey, databaseKey.toString('base64url'), databaseKey.toString('hex'), databaseKey.toString('base64'), 'đúng', code, recoveryKeyPair(code).privateKey]) {
        expect(text.includes(secret), name).toBe(false);
      }
    }
    expect(readdirSync(folder).sort()).toEqual(['keys.backup.json', 'keys.json']);
  });

  test.each<[string, (whole: string) => string | undefined]>([
    ['missing', () => undefined],
    ['empty', () => ''],
    ['cut off', (whole) => whole.slice(0, whole.length / 2)],
    ['changed in one letter', (whole) => whole.replace('Lan', 'Lam')],
    ['another JSON', () => '{"office": 1}'],
  ])('a main file that is %s is replaced by the second copy, and this is reported', async (_, damage) => {
    await createWithLan();
    const whole = readFileSync(main(), 'utf8');
    const damaged = damage(whole);
    rmSync(main());
    if (damaged !== undefined) writeFileSync(main(), damaged);
    const slots = reopen();
    expect(slots.health).toMatchObject({ readFrom: 'keys.backup.json', mainError: { code: damaged === undefined ? 'storage.missing' : 'storage.damaged' } });
    expect((await slots.unlockWithPassword(lan, 'đúng')).ok).toBe(true);
    expect(readFileSync(main(), 'utf8')).toBe(whole);
    expect(reopen().health).toEqual({ readFrom: 'keys.json' });
  });

  test('a damaged second copy is made anew and reported', async () => {
    await createWithLan();
    writeFileSync(backup(), 'hỏng');
    expect(reopen().health).toMatchObject({ readFrom: 'keys.json', backupError: { code: 'storage.damaged' } });
    expect(readFileSync(backup(), 'utf8')).toBe(readFileSync(main(), 'utf8'));
  });

  test('both damaged is storage.damaged, both missing storage.missing', async () => {
    expect(openKeySlots({ folder, clock })).toMatchObject({ error: { code: 'storage.missing' } });
    await createWithLan();
    writeFileSync(main(), Buffer.from([0xff, 0xfe]));
    writeFileSync(backup(), '');
    expect(openKeySlots({ folder, clock })).toMatchObject({ error: { code: 'storage.damaged' } });
    rmSync(main());
    expect(openKeySlots({ folder, clock })).toMatchObject({ error: { code: 'storage.damaged' } });
  });

  test('of a newer program are refused as storage.newer and left alone', async () => {
    await createWithLan();
    const newer = readFileSync(main(), 'utf8').replace('"format":1', '"format":2');
    writeFileSync(main(), newer);
    expect(openKeySlots({ folder, clock })).toMatchObject({ error: { code: 'storage.newer' } });
    expect(readFileSync(main(), 'utf8')).toBe(newer);
  });

  test('are never overwritten by a second set-up', async () => {
    await createWithLan();
    rmSync(main());
    const again = createKeySlots({ folder, clock }, { databaseKey, recoveryPublicKey: recoveryKeyPair(code).publicKey, officers: [] });
    expect(again).toMatchObject({ error: { code: 'storage.alreadyExists' } });
  });

  test('ask for parameters beyond reason and are refused as storage.damaged without computing', async () => {
    const slots = await createWithLan();
    const hostile = await officer('đúng');
    valueOf(slots.setOfficerSlot(databaseKey, { ...hostile, wrappedPrivateKey: { ...hostile.wrappedPrivateKey, memoryKib: 2 ** 40 } }));
    expect(await reopen().unlockWithPassword(lan, 'đúng')).toMatchObject({ error: { code: 'storage.damaged' } });
  });
});
