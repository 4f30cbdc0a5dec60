import { askDesk } from './cli/maintenance.ts';

/** `npm run verify -- [--data DIR]`: chains, sequences, numbers and lists against the log. Exit 1 when something is wrong. */
const answer = await askDesk('system.verify', process.argv.slice(2));
if (answer.ok) {
  const { ok, operations, dossiers, faults } = answer.value;
  for (const fault of faults) process.stdout.write(`${fault.code} ${fault.detail}\n`);
  process.stdout.write(`${ok ? 'ok' : 'FAULTS'}: ${operations} operations, ${dossiers} dossiers, ${faults.length} faults\n`);
  process.exitCode = ok ? 0 : 1;
} else {
  process.stderr.write(`${answer.error.sentence}\n`);
  process.exitCode = 2;
}
