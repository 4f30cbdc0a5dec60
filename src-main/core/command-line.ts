import path from 'node:path';
import { parseArgs } from 'node:util';
import { err, ok, type Result } from '../../src-shared/lib/result.ts';
import { defaultDataDir } from './platform/folders.ts';

/** What stands after `npm start --`; the core itself takes the same words. */
export interface CommandLine {
  readonly demo: boolean;
  readonly dataDir: string;
  /** Undefined: 4860 or the next free one. */
  readonly port: number | undefined;
  readonly open: boolean;
  readonly json: boolean;
  /** Started by the window: no port; the secret comes by the channel of the two processes. */
  readonly socket: boolean;
}

export const USAGE = `npm start -- [--demo] [--data DIR] [--port N] [--no-open] [--json]
  --demo      a practice office with sample accounts and dossiers
  --data DIR  the data folder
  --port N    the port on loopback; otherwise 4860 or the next free one
  --no-open   do not open the browser
  --json      print one line {"url","dataDir"} when ready`;

export function parseCommandLine(args: readonly string[]): Result<CommandLine, string> {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        demo: { type: 'boolean', default: false },
        data: { type: 'string' },
        port: { type: 'string' },
        'no-open': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        socket: { type: 'boolean', default: false },
      },
    });
    const port = values.port === undefined ? undefined : /^\d{1,5}$/.test(values.port) ? Number(values.port) : NaN;
    if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65_535)) return err(`--port takes a number up to 65535, not “${values.port}”`);
    return ok({ demo: values.demo, dataDir: path.resolve(values.data ?? defaultDataDir(values.demo)), port, open: !values['no-open'], json: values.json, socket: values.socket });
  } catch (error) {
    // parseArgs explains in its message what it did not know.
    return err(error instanceof Error ? error.message : String(error));
  }
}
