import { describe, expect, it } from 'vitest';
import { whyNot } from '../../../src-shared/domain/dossiers/dossier-fold.ts';
import { DOSSIER_KINDS, DOSSIER_PERMISSIONS, type DossierKind } from '../../../src-shared/domain/dossiers/dossier-operations.ts';
import { ROLES } from '../../../src-shared/domain/officers/officer.ts';
import type { OfficerId } from '../../../src-shared/lib/ids.ts';
import { buildBody } from '../../helpers/build-dossier-bodies.ts';
import { effectOf, idOf, OFFICERS, openConflicts } from '../../helpers/build-operations.ts';
import { BASES, basesOf, contextOf, isLegal, startFrom, whyNotKind } from '../../helpers/legal-bases.ts';

const BIRTHS: readonly DossierKind[] = ['dossier.received', 'dossier.imported'];
const baseOf = (kind: DossierKind) => (kind === 'dossier.undone' ? BASES.find((base) => base.status === 'processing')! : basesOf(kind)[0]!);

describe.each(DOSSIER_KINDS)('%s', (kind) => {
  const desk = startFrom(baseOf(kind)).desks[0]!;
  const allowed = DOSSIER_PERMISSIONS[kind];
  const denied = ROLES.filter((role) => !allowed.includes(role));

  it('takes effect where it is legal, by an officer with the roles', () => {
    expect(isLegal(desk, kind, kind === 'dossier.imported' ? { actor: OFFICERS.admin } : {})).toBe(true);
  });

  it.each(denied)('is denied to an officer who is only %s', (role) => {
    expect(whyNotKind(desk, kind, { actor: OFFICERS[role] })).toBe('notPermitted');
  });

  it('is denied to nobody, to a stranger and to an unknown desk', () => {
    expect(whyNotKind(desk, kind, { actor: null })).toBe('notPermitted');
    expect(whyNotKind(desk, kind, { actor: 'eeeeeeee-0000-4000-8000-000000000099' as OfficerId })).toBe('notPermitted');
    const operation = desk.write(kind, buildBody(kind, 0, contextOf(desk)));
    const others = desk.about().filter((other) => other !== operation);
    const stranger = { ...operation, header: { ...operation.header, device: 'd9' as typeof operation.header.device } };
    expect(whyNot(others, stranger, desk.office())).toBe('unknownDevice');
    desk.known.delete(`${operation.header.device}:${operation.header.seq}`);
  });

  it.each(allowed)('is open to an officer who is only %s', (role) => {
    // Undoing and taking money back ask for the author or the leader besides the role.
    const ofAnother = role === 'leader' ? null : kind === 'dossier.undone' ? 'badUndo' : kind === 'dossier.feeVoided' ? 'notPermitted' : null;
    expect(whyNotKind(desk, kind, { actor: OFFICERS[role] })).toBe(ofAnother);
  });
});

describe('a reception that nobody may have written', () => {
  it.each(BIRTHS)('is there to be seen, and does not count (%s)', (kind) => {
    const desk = startFrom(BASES[0]!).desks[0]!;
    const written = desk.write(kind, buildBody(kind), { actor: OFFICERS.leader });
    expect(effectOf(desk.dossier(), written)).toBe('illegal');
    expect(openConflicts(desk.dossier())).toMatchObject([{ reason: 'notPermitted', operations: [idOf(written)] }]);
  });
});
