import { Dexie, type EntityTable } from 'dexie';

/**
 * The browser's own store, for the last second before the core has it (design §4) and for what a form remembers on this
 * machine. Every row is sealed with AES-GCM by a key that the core gives after sign-in, so the profile on disk shows
 * neither a name nor a number; only ids of drafts and officers stand open.
 */
interface SealedRow {
  readonly id: string;
  readonly officer: string;
  /** Grows with every change of a draft; 0 for what is merely remembered. */
  readonly revision: number;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly sealed: ArrayBuffer;
}

export interface OpenedRow {
  readonly id: string;
  readonly revision: number;
  readonly data: unknown;
}

export interface SealedStore {
  readonly put: (id: string, revision: number, data: unknown) => Promise<void>;
  /** Takes the row away unless a newer one stands there. */
  readonly removeUpTo: (id: string, revision: number) => Promise<void>;
  readonly get: (id: string) => Promise<OpenedRow | undefined>;
  /** Rows of this officer; what cannot be opened any more (another key) is left alone. */
  readonly list: () => Promise<readonly OpenedRow[]>;
}

type SealedTable = EntityTable<SealedRow, 'id'>;

const IV_BYTES = 12;
let database: (Dexie & { readonly rows: SealedTable }) | undefined;

function openDatabase(): Dexie & { readonly rows: SealedTable } {
  if (database !== undefined) return database;
  // Strict: a finished write is on the disk, not in a cache that a power cut takes along.
  const opened = new Dexie('motcua', { chromeTransactionDurability: 'strict' }) as Dexie & { readonly rows: SealedTable };
  opened.version(1).stores({ rows: 'id, officer' });
  database = opened;
  return opened;
}

/** `bufferKey`: 32 bytes as base64url, the same for this officer until the desk is reset. */
export async function openSealedStore(officer: string, bufferKey: string): Promise<SealedStore> {
  const { rows } = openDatabase();
  const key = await crypto.subtle.importKey('raw', fromBase64Url(bufferKey), 'AES-GCM', false, ['encrypt', 'decrypt']);
  const open = async (row: SealedRow): Promise<OpenedRow | undefined> => {
    try {
      const bytes = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: row.iv, additionalData: bound(row) }, key, row.sealed);
      return { id: row.id, revision: row.revision, data: JSON.parse(new TextDecoder().decode(bytes)) as unknown };
    } catch {
      // Another officer's row or one of an earlier desk: its key is gone, and so is what it says.
      return undefined;
    }
  };
  return {
    async put(id, revision, data) {
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
      const content = new TextEncoder().encode(JSON.stringify(data));
      const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: bound({ id, officer, revision }) }, key, content);
      await rows.put({ id, officer, revision, iv, sealed });
    },
    async removeUpTo(id, revision) {
      await openDatabase().transaction('rw', rows, async () => {
        const row = await rows.get(id);
        if (row !== undefined && row.revision <= revision) await rows.delete(id);
      });
    },
    async get(id) {
      const row = await rows.get(id);
      return row === undefined || row.officer !== officer ? undefined : open(row);
    },
    async list() {
      const own = await rows.where('officer').equals(officer).toArray();
      const opened = await Promise.all(own.map(open));
      return opened.filter((row) => row !== undefined);
    },
  };
}

/** A row moved to another id, officer or revision does not open. */
function bound({ id, officer, revision }: Pick<SealedRow, 'id' | 'officer' | 'revision'>): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${officer}\n${id}\n${revision}`);
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
  return Uint8Array.from(plain, (character) => character.charCodeAt(0));
}
