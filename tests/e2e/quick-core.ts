import { runCore } from '../../src-main/run-core.ts';
import { QUICK_PASSWORDS } from '../helpers/quick-passwords.ts';

/** The core as users run it, but for the half second that each password takes. */
process.exitCode = await runCore(process.argv.slice(2), { passwordParameters: QUICK_PASSWORDS });
