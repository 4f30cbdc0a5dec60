/** Bugs that the simulation must find. Each is a change of the product's text as it is loaded; no switch for it is in the product. */
export interface SeededBug {
  readonly name: string;
  readonly patches: readonly Patch[];
}

interface Patch {
  /** From the root of the repository. */
  readonly file: string;
  /** Found exactly once, or the bug is no more what it was. */
  readonly find: string;
  readonly replace: string;
}

const INGEST = 'src-server/features/ingest/ingest-frame.ts';
const ANSWER = 'src-server/exchange/answer-exchange.ts';
const TAKE = 'src-main/core/features/sync/take-answer.ts';
const STATE = 'src-node/sync-engine/sync-state.ts';

export const SEEDED_BUGS: readonly SeededBug[] = [
  {
    // A position is taken first and committed later: a reader in between passes it over (decisions/0023).
    name: 'plainSequence',
    patches: [
      {
        file: INGEST,
        find: 'return ok(await db.transaction((writes) => takeIn(writes, office, content, nowMs)));',
        replace: `const taken = await db.transaction((writes) => writes.returning('UPDATE offices SET position = position + ? WHERE office = ? RETURNING position', content.operations.length, office));
    content.sequence = (taken?.position ?? 0) - content.operations.length;
    return ok(await db.transaction((writes) => takeIn(writes, office, content, nowMs)));`,
      },
      { file: INGEST, find: '{ position: admitted.position, nowMs }', replace: '{ position: content.sequence, nowMs }' },
      { file: INGEST, find: "await db.run('UPDATE offices SET position = ? WHERE office = ?', last, office);", replace: '' },
    ],
  },
  {
    name: 'acknowledgedBeforeCommit',
    patches: [
      {
        file: INGEST,
        find: 'return ok(await db.transaction((writes) => takeIn(writes, office, content, nowMs)));',
        replace: `void db.transaction((writes) => takeIn(writes, office, content, nowMs)).catch(() => undefined);
    return ok({ device, seq: content.head.seq, hash: Buffer.from(content.head.hash, 'hex') });`,
      },
      { file: ANSWER, find: 'const end = await getDevice(db, office, one);', replace: 'const end = taken.findLast((frame) => frame.device === one) ?? (await getDevice(db, office, one));' },
    ],
  },
  {
    name: 'noClockClamp',
    patches: [
      { file: 'src-shared/lib/hlc.ts', find: 'Math.floor(Math.min(wallMs, ceiling))', replace: 'Math.floor(wallMs)' },
      { file: 'src-shared/lib/hlc.ts', find: 'if (received.ms > trustedMs + CLAMP_AHEAD_MS) return last;', replace: '' },
    ],
  },
  {
    name: 'leansOnUnacknowledged',
    patches: [{ file: 'src-node/sync-engine/gather-frames.ts', find: 'operationsBefore(source, device, Math.min(held, after))', replace: 'operationsBefore(source, device, after)' }],
  },
  {
    name: 'frameNotShrunk',
    patches: [{ file: 'src-node/sync-engine/frame-bytes.ts', find: 'hadProgress ? link.frameBytes : clamp(link.frameBytes / 2, FRAME_BYTES_MIN, FRAME_BYTES_MAX)', replace: 'link.frameBytes' }],
  },
  {
    // A crash between the position and what it stands for loses the frames for good.
    name: 'cursorBeforeFrames',
    patches: [{ file: TAKE, find: 'let isNoted = false;', replace: 'let isNoted = false;\n  if (frames.length > 0) {\n    writeAlone(taking, noteAll);\n    await nextTurn();\n  }' }],
  },
  {
    name: 'epochIgnored',
    patches: [
      { file: ANSWER, find: 'words.cursor?.epoch === dep.identity.epoch ? words.cursor.position : 0', replace: 'words.cursor?.position ?? 0' },
      { file: TAKE, find: 'const isOtherLife = cursor !== null && cursor.epoch !== answer.epoch;', replace: 'const isOtherLife = false;' },
      { file: 'src-main/core/features/sync/exchange-once.ts', find: 'const isOtherLife = cursor !== null && cursor.epoch !== answer.epoch;', replace: 'const isOtherLife = false;' },
    ],
  },
  {
    // One refusal keeps a log back for good.
    name: 'refusedForGood',
    patches: [{ file: 'src-main/core/features/sync/exchange-once.ts', find: 'round.putAside.clear();\n    round.putAsideTriedMs', replace: 'round.putAsideTriedMs' }],
  },
  {
    // What came a second time is listed a second time.
    name: 'duplicateNotRecognised',
    patches: [
      { file: INGEST, find: 'if (head.seq <= known.seq) return { device, seq: known.seq, hash: known.hash };', replace: '' },
      { file: INGEST, find: 'operations.slice(known.seq - content.after)', replace: 'operations.slice()' },
      { file: 'src-server/log/operation-queries.ts', find: 'JSON.stringify(header.after.map((ref) => [ref.device, ref.seq])), body, commitment, hash,\n  ]));', replace: "JSON.stringify(header.after.map((ref) => [ref.device, ref.seq])), body, commitment, hash,\n  ]), { replaceBy: ['office', 'device', 'seq'] });" },
    ],
  },
  {
    name: 'revokedServed',
    patches: [{ file: 'src-server/exchange/recognise-sender.ts', find: "if (held.revoked === 0) return ok('full');", replace: "return ok('full');" }],
  },
  {
    // Two machines are one device: by numbers alone each passes for handed up.
    name: 'positionOverHash',
    patches: [
      { file: TAKE, find: 'return (held[desk.device] ?? 0) > seq || acknowledgements.some((one) => one.device === desk.device && one.seq <= seq && !isOurs(desk, one));', replace: 'return false;' },
      { file: TAKE, find: "return known !== undefined && Buffer.from(known).toString('hex') === hash;", replace: 'return true;' },
    ],
  },
  {
    name: 'timerLost',
    patches: [{ file: STATE, find: "return { state: { ...failed, phase: 'waiting' }, effects: [{ type: 'timer', ms: jittered(waitMs(code, failures), value) }] };", replace: "return { state: { ...failed, phase: 'waiting' }, effects: failures > 6 ? [] : [{ type: 'timer', ms: jittered(waitMs(code, failures), value) }] };" }],
  },
  {
    // A folder set back goes on under the old name and gives its numbers a second time.
    name: 'restoreNotNoticed',
    patches: [{ file: 'src-node/incarnation/incarnation-marker.ts', find: "if (marker.seq > found.lastSeq) return 'restoredOlder';\n  const isNonceKnown = found.nonce !== undefined && found.nonce !== '' && [marker.nonce, marker.previousNonce].includes(found.nonce);", replace: 'const isNonceKnown = true;' }],
  },
];
