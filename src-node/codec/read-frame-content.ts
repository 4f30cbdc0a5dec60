import { isPlainObject } from '../../src-shared/lib/canonical-json.ts';
import { isIsoDate } from '../../src-shared/lib/office-time.ts';
import { integer, list, matching, nullable, object, optional, suchThat, text, type Reader } from '../../src-shared/lib/read-value.ts';
import { DEVICE_PATTERN, ID_PATTERN, INSTANT_MAX, KIND_PATTERN, REFERENCES_MAX, type FrameContent } from '../../src-shared/sync-protocol/frame.ts';
import { FRAME_OPERATIONS_MAX } from '../../src-shared/sync-protocol/limits.ts';

/**
 * The content of a frame as `frameContentSchema` has it, once more by hand: a list that is too long is refused before its
 * members are looked at, and nothing is said of the second fault, where zod keeps a note of each of millions.
 */
const device = matching(DEVICE_PATTERN);
const id = matching(ID_PATTERN);
const signature = matching(/^[\w-]{86}$/);
const hash = matching(/^[0-9a-f]{64}$/);

const reference: Reader<[string, number]> = pair(device, integer(1));
const stamp: Reader<[number, number]> = pair(integer(0, INSTANT_MAX), integer(0));

const operation = object({
  subject: id,
  kind: matching(KIND_PATTERN),
  version: integer(1),
  actor: nullable(id),
  at: stamp,
  wall: integer(-INSTANT_MAX, INSTANT_MAX),
  businessDate: suchThat(text(10), isIsoDate),
  after: list(reference, REFERENCES_MAX),
  // Any text: what it says is judged in the fold.
  body: nullable((value) => (typeof value === 'string' ? value : undefined)),
  commitment: optional(matching(/^[\w-]{43}$/)),
});

const content: Reader<FrameContent> = object({
  office: id,
  device,
  after: integer(0),
  head: object({ seq: integer(1), hash, signature }),
  keys: keysReader(),
  operations: list(operation, FRAME_OPERATIONS_MAX, 1),
});

export function readFrameContent(value: unknown): FrameContent | undefined {
  return content(value, 0);
}

function pair<A, B>(first: Reader<A>, second: Reader<B>): Reader<[A, B]> {
  return (value, depth) => {
    if (!Array.isArray(value) || value.length !== 2) return undefined;
    const [a, b] = [first(value[0], depth + 1), second(value[1], depth + 1)];
    return a === undefined || b === undefined ? undefined : [a, b];
  };
}

/** Subject -> key. */
function keysReader(): Reader<Record<string, string>> {
  const key = matching(/^[\w-]{22}$/);
  return (value, depth) => {
    if (!isPlainObject(value)) return undefined;
    const keys: Record<string, string> = {};
    for (const [subject, told] of Object.entries(value)) {
      // As zod does; no subject has this name.
      if (subject === '__proto__') continue;
      const read = id(subject, depth + 1) === undefined ? undefined : key(told, depth + 1);
      if (read === undefined) return undefined;
      keys[subject] = read;
    }
    return keys;
  };
}
