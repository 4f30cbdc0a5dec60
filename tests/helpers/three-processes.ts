/** Three processes of the real server on one PostgreSQL, reached through a balancer as one. */
import { tmpdir } from 'node:os';
import { startCentralServer, type CentralServerProcess } from '../../bench/processes/central-server.ts';
import { TcpBalancer } from './tcp-balancer.ts';

const PROCESSES = 3;

export interface ThreeProcesses {
  readonly processes: readonly CentralServerProcess[];
  readonly balancer: TcpBalancer;
  readonly address: string;
  /** kill -9, at this very moment. */
  kill(index: number): Promise<void>;
  /** Another one in its place. */
  replace(index: number): Promise<void>;
  end(): Promise<void>;
}

export async function startThreeProcesses(databaseUrl: string): Promise<ThreeProcesses> {
  const start = (port = 0) => startCentralServer({ dataDir: tmpdir(), port, databaseUrl, isFirst: false, isTls: true });
  // At once, as a service manager starts them: one makes the server's keys, the others take them over.
  const processes = await Promise.all(Array.from({ length: PROCESSES }, () => start()));
  const balancer = new TcpBalancer(processes.map(({ port }) => port));
  const address = await balancer.listen();
  return {
    processes, balancer, address,
    kill: async (index) => {
      const { program } = processes[index]!;
      program.kill();
      await program.ended;
    },
    replace: async (index) => {
      processes[index] = await start();
      balancer.ports[index] = processes[index].port;
    },
    end: async () => {
      await balancer.close();
      await Promise.all(processes.map(({ program }) => program.stop()));
    },
  };
}
