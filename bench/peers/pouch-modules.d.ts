/** As much of two peers' packages as the benches use; neither has types of its own. */
declare module 'pouchdb' {
  export interface PouchDocument {
    readonly _id: string;
    readonly _rev?: string;
    readonly [field: string]: unknown;
  }
  export interface PouchDatabase {
    bulkDocs(documents: readonly PouchDocument[]): Promise<readonly { readonly id: string; readonly rev: string }[]>;
    info(): Promise<{ readonly doc_count: number }>;
    readonly replicate: { to(remote: PouchDatabase, options: { readonly batch_size: number; readonly batches_limit: number }): Promise<unknown> };
  }
  export interface PouchClass {
    new (name: string, options?: { readonly fetch?: (url: string, options: object) => Promise<unknown>; readonly skip_setup?: boolean }): PouchDatabase;
    defaults(options: { readonly prefix: string }): PouchClass;
    fetch(url: string, options: object): Promise<unknown>;
  }
  const PouchDB: PouchClass;
  export default PouchDB;
}

declare module 'express-pouchdb' {
  import type { RequestListener } from 'node:http';
  import type { PouchClass } from 'pouchdb';
  const expressPouch: (pouch: PouchClass, options: { readonly mode: 'minimumForPouchDB'; readonly inMemoryConfig: boolean; readonly logPath: string }) => RequestListener;
  export default expressPouch;
}
