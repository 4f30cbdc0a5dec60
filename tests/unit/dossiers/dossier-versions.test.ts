import { describe, expect, it } from 'vitest';
import { currentBodyReader, type BodyReader } from '../../../src-shared/domain/dossiers/dossier-acts.ts';
import { foldDossier } from '../../../src-shared/domain/dossiers/dossier-fold.ts';
import { dossierKindVersions } from '../../../src-shared/domain/dossiers/dossier-operations.ts';
import { buildBody } from '../../helpers/build-dossier-bodies.ts';
import { buildDossier, effectOf, OFFICERS } from '../../helpers/build-operations.ts';

/** A program in which taking up is at version 2 and also says a desk; version 1 had no desk. */
const newerReader: BodyReader = {
  versions: { ...dossierKindVersions, 'dossier.taken': 2 },
  upcast: (kind, version, body) => (kind === 'dossier.taken' && version === 1 ? { ...(body as object), desk: 'Quầy cũ' } : body),
  parse: (kind, body) => {
    if (kind !== 'dossier.taken') return currentBodyReader.parse(kind, body);
    const { desk, officer } = body as Record<string, unknown>;
    return { success: typeof desk === 'string', data: { officer, desk } };
  },
};

describe('operations of a newer program', () => {
  it('of an unknown kind are kept, change nothing and ask for an update', () => {
    const { desks } = buildDossier();
    const desk = desks[0]!;
    const strange = [desk.write('dossier.teleported', { to: 'x' }), desk.write('toString', {}), desk.write('__proto__', {})];
    const taken = desk.write('dossier.taken', buildBody('dossier.taken'));
    const dossier = desk.dossier()!;
    expect(dossier).toMatchObject({ needsUpdate: true, status: 'processing', conflicts: [] });
    for (const operation of strange) expect(effectOf(dossier, operation)).toBe('unknown');
    expect(effectOf(dossier, taken)).toBe('applied');
  });

  it('of a newer version are kept, and a newer program folds them, and the older ones lifted', () => {
    const { desks } = buildDossier();
    const desk = desks[0]!;
    const newer = desk.write('dossier.taken', { officer: OFFICERS.processing, desk: 'Quầy 2' }, { version: 2 });
    expect(desk.dossier()).toMatchObject({ needsUpdate: true, status: 'received', conflicts: [] });
    expect(effectOf(desk.dossier(), newer)).toBe('unknown');
    const updated = foldDossier(desk.about(), desk.office(), newerReader)!;
    expect(updated).toMatchObject({ needsUpdate: false, status: 'processing', holder: OFFICERS.processing });

    const other = buildDossier().desks[0]!;
    const older = other.write('dossier.taken', buildBody('dossier.taken'));
    const lifted = foldDossier(other.about(), other.office(), newerReader)!;
    expect(lifted.history.at(-1)).toMatchObject({ effect: 'applied', body: { officer: OFFICERS.processing, desk: 'Quầy cũ' } });
    expect(effectOf(lifted, older)).toBe('applied');
  });
});

describe('a dossier without its beginning', () => {
  it('is none until the reception arrives, and whole from then on', () => {
    const { desks, received } = buildDossier();
    const [one, two] = [desks[0]!, desks[1]!];
    one.write('dossier.taken', buildBody('dossier.taken'));
    two.known.delete(`${received.header.device}:${received.header.seq}`);
    two.learn(one.about().filter((operation) => operation !== received));
    expect(two.dossier()).toBeUndefined();
    two.learn(one);
    expect(two.dossier()).toEqual(one.dossier());
    expect(two.dossier()).toMatchObject({ status: 'processing', conflicts: [], missing: [] });
  });

  it('is none once its bodies are erased', () => {
    const { desks } = buildDossier();
    const erased = desks[0]!.about().map((operation) => ({ ...operation, body: undefined }));
    expect(foldDossier(erased, desks[0]!.office())).toBeUndefined();
  });
});
