import { startProgram, type Program } from './program.ts';

/** The real server, as `npm run server` starts it, reached over whatever transport it says of itself. */
export interface CentralServerProcess {
  readonly program: Program;
  readonly scheme: 'http' | 'https';
  readonly port: number;
  readonly fingerprint: string;
  /** For one office; null where this was not its first start. */
  readonly code: string | null;
}

export interface CentralServerStart {
  readonly dataDir: string;
  /** 0: any free one. */
  readonly port: number;
  /** postgres://…; otherwise the embedded database. */
  readonly databaseUrl?: string;
  readonly isFirst: boolean;
  readonly isTls?: boolean;
}

export async function startCentralServer({ dataDir, port, databaseUrl = '', isFirst, isTls = false }: CentralServerStart): Promise<CentralServerProcess> {
  const args = ['--data', dataDir, '--port', String(port), '--admin-port', '0', ...(isTls ? ['--tls'] : [])];
  const program = startProgram({ file: 'src-server/server.ts', args, environment: { DATABASE_URL: databaseUrl } });
  const url = new URL(/https?:\/\/\S+/.exec(await program.line((line) => /https?:\/\//.test(line)))![0]);
  const fingerprint = (await program.line((line) => line.startsWith('Fingerprint'))).split(': ')[1]!;
  const code = isFirst ? /The code: ([0-9A-Z-]{14})$/.exec(await program.line((line) => line.includes('The code: ')))![1]! : null;
  return { program, scheme: url.protocol === 'https:' ? 'https' : 'http', port: Number(url.port), fingerprint, code };
}
