/** Every refusal that crosses the wire as `{ error: { code, detail } }`, with its HTTP status and whether trying again can help. */
export const SYNC_ERRORS = {
  'sync.malformed': { status: 400, retry: false },
  'sync.tooLarge': { status: 413, retry: false },
  'sync.protocol': { status: 426, retry: false },
  'sync.unknownOffice': { status: 403, retry: false },
  'sync.unknownDevice': { status: 403, retry: false },
  /** Stopped by its own office. */
  'sync.revoked': { status: 403, retry: false },
  /** Stopped by whoever runs the server. */
  'sync.stopped': { status: 403, retry: false },
  'sync.badSignature': { status: 401, retry: false },
  /** Training offices have data of their own, and it stays there (rule 11). */
  'sync.training': { status: 403, retry: false },
  'sync.badCode': { status: 403, retry: false },
  /** Wrong codes came so often that none is looked at for a while. */
  'sync.tooManyTries': { status: 429, retry: false },
  'sync.busy': { status: 503, retry: true },
  'sync.unexpected': { status: 500, retry: true },
} as const satisfies Record<string, { readonly status: number; readonly retry: boolean }>;
export type SyncErrorCode = keyof typeof SYNC_ERRORS;

/** Why one frame was not taken in, beside the codes above; whatever a program of another version says is kept and shown as it is. */
export const FRAME_ERRORS = [
  'frame.malformed', 'frame.tooLarge', 'frame.otherDictionary',
  'branch.foreignOffice', 'branch.unknownDevice', 'branch.ownDevice', 'branch.badSignature', 'branch.badChain', 'branch.gap', 'branch.tooLarge',
] as const;
