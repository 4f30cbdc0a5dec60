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
}

export async function startCentralServer({ dataDir, port, databaseUrl = '', isFirst }: CentralServerStart): Promise<CentralServerProcess> {
  const program = startProgram({ file: 'src-server/server.ts', args: ['--data', dataDir, '--port', String(port)], environment: { DATABASE_URL: databaseUrl } });
  const code = isFirst ? /: ([0-9A-Z-]{14})$/.exec(await program.line((line) => line.startsWith('Admission code')))![1]! : null;
  const url = new URL(/https?:\/\/\S+/.exec(await program.line((line) => /https?:\/\//.test(line)))![0]);
  const fingerprint = (await program.line((line) => line.startsWith('Fingerprint'))).split(': ')[1]!;
  return { program, scheme: url.protocol === 'https:' ? 'https' : 'http', port: Number(url.port), fingerprint, code };
}
