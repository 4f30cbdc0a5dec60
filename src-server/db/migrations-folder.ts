import path from 'node:path';

/** Scripts of both databases, told apart by the end of their names. */
export const MIGRATIONS_FOLDER = path.join(import.meta.dirname, '../../migrations/central');
