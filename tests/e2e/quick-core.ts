import { runCore } from '../../src-main/run-core.ts';
import { QUICK_PASSWORDS } from '../helpers/quick-passwords.ts';
import { toldClock } from './told-clock.ts';

/**
 * The core as users run it, but for the half second that each password takes. With `--clock <UTC milliseconds>` before its own
 * arguments it goes by a clock that stands still until the test moves it.
 */
const [flag, startMs, ...rest] = process.argv.slice(2);
const isTold = flag === '--clock';
process.exitCode = await runCore(isTold ? rest : process.argv.slice(2), { passwordParameters: QUICK_PASSWORDS, ...(isTold && { clock: toldClock(Number(startMs)), builtAtMs: 0 }) });
