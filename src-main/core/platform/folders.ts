import { homedir } from 'node:os';
import path from 'node:path';

/** Where an office's data lie unless `--data` says otherwise. Demonstration data never lie beside real ones (rule 11). */
export function defaultDataDir(demo: boolean): string {
  const name = demo ? 'demo' : 'data';
  if (process.platform === 'win32') return path.join(process.env['LOCALAPPDATA'] ?? path.join(homedir(), 'AppData', 'Local'), 'motcua', name);
  return path.join(process.env['XDG_DATA_HOME'] ?? path.join(homedir(), '.local', 'share'), 'motcua', name);
}
