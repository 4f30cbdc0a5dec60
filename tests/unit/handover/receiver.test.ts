import { describe, expect, it } from 'vitest';
import type { DossierView } from '../../../src-shared/contract/dossier-views.ts';
import { peopleOf } from '../../../src-shared/domain/dossiers/dossier-people.ts';
import { openConflictIds, receiverOfCard } from '../../../src-renderer/features/handover/receiver.ts';

const owner = { type: 'individual', name: 'Lò Văn Ín', idNumber: '010071000640' } as const;

function view(content: object, conflicts: readonly object[] = []): DossierView {
  return { content: { owner, ...content }, conflicts } as unknown as DossierView;
}

describe('who may come for a result', () => {
  it('is whoever stood at the counter first, then the owner, then the authorised person', () => {
    const submitter = { type: 'individual', name: 'Lò Thị Mai', relation: 'con' } as const;
    const authorised = { type: 'individual', name: 'Vàng A Chư', authorisation: 'Giấy ủy quyền' } as const;
    expect(peopleOf({ owner, submitter, authorised })).toEqual([
      { is: 'submitter', person: { type: 'individual', name: 'Lò Thị Mai' } },
      { is: 'owner', person: owner },
      { is: 'authorised', person: { type: 'individual', name: 'Vàng A Chư' } },
    ]);
  });

  it('is offered once when one person has two roles', () => {
    expect(peopleOf({ owner, submitter: { ...owner, relation: 'chính chủ' } }).map(({ is }) => is)).toEqual(['submitter']);
  });

  it('is known by the number of the card, by the name where the dossier has no number, and else is somebody else', () => {
    const known = peopleOf({ owner, submitter: { type: 'individual', name: 'Lò Thị Mai' } });
    expect(receiverOfCard(known, { name: 'Lò Văn Ìn', idNumber: '010071000640' })?.is).toBe('owner');
    expect(receiverOfCard(known, { name: 'LÒ THỊ MAI', idNumber: '010304000456' })?.is).toBe('submitter');
    expect(receiverOfCard(known, { name: 'Lò Văn Ín', idNumber: '010071000641' })).toBeUndefined();
  });

  it('is told of the conflicts that nobody has settled, and only of those', () => {
    expect(openConflictIds(view({}, [{ id: 'a', settledBy: null }, { id: 'b', settledBy: 'Đặng Văn Lâm' }]))).toEqual(['a']);
  });
});
