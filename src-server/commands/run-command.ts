import type { OfficeId } from '../../src-shared/lib/ids.ts';
import type { ServerDb } from '../db/server-db.ts';
import { beginEpoch } from '../features/identity/server-identity.ts';
import { createProjectionJob } from '../jobs/projection-job.ts';
import { readBackup, type RestoreFault } from './read-backup.ts';
import { rebuildProjection } from './rebuild-projection.ts';
import { writeBackup } from './write-backup.ts';

export const COMMANDS_USAGE = `npm run server -- backup FILE         writes all that cannot be made again, while servers go on
npm run server -- restore FILE        puts it into an empty database; desks then send again what came later
npm run server -- new-epoch           after the database itself was put back (pg_restore): the same, with every server stopped
npm run server -- rebuild [--office ID]  folds what the upper tier sees anew from the log, while servers go on`;

export interface CommandDep {
  readonly db: ServerDb;
  readonly nowMs: () => number;
  readonly say: (line: string) => void;
}

export interface CommandWords {
  readonly command: readonly string[];
  readonly office: string | undefined;
}

const RESTORE_FAULTS: Readonly<Record<RestoreFault, string>> = {
  notEmpty: 'the database is not empty; restore into a new folder (--data) or a new database',
  notABackup: 'this is no backup of this server',
  otherSchema: 'the backup was made by another version of this program; restore it with that version, then start this one',
  damaged: 'the backup is damaged or not whole; nothing was restored',
};

/** Runs one command and says what came of it. Returns the exit code; 2 where there is no such command. */
export async function runCommand(dep: CommandDep, { command: [name, file, ...more], office }: CommandWords): Promise<number> {
  const isWithFile = name === 'backup' || name === 'restore';
  if (more.length > 0 || isWithFile !== (file !== undefined) || (office !== undefined && name !== 'rebuild')) return 2;
  if (name === 'backup') return backup(dep, file!);
  if (name === 'restore') return restore(dep, file!);
  if (name === 'new-epoch') return newEpoch(dep);
  return name === 'rebuild' ? rebuild(dep, office as OfficeId | undefined) : 2;
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
