import { describe, expect, test } from 'vitest';
import { DRAFT_STEPS, liftDraft, type Draft, type DraftStep } from '../../../src-main/core/features/drafts/draft-migrations.ts';

const draft: Draft = { id: 'e58ed763-928c-4155-bee9-fdbaaadc15f3', form: 'receive', formVersion: 1, revision: 4, title: 'Khai sinh', savedAt: 5, data: { ownerName: 'Giàng A Páo' } };

/** A form that renamed a field and later put people into a list. */
const steps: Readonly<Record<'receive', readonly DraftStep[]>> = {
  receive: [
    ({ ownerName, ...rest }) => (typeof ownerName === 'string' ? { ...rest, owner: { name: ownerName } } : undefined),
    ({ owner, ...rest }) => ({ ...rest, people: [owner ?? null] }),
  ],
};

describe('lifting a draft to the newest form', () => {
  test('goes through every version in between and keeps everything else', () => {
    expect(liftDraft(draft, steps)).toEqual({ ...draft, formVersion: 3, data: { people: [{ name: 'Giàng A Páo' }] } });
  });

  test('begins at the version the draft was saved with', () => {
    const second: Draft = { ...draft, formVersion: 2, data: { owner: { name: 'Giàng A Páo' } } };
    expect(liftDraft(second, steps)).toEqual({ ...second, formVersion: 3, data: { people: [{ name: 'Giàng A Páo' }] } });
  });

  test('leaves the newest version and one of a newer program as they are', () => {
    for (const formVersion of [3, 9]) expect(liftDraft({ ...draft, formVersion }, steps)).toEqual({ ...draft, formVersion });
  });

  test('stops where the data cannot be understood, and loses nothing', () => {
    const odd: Draft = { ...draft, data: { ownerName: 5, note: 'giữ' } };
    expect(liftDraft(odd, steps)).toEqual(odd);
  });

  test('a draft of the form as it is now is not touched', () => {
    const now: Draft = { ...draft, formVersion: DRAFT_STEPS.receive.length + 1 };
    expect(liftDraft(now)).toEqual(now);
  });
});
