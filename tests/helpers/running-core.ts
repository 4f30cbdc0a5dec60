import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CallName, InputOf, OutputOf, ResultOf } from '../../src-shared/contract/contract.ts';
import type { Clock } from '../../src-shared/lib/clock.ts';
import { officeDate } from '../../src-shared/lib/office-time.ts';
import type { Role } from '../../src-shared/domain/officers/officer.ts';
import type { Session } from '../../src-main/core/calls/sessions.ts';
import { composeCore, type Core } from '../../src-main/core/compose-core.ts';
import { DEMO_OFFICE } from '../../src-main/core/demo/demo-accounts.ts';
import { fakeClock, valueOf, type FakeClock } from './open-test-desk.ts';
import { QUICK_PASSWORDS } from './quick-passwords.ts';

export const TEST_PASSWORD = 'mat-khau-thu-1';

/** A whole core on a folder of its own, set up, listening on a free port, with an officer per role. */
export interface RunningCore {
  readonly core: Core;
  readonly url: string;
  readonly clock: Clock;
  readonly folder: string;
  readonly recoveryCode: string;
  readonly sessions: Readonly<Record<Role, Session>>;
  as<N extends CallName>(role: Role, name: N, input: InputOf<N>): Promise<ResultOf<N>>;
  close(): Promise<void>;
}

export async function startCore(clock: FakeClock = fakeClock(), change: { readonly training?: boolean } = {}): Promise<RunningCore> {
  const folder = mkdtempSync(path.join(tmpdir(), 'motcua-core-'));
  const core = valueOf(composeCore({ dataDir: path.join(folder, 'data'), stateDir: path.join(folder, 'state'), demo: false, rendererDir: null, clock, builtAtMs: 0, passwordParameters: QUICK_PASSWORDS }));
  const set = valueOf(
    (await core.dispatch('office.setup', {
      ...DEMO_OFFICE,
      ...change,
      confirmedDate: officeDate(clock.wallMs()),
      administrator: { name: 'Quản Trị', title: '', formOfAddress: 'anh', roles: ['admin'], password: TEST_PASSWORD },
    }, undefined)) as ResultOf<'office.setup'>,
  );
  const admin = core.sessionOf(set.session.token)!;
  const sessionFor = async (role: Exclude<Role, 'admin'>): Promise<Session> => {
    const input = { name: `Cán bộ ${role}`, title: '', formOfAddress: 'chị', roles: [role], password: TEST_PASSWORD } as const;
    const created = valueOf((await core.dispatch('officers.create', input, admin)) as ResultOf<'officers.create'>);
    const opened = valueOf((await core.dispatch('session.open', { officer: created.id, password: TEST_PASSWORD }, undefined)) as ResultOf<'session.open'>);
    return core.sessionOf(opened.token)!;
  };
  const sessions = { admin, reception: await sessionFor('reception'), processing: await sessionFor('processing'), leader: await sessionFor('leader') };
  const url = valueOf(await core.listen(0));
  return {
    core, url, clock, folder, sessions,
    recoveryCode: set.recoveryCode,
    as: (role, name, input) => core.dispatch(name, input, sessions[role]) as Promise<ResultOf<typeof name>>,
    close: async () => {
      await core.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The smallest whole reception. */
export function receiveInput(changes: Partial<InputOf<'dossiers.receive'>> = {}): InputOf<'dossiers.receive'> {
  return {
    idempotencyKey: crypto.randomUUID(),
    openedAt: 0,
    procedureCode: '1.001193',
    owner: { type: 'individual', name: 'Giàng A Páo', idKind: 'citizenId', idNumber: '010094000123', birthDate: '1994-03-12' },
    request: 'Đăng ký khai sinh cho cháu Giàng Thị Mỷ',
    ...changes,
  };
}
