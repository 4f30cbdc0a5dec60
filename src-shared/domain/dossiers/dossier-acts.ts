import { isCanonicalValue } from '../../lib/canonical-json.ts';
import type { CausalOrder } from '../operations/causal-order.ts';
import { operationId, type Operation, type OperationHeader, type OperationId } from '../operations/operation.ts';
import { dossierKindVersions, isDossierKind, type DossierBody, type DossierKind } from './dossier-operations.ts';
import { readDossierBody } from './read-dossier-body.ts';

/** An operation read for folding: its body understood, or why not. */
export interface Act {
  readonly position: number;
  readonly id: OperationId;
  readonly header: OperationHeader;
  readonly kind: DossierKind;
  /** The parsed body at this program's version; undefined with a fault. */
  readonly body: unknown;
  readonly fault: 'unknown' | 'malformed' | 'erased' | null;
}

/**
 * What a program version understands: the newest version per kind, and how an older body becomes the next version's.
 * Operations are never rewritten; upcasting runs on read (design §1).
 */
export interface BodyReader {
  readonly versions: Readonly<Record<string, number>>;
  /** Is given bodies as they were written, not validated. */
  readonly upcast: (kind: DossierKind, version: number, body: unknown) => unknown;
  /** Refuses what canonical JSON cannot hold as well. */
  readonly parse: (kind: DossierKind, body: unknown) => { readonly success: boolean; readonly data?: unknown };
}

export const currentBodyReader: BodyReader = {
  versions: dossierKindVersions,
  // Every kind is at version 1 so far: nothing to lift yet.
  upcast: (_kind, _version, body) => body,
  parse: (kind, body) => {
    const data = readDossierBody(kind, body);
    return { success: data !== undefined, data };
  },
};

export function readActs(order: CausalOrder, reader: BodyReader): Act[] {
  return order.operations.map((operation, position) => readAct(operation, position, reader));
}

type Reading = Pick<Act, 'body' | 'fault'>;

/**
 * What this program made of a body. The same one is read when an act is asked for, when it is written and whenever a screen
 * asks the fold, and reading is the fold's dearest part.
 */
const readings = new WeakMap<object, Reading & Pick<OperationHeader, 'kind' | 'version'>>();

/** Reads one operation; `position` is its place in the fold's order. */
export function readAct(operation: Operation, position: number, reader: BodyReader): Act {
  const { header } = operation;
  return { position, id: operationId(header), header, kind: header.kind as DossierKind, ...readingOf(operation, reader) };
}

/**
 * Spares reading a body that this program has just made out of parts that were read before. It must be exactly what reading
 * it would give: a projection made now and one made again from the log may not differ (rule 14).
 */
export function noteWellFormed<K extends DossierKind>(kind: K, body: DossierBody<K>): void {
  readings.set(body, { kind, version: dossierKindVersions[kind], body, fault: null });
}

function readingOf(operation: Operation, reader: BodyReader): Reading {
  const { header: { kind, version }, body } = operation;
  if (reader !== currentBodyReader || typeof body !== 'object' || body === null) return readBody(operation, reader);
  const known = readings.get(body);
  if (known?.kind === kind && known.version === version) return { body: known.body, fault: known.fault };
  const reading = readBody(operation, reader);
  readings.set(body, { kind, version, ...reading });
  return reading;
}

function readBody({ header, body }: Operation, reader: BodyReader): Reading {
  const newest = reader.versions[header.kind];
  if (!isDossierKind(header.kind) || newest === undefined || header.version > newest) return { body: undefined, fault: 'unknown' };
  if (body === undefined) return { body: undefined, fault: 'erased' };
  // What another program wrote may hold what canonical JSON cannot (a float, half a surrogate pair, bottomless nesting): asked
  // before it is lifted; a body that needs no lifting is asked by `parse`, along with everything else.
  if (header.version < newest && !isCanonicalValue(body)) return { body: undefined, fault: 'malformed' };
  const parsed = reader.parse(header.kind, reader.upcast(header.kind, header.version, body));
  return parsed.success ? { body: parsed.data, fault: null } : { body: undefined, fault: 'malformed' };
}
