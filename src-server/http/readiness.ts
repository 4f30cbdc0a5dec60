import { SCHEMA_VERSION } from '../db/migrations-folder.ts';
import type { ServerDb } from '../db/server-db.ts';

export type Readiness = 'ready' | 'closing' | 'databaseAway' | 'otherSchema';

/** May requests be sent to this process: its database answers, and nobody has changed the schema to one that it does not know. */
export async function readinessOf(db: ServerDb, isClosing: boolean): Promise<Readiness> {
  if (isClosing) return 'closing';
  try {
    return (await db.schemaVersion()) === SCHEMA_VERSION ? 'ready' : 'otherSchema';
  } catch {
    // Whatever it is that the database says, it does not serve.
    return 'databaseAway';
  }
}
