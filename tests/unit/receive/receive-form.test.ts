import { describe, expect, it } from 'vitest';
import { parseCopies, rememberPages } from '../../../src-renderer/features/receive/receive-documents.ts';
import { emptyForm, readDraftForm, RECEIVE_FORM_VERSION, type PaperRow } from '../../../src-renderer/features/receive/receive-form.ts';
import { chooseAlternative, missingNames, needsOf, papersToSend, tickCompulsory } from '../../../src-renderer/features/receive/receive-papers.ts';

const row = (part: Partial<PaperRow>): PaperRow => ({
  id: 'a', name: 'Tờ khai', requirement: 'compulsory', note: '', isHere: false, isShown: false, original: 1, certified: 0, photo: 0, ...part,
});
const ROWS = [
  row({ id: 'form' }),
  row({ id: 'land', name: 'Sổ đỏ', requirement: 'alternative', group: 'house' }),
  row({ id: 'rent', name: 'Hợp đồng thuê', requirement: 'alternative', group: 'house' }),
  row({ id: 'proxy', name: 'Ủy quyền', requirement: 'conditional', note: 'Khi nộp thay' }),
];

describe('papers of the form', () => {
  it('counts alternatives as one need, met by any of them', () => {
    expect(needsOf(ROWS).map(({ id, isMet }) => [id, isMet])).toEqual([['form', false], ['house', false]]);
    expect(missingNames(chooseAlternative(ROWS, 'rent', true))).toEqual(['Tờ khai']);
    expect(missingNames(ROWS)).toEqual(['Tờ khai', 'Sổ đỏ hoặc Hợp đồng thuê']);
  });

  it('ticks with one key all that is compulsory, and leaves a choice that was made', () => {
    const chosen = tickCompulsory(chooseAlternative(ROWS, 'rent', true));
    expect(chosen.filter(({ isHere }) => isHere).map(({ id }) => id)).toEqual(['form', 'rent']);
    expect(tickCompulsory(ROWS).filter(({ isHere }) => isHere).map(({ id }) => id)).toEqual(['form', 'land']);
  });

  it('takes only one of two alternatives', () => {
    const both = chooseAlternative(chooseAlternative(ROWS, 'land', true), 'rent', true);
    expect(both.filter(({ isHere }) => isHere).map(({ id }) => id)).toEqual(['rent']);
  });

  it('sends what is missing as missing and says nothing of conditional papers that are not here', () => {
    expect(papersToSend(chooseAlternative(ROWS, 'land', true)).map(({ name, missing }) => [name, missing])).toEqual([['Tờ khai', true], ['Sổ đỏ', false]]);
  });
});

describe('documents to certify', () => {
  it.each([['3', { copies: 3 }], ['2x3', { pages: 2, copies: 3 }], ['2 × 3', { pages: 2, copies: 3 }], ['', { copies: undefined }], ['2x', { pages: 2, copies: undefined }]])('reads %j', (text, read) => {
    expect(parseCopies(text)).toEqual(read);
  });

  it.each(['ba', '0', '0x3', '2x0', '-1', '2x3x4'])('does not guess %j', (text) => {
    expect(parseCopies(text)).toBeNull();
  });

  it('remembers the pages typed last', () => {
    const once = rememberPages({ 'Học bạ': 14 }, [{ id: '1', name: 'Học bạ', pages: 18, copies: 1 }, { id: '2', name: '', pages: null, copies: null }]);
    expect(once).toEqual({ 'Học bạ': 18 });
  });
});

describe('a draft of the form', () => {
  it('comes back as it was kept, and one of another version is not misread', () => {
    const form = { ...emptyForm({ idempotencyKey: 'k', openedAt: 5 }), procedureCode: '1.001193', papers: ROWS };
    const kept: unknown = JSON.parse(JSON.stringify(form));
    expect(readDraftForm(kept, RECEIVE_FORM_VERSION)).toEqual(form);
    expect(readDraftForm(kept, RECEIVE_FORM_VERSION + 1)).toBeUndefined();
    expect(readDraftForm({ owner: 'x' }, RECEIVE_FORM_VERSION)).toBeUndefined();
  });
});
