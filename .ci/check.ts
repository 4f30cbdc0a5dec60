// `npm run check`: runs the four guards, names the one that failed, and leaves out/reports/check.json for the continuous run.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isPassed, runGuards, type GuardResult } from './guards.ts';

const root = join(import.meta.dirname, '..');
const results = await runGuards(root);
for (const result of results) printResult(result);

const failed = results.filter((result) => !isPassed(result));
const reports = join(root, 'out', 'reports');
mkdirSync(reports, { recursive: true });
writeFileSync(join(reports, 'check.json'), `${JSON.stringify({ passed: results.length - failed.length, failed: failed.length })}\n`);
console.log(failed.length === 0 ? 'check: all four guards pass' : `check: FAILED: ${failed.map((result) => result.guard).join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;

function printResult(result: GuardResult): void {
  for (const finding of result.findings) {
    console.log(`${result.guard}/${finding.rule}  ${finding.file}${finding.line > 0 ? `:${finding.line}` : ''}  ${finding.message}`);
  }
  if (result.failure !== undefined) console.log(`${result.guard}: the tool itself failed: ${result.failure}`);
  if (result.examined === 0) console.log(`${result.guard}: no source file was examined`);
  console.log(`${isPassed(result) ? 'pass' : 'FAIL'}  ${result.guard}: ${result.examined} files, ${result.findings.length} findings`);
}
