import { askDesk } from './cli/maintenance.ts';

/** `npm run rebuild -- [--data DIR]`: throws lists, words and counters away and folds them again from the log. */
const answer = await askDesk('system.rebuild', process.argv.slice(2));
if (answer.ok) {
  const { operations, dossiers, durationMs } = answer.value;
  process.stdout.write(`ok: ${operations} operations, ${dossiers} dossiers in ${durationMs} ms\n`);
} else {
  process.stderr.write(`${answer.error.sentence}\n`);
  process.exitCode = 2;
}
