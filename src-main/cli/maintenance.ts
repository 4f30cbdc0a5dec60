import { createInterface } from 'node:readline/promises';
import { homedir } from 'node:os';
import { composeCore, type Core } from '../core/compose-core.ts';
import { parseCommandLine } from '../core/command-line.ts';
import { findRunning } from '../core/platform/running-core.ts';
import { explainStartFault } from '../core/start-fault.ts';
import { stateFolderOf } from '../../src-node/incarnation/state-folder.ts';
import type { CallName, InputOf, OutputOf } from '../../src-shared/contract/contract.ts';
import { contract } from '../../src-shared/contract/contract.ts';
import { wireError, type WireError } from '../../src-shared/contract/errors.ts';
import { err, ok, type Result } from '../../src-shared/lib/result.ts';

/**
 * How `npm run verify` and `npm run rebuild` reach a desk: the running core does it, because only one process may write; if
 * none runs, or nobody has signed in there yet, an officer's password or the recovery code is read from standard input.
 */
export async function askDesk<N extends 'system.verify' | 'system.rebuild'>(name: N, args: readonly string[]): Promise<Result<OutputOf<N>, WireError | { readonly sentence: string }>> {
  const parsed = parseCommandLine(args);
  if (!parsed.ok) return err({ sentence: parsed.error });
  const { dataDir } = parsed.value;
  const stateDir = stateFolderOf({ platform: process.platform, environment: process.env, homeFolder: homedir() });
  const running = findRunning(stateDir, dataDir);
  const asked = running && (await ask(running.url, running.token, name));
  if (asked?.ok || (asked && asked.error.code !== 'session.required')) return asked;
  if (running && asked) return askWithSecret(running.url, name);
  return askOwnCore(dataDir, name);
}

async function askOwnCore<N extends 'system.verify' | 'system.rebuild'>(dataDir: string, name: N): Promise<Result<OutputOf<N>, WireError | { readonly sentence: string }>> {
  const core = composeCore({ dataDir, demo: false, rendererDir: null });
  if (!core.ok) return err({ sentence: explainStartFault(core.error, dataDir) });
  try {
    if (core.value.holder.state() === 'setup') return err(wireError('office.notSetUp'));
    const listening = await core.value.listen(0);
    return listening.ok ? await askWithSecret(listening.value, name) : err({ sentence: explainStartFault(listening.error, dataDir) });
  } finally {
    await closed(core.value);
  }
}

function closed(core: Core): Promise<void> {
  return core.close();
}

/** One line of standard input: an officer's password, or the recovery code. Tried for each officer of this desk. */
async function askWithSecret<N extends 'system.verify' | 'system.rebuild'>(url: string, name: N): Promise<Result<OutputOf<N>, WireError>> {
  const secret = await readSecret();
  const opened = await openWith(url, secret);
  return opened.ok ? ask(url, opened.value.token, name) : opened;
}

async function openWith(url: string, secret: string): Promise<Result<{ readonly token: string }, WireError>> {
  const recovery = await post(url, undefined, 'session.openByRecovery', { recoveryCode: secret });
  if (recovery.ok) return recovery;
  const wanted = process.env['MOTCUA_OFFICER'];
  const office = (await (await fetch(`${url}/api/office`)).json()) as OutputOf<'office.get'>;
  const officers = office.signIn.filter(({ name }) => wanted === undefined || name === wanted);
  // With several officers a wrong password would count against people who did nothing: the name must be given.
  if (officers.length !== 1) return err(wireError('session.unknownOfficer', {}, 'Đặt tên cán bộ vào biến MOTCUA_OFFICER, rồi nhập mật khẩu; hoặc nhập mã khôi phục.'));
  return post(url, undefined, 'session.open', { officer: officers[0]!.id, password: secret });
}

async function readSecret(): Promise<string> {
  process.stderr.write('Mật khẩu cán bộ, hoặc mã khôi phục: ');
  const lines = createInterface({ input: process.stdin });
  for await (const line of lines) {
    lines.close();
    return line.trim();
  }
  return '';
}

function ask<N extends 'system.verify' | 'system.rebuild'>(url: string, token: string, name: N): Promise<Result<OutputOf<N>, WireError>> {
  return post(url, token, name, {} as InputOf<N>);
}

async function post<N extends CallName>(url: string, token: string | undefined, name: N, input: InputOf<N>): Promise<Result<OutputOf<N>, WireError>> {
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(`${url}/api${contract[name].path}`, { method: 'POST', headers: { 'content-type': 'application/json', ...authorization }, body: JSON.stringify(input) }).catch(() => undefined);
  // A core that was killed leaves its address behind; nobody answers there.
  if (!response) return err(wireError('session.required'));
  const body = (await response.json()) as OutputOf<N> & { error: WireError };
  return response.ok ? ok(body) : err(body.error);
}
