import http from 'node:http';
import path from 'node:path';
import type { CallName, InputOf, OutputOf } from '../../src-shared/contract/contract.ts';
import { timedCall } from '../office/running-office.ts';
import { BENCH_PASSWORD } from '../office/set-up-office.ts';
import { startProgram, type Program } from './program.ts';

/** The real core of a desk as a process of its own, by the machine's clock, and somebody at its screen. */
export interface DeskCore {
  readonly program: Program;
  /** Before anybody has signed in. */
  askOpen<N extends CallName>(name: N, input: InputOf<N>): Promise<OutputOf<N>>;
  signIn(officer: string): Promise<void>;
  ask<N extends CallName>(name: N, input: InputOf<N>): Promise<OutputOf<N>>;
  timed<N extends CallName>(name: N, input: InputOf<N>): Promise<number>;
  /** Kills it, as a power cut does, and lets its connections go. */
  end(): Promise<void>;
}

export async function startDeskCore(folder: string): Promise<DeskCore> {
  const program = startProgram({ file: 'src-main/core.ts', args: ['--data', path.join(folder, 'data'), '--port', '0'], environment: { MOTCUA_STATE_DIR: path.join(folder, 'state') } });
  const { url } = JSON.parse(await program.line((line) => line.startsWith('{'))) as { url: string };
  const line = { agent: new http.Agent({ keepAlive: true, maxSockets: 1 }), url };
  let token = '';
  return {
    program,
    askOpen: (name, input) => timedCall({ ...line, token: '' }, name, input).then(({ value }) => value),
    signIn: async (officer) => {
      token = (await timedCall({ ...line, token: '' }, 'session.open', { officer, password: BENCH_PASSWORD })).value.token;
    },
    ask: (name, input) => timedCall({ ...line, token }, name, input).then(({ value }) => value),
    timed: (name, input) => timedCall({ ...line, token }, name, input).then(({ tookMs }) => tookMs),
    end: async () => {
      program.kill();
      await program.ended;
      line.agent.destroy();
    },
  };
}
