import { existsSync } from 'node:fs';
import path from 'node:path';

const BUILT = path.join(import.meta.dirname, '../../out/console');

/** The page as `npm run build` made it; null before that. */
export const CONSOLE_PAGE_DIR = existsSync(path.join(BUILT, 'console.html')) ? BUILT : null;
