import path from 'node:path';
import { listMigrations } from '../../src-node/db/run-migrations.ts';

/** Scripts of both databases, told apart by the end of their names. */
export const MIGRATIONS_FOLDER = path.join(import.meta.dirname, '../../migrations/central');

/** The schema that this program knows. */
export const SCHEMA_VERSION = listMigrations(MIGRATIONS_FOLDER, '.sqlite.sql').length;
