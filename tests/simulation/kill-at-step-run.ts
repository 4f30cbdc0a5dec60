/**
 * Loaded before the core (`node --import`): after SIGUSR2 the core kills itself with -9 right before the n-th statement of
 * a transaction, n from MOTCUA_KILL_AT_STEP. So a crash can stand between a number and its print job, or between COMMIT
 * and the answer, which no outside kill can be sure to hit. Tells on standard error where it died.
 */
import { writeSync } from 'node:fs';
import { createRequire } from 'node:module';

type Patched = Record<string, (this: { readonly source?: string }, ...parameters: unknown[]) => unknown>;
type DriverClass = new (file: string) => { prepare(sql: string): object };

// The very class that the core will use; the package's typings are not reachable by name.
const Driver = createRequire(import.meta.url)('better-sqlite3-multiple-ciphers') as DriverClass;

const killAtStep = Number(process.env['MOTCUA_KILL_AT_STEP']);
let armed = false;
/** Statements since BEGIN; null outside a transaction. */
let step: number | null = null;
let hasNumber = false;
let hasJob = false;

process.on('SIGUSR2', () => {
  armed = true;
});

function reach(sql: string): void {
  if (sql === 'BEGIN IMMEDIATE') {
    step = 0;
    hasNumber = false;
    hasJob = false;
    return;
  }
  if (step === null) return;
  step += 1;
  if (armed && step === killAtStep) {
    const where = hasJob ? 'after the print job' : hasNumber ? 'between number and print job' : 'before the number';
    writeSync(2, `died: ${sql === 'COMMIT' ? 'before COMMIT' : where}\n`);
    process.kill(process.pid, 'SIGKILL');
  }
  if (sql.startsWith('INSERT INTO issued_numbers') || sql.startsWith('INSERT OR IGNORE INTO issued_numbers')) hasNumber = true;
  if (sql.startsWith('INSERT INTO print_jobs')) hasJob = true;
}

const connection = Driver.prototype as unknown as Patched;
const exec = connection['exec']!;
connection['exec'] = function (sql) {
  reach(String(sql));
  const done = exec.call(this, sql);
  if (sql === 'COMMIT' && step !== null) {
    // One step more: durable, and nobody was told.
    if (armed && step + 1 === killAtStep) {
      writeSync(2, 'died: after COMMIT, before the answer\n');
      process.kill(process.pid, 'SIGKILL');
    }
    step = null;
  }
  if (sql === 'ROLLBACK') step = null;
  return done;
};
const statement = Object.getPrototypeOf(new Driver(':memory:').prepare('SELECT 1')) as Patched;
for (const method of ['run', 'get', 'all', 'iterate']) {
  const original = statement[method]!;
  statement[method] = function (...parameters) {
    reach(this.source ?? '');
    return original.apply(this, parameters);
  };
}
