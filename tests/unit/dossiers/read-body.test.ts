import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DOSSIER_KINDS, dossierBodySchemas, type DossierKind } from '../../../src-shared/domain/dossiers/dossier-operations.ts';
import { readDossierBody } from '../../../src-shared/domain/dossiers/read-dossier-body.ts';
import { isCanonicalValue } from '../../../src-shared/lib/canonical-json.ts';
import { NUMBERED_ACTS, type FormNumber } from '../../../src-shared/domain/numbers/form-number.ts';
import { anyJson, arbitraryOf, mutated } from '../../helpers/arbitrary-of-schema.ts';
import { buildBody } from '../../helpers/build-dossier-bodies.ts';
import { isLongRun } from '../../helpers/long-run.ts';

/** The rule that the readers by hand stand for: canonical JSON, and what the schema makes of it. */
function byZod(kind: DossierKind, body: unknown): unknown {
  return isCanonicalValue(body) ? dossierBodySchemas[kind].safeParse(body).data : undefined;
}

/** Also in the order of keys: lists and prints of both must be the same bytes. */
function isSame(told: unknown, read: unknown): boolean {
  return isDeepStrictEqual(read, told) && JSON.stringify(read) === JSON.stringify(told);
}

/** Of an act whose form bears a number. */
function numberOf(kind: DossierKind): { readonly formNumber?: FormNumber } {
  const form = Object.hasOwn(NUMBERED_ACTS, kind) ? NUMBERED_ACTS[kind as keyof typeof NUMBERED_ACTS] : undefined;
  return form === undefined ? {} : { formNumber: { number: { kind: form, token: '1', period: '2026', counter: 3 }, text: '1-003/PXL' } };
}

const picks = fc.record({ place: fc.nat(), what: fc.nat(), strange: fc.nat() });
const changes = fc.array(picks, { maxLength: 3 });

describe.each(DOSSIER_KINDS)('a body of %s read by hand', (kind) => {
  const wellFormed = fc.constantFrom(buildBody(kind, 0), buildBody(kind, 1), { ...(buildBody(kind, 0) as object), ...numberOf(kind) });
  const start = fc.oneof({ weight: 3, arbitrary: wellFormed }, { weight: 4, arbitrary: arbitraryOf(dossierBodySchemas[kind]) }, { weight: 1, arbitrary: anyJson });

  it('is what the schema makes of it, whatever it is', () => {
    const counts = { accepted: 0, refused: 0 };
    fc.assert(fc.property(start, changes, (body, all) => {
      const given = all.reduce<unknown>((value, one) => mutated(value, one), body);
      const told = byZod(kind, given);
      counts[told === undefined ? 'refused' : 'accepted'] += 1;
      return isSame(told, readDossierBody(kind, given));
    }), { numRuns: RUNS });
    // The test has a point only while both happen often.
    expect(counts.accepted).toBeGreaterThan(RUNS / 20);
    expect(counts.refused).toBeGreaterThan(RUNS / 20);
  });
});

const RUNS = isLongRun ? 20_000 : 400;
