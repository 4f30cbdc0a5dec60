import { createInterface } from 'node:readline/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { composeCore, type Core } from '../core/compose-core.ts';
import { parseCommandLine } from '../core/command-line.ts';
import { findRunning, type CoreAddress } from '../core/platform/running-core.ts';
import { explainStartFault } from '../core/start-fault.ts';
import { stateFolderOf } from '../../src-shared/lib/state-folder.ts';
import type { InputOf, OutputOf } from '../../src-shared/contract/contract.ts';
import { wireError, type WireError } from '../../src-shared/contract/errors.ts';
import { err, type Result } from '../../src-shared/lib/result.ts';
import { requestCore } from './request-core.ts';

/**
 * How `npm run verify` and `npm run rebuild` reach a desk: the running core does it, because only one process may write; if
 * none runs, or nobody has signed in there yet, an officer's password or the recovery code is read from standard input.
 */
export async function askDesk<N extends 'system.verify' | 'system.rebuild'>(name: N, args: readonly string[]): Promise<Result<OutputOf<N>, WireError | { readonly sentence: string }>> {
  const parsed = parseCommandLine(args);
  if (!parsed.ok) return err({ sentence: parsed.error });
  const { dataDir } = parsed.value;
  const stateDir = stateFolderOf({ platform: process.platform, environment: process.env, homeFolder: homedir() }, path);
  const running = findRunning(stateDir, dataDir);
  const asked = running && (await requestCore(running, name, {} as InputOf<N>, running.token));
  // A core that was killed leaves its address behind; nobody answers there.
  if (!running || !asked) return askOwnCore(dataDir, name);
  return asked.ok || asked.error.code !== 'session.required' ? asked : askWithSecret(running, name);
}

async function askOwnCore<N extends 'system.verify' | 'system.rebuild'>(dataDir: string, name: N): Promise<Result<OutputOf<N>, WireError | { readonly sentence: string }>> {
  const core = composeCore({ dataDir, demo: false, rendererDir: null });
  if (!core.ok) return err({ sentence: explainStartFault(core.error, dataDir) });
  try {
    if (core.value.holder.state() === 'setup') return err(wireError('office.notSetUp'));
    const listening = await core.value.listen(0);
    return listening.ok ? await askWithSecret({ url: listening.value }, name) : err({ sentence: explainStartFault(listening.error, dataDir) });
  } finally {
    await closed(core.value);
  }
}

function closed(core: Core): Promise<void> {
  return core.close();
}

/** One line of standard input: an officer's password, or the recovery code. Tried for each officer of this desk. */
async function askWithSecret<N extends 'system.verify' | 'system.rebuild'>(address: CoreAddress, name: N): Promise<Result<OutputOf<N>, WireError>> {
  const secret = await readSecret();
  const opened = await openWith(address, secret);
  if (!opened.ok) return opened;
  return (await requestCore(address, name, {} as InputOf<N>, opened.value.token)) ?? err(gone());
}

async function openWith(address: CoreAddress, secret: string): Promise<Result<{ readonly token: string }, WireError>> {
  const recovery = await requestCore(address, 'session.openByRecovery', { recoveryCode: secret });
  if (recovery?.ok) return recovery;
  const wanted = process.env['MOTCUA_OFFICER'];
  const office = await requestCore(address, 'office.get', {});
  if (!office?.ok) return office ?? err(gone());
  const officers = office.value.signIn.filter(({ name }) => wanted === undefined || name === wanted);
  // With several officers a wrong password would count against people who did nothing: the name must be given.
  if (officers.length !== 1) return err(wireError('session.unknownOfficer', {}, 'Đặt tên cán bộ vào biến MOTCUA_OFFICER, rồi nhập mật khẩu; hoặc nhập mã khôi phục.'));
  return (await requestCore(address, 'session.open', { officer: officers[0]!.id, password: secret })) ?? err(gone());
}

/** It ended while it was asked. */
function gone(): WireError {
  return wireError('storage.busy');
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
