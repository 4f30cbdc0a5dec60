import type { OfficeId } from '../../src-shared/lib/ids.ts';
import type { ServerDb } from '../db/server-db.ts';
import { beginEpoch, readIdentity, type ServerIdentity } from '../features/identity/server-identity.ts';
import { createProjectionJob } from '../jobs/projection-job.ts';
import type { CommandDep } from './command-dep.ts';
import { admit, printStopped, rescue } from './admission-commands.ts';
import { printSetUpCode } from './print-set-up-code.ts';
import { readBackup, type RestoreFault } from './read-backup.ts';
import { rebuildProjection } from './rebuild-projection.ts';
import { writeBackup } from './write-backup.ts';

export const COMMANDS_USAGE = `npm run server -- admit               prints a code that admits one office, as text and QR
npm run server -- set-up-code NAME     prints a code by which this administrator of the server is made or chooses another password
npm run server -- stopped             lists the desks that their offices or administrators have stopped
npm run server -- rescue DESK [--days N]  lets this stopped desk hand up what it still has for so many days (7)
npm run server -- backup FILE         writes all that cannot be made again, while servers go on
npm run server -- restore FILE        puts it into an empty database; desks then send again what came later
npm run server -- new-epoch           after the database itself was put back (pg_restore): the same, with every server stopped
npm run server -- rebuild [--office ID]  folds what the upper tier sees anew from the log, while servers go on`;

export interface CommandWords {
  readonly command: readonly string[];
  readonly office: string | undefined;
  readonly days: number;
  /** What the server is called if this is the first that its database hears. */
  readonly name: string;
  readonly addressOf: (db: ServerDb) => Promise<string>;
  readonly isTerminal: boolean;
}

const RESTORE_FAULTS: Readonly<Record<RestoreFault, string>> = {
  notEmpty: 'the database is not empty; restore into a new folder (--data) or a new database',
  notABackup: 'this is no backup of this server',
  otherSchema: 'the backup was made by another version of this program; restore it with that version, then start this one',
  damaged: 'the backup is damaged or not whole; nothing was restored',
};

interface Command {
  /** What stands behind its name, if anything does. */
  readonly takes?: 'file' | 'desk' | 'name';
  readonly run: (dep: CommandDep, argument: string, words: CommandWords) => Promise<number>;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  admit: { run: async (dep, _argument, { name, addressOf, isTerminal }) => admit(dep, { identity: await identityOf(dep, name), address: await addressOf(dep.db), isTerminal }) },
  'set-up-code': { takes: 'name', run: (dep, name) => printSetUpCode(dep, name) },
  stopped: { run: printStopped },
  rescue: { takes: 'desk', run: (dep, desk, { days }) => rescue(dep, desk, days) },
  backup: { takes: 'file', run: backup },
  restore: { takes: 'file', run: restore },
  'new-epoch': { run: newEpoch },
  rebuild: { run: (dep, _argument, { office }) => rebuild(dep, office as OfficeId | undefined) },
};

/** Runs one command and says what came of it. Returns the exit code; 2 where there is no such command. */
export async function runCommand(dep: CommandDep, words: CommandWords): Promise<number> {
  const [name = '', argument, ...more] = words.command;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command || more.length > 0 || (command.takes !== undefined) !== (argument !== undefined) || (words.office !== undefined && name !== 'rebuild')) return 2;
  return command.run(dep, argument ?? '', words);
}

async function identityOf({ db }: CommandDep, name: string): Promise<ServerIdentity> {
  return (await readIdentity(db, name)).identity;
}

async function backup({ db, nowMs, say }: CommandDep, file: string): Promise<number> {
  const rows = await writeBackup(db, file, nowMs());
  say(`Backup: ${rows} rows in ${file}. It holds people's data and the server's key; keep it as you keep the server.`);
  return 0;
}

async function restore({ db, say }: CommandDep, file: string): Promise<number> {
  const restored = await readBackup(db, file);
  say(restored.ok ? `Restored: ${restored.value} rows. Start the server; desks send again what came after the backup.` : RESTORE_FAULTS[restored.error]);
  return restored.ok ? 0 : 1;
}

async function newEpoch({ db, say }: CommandDep): Promise<number> {
  await db.transaction(beginEpoch);
  say('Another life of the server begins with its next start; desks send again what is not held.');
  return 0;
}

async function rebuild({ db, nowMs, say }: CommandDep, office: OfficeId | undefined): Promise<number> {
  const job = createProjectionJob({ db, nowMs, onFailure: () => undefined });
  const rebuilt = await rebuildProjection(db, job, office);
  say(rebuilt.ok ? `Folded anew: ${rebuilt.value} office${rebuilt.value === 1 ? '' : 's'}.` : `There is no office ${office ?? ''} here.`);
  return rebuilt.ok ? 0 : 1;
}
