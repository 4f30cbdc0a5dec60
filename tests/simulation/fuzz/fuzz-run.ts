/** `npm run test:fuzz [-- --runs N --seed S]`: hostile inputs for server and desk. Exit 1 when a promise did not hold. */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { runFuzz } from './fuzz-series.ts';

const MEMORY_FOLDER = '/dev/shm';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } } });
// Databases in memory where there is such a folder: nothing is cut off here, so nothing need reach a disk.
if (existsSync(MEMORY_FOLDER)) process.env['TMPDIR'] = MEMORY_FOLDER;
const seed = Number(values.seed);
const report = await runFuzz({ runs: Number(values.runs), seed, tell: (line) => console.log(line) });
const total = { ...report, outcomes: Object.fromEntries([...report.outcomes].sort().map(([family, codes]) => [family, Object.fromEntries([...codes].sort((a, b) => b[1] - a[1]))])) };
console.log(JSON.stringify(total, null, 1));
const isClean = report.findings.length === 0 && report.unsignedAccepted === 0 && report.signedFolded * 2 >= report.signed;
console.log(isClean ? 'FUZZ PASSED' : `FUZZ FAILED: repeat with -- --seed ${seed}`);
process.exitCode = isClean ? 0 : 1;
