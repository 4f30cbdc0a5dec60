import { makeSetUpCode } from '../features/administrators/set-up.ts';
import type { CommandDep } from './command-dep.ts';

/** For the first administrator there is no name yet; with one, that administrator is made or chooses another password. */
export async function printSetUpCode({ db, nowMs, say }: CommandDep, name: string | null): Promise<number> {
  const { code } = await db.transaction((writes) => makeSetUpCode(writes, name, nowMs()));
  say(`Makes ${name === null ? 'the first administrator' : `${name} administrator, or gives them another password,`} on the page, once, within 2 days. The set-up code: ${code}`);
  return 0;
}
