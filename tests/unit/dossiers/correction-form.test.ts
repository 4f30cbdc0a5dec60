import { describe, expect, it } from 'vitest';
import { changesOf, correctableOf, diffRows, type Correctable } from '../../../src-renderer/features/dossiers/correction.ts';
import { papersAfterSupplement, splitPapers } from '../../../src-renderer/features/dossiers/supplement.ts';
import type { DossierContent, Paper } from '../../../src-shared/domain/dossiers/dossier-content.ts';

const paper = (name: string, changes: Partial<Paper> = {}): Paper => ({ name, original: 0, certified: 0, photo: 0, seen: false, missing: false, compulsory: true, ...changes });

const BEFORE: Correctable = {
  owner: { type: 'individual', name: 'Tẩn Mùi Mẩy', idKind: 'citizenId', idNumber: '010199000789', phone: '0900000218' },
  request: 'Xác nhận tình trạng hôn nhân',
  fields: { purpose: 'Kết hôn' },
  papers: [paper('Tờ khai', { original: 1 })],
  documents: [],
  sets: 1,
  channel: 'direct',
  delivery: { by: 'counter' },
  fee: { amount: { state: 'due', dong: 15_000 } },
  levy: { amount: { state: 'exempt', ground: 'Người nghèo' } },
};

describe('the form that corrects a dossier', () => {
  it('takes from the dossier what may be corrected and nothing else', () => {
    const content = { ...BEFORE, procedure: { code: '1.004873' }, appointment: {}, warnings: [] } as unknown as DossierContent;
    expect(correctableOf(content)).toEqual(BEFORE);
  });

  it('sends no field that reads the same once blanks around words are gone', () => {
    expect(changesOf(BEFORE, { ...BEFORE, request: '  Xác nhận tình trạng hôn nhân ', owner: { ...BEFORE.owner, email: '' } })).toEqual({});
  });

  it('sends whole fields, leaves out parts that were emptied, and takes an optional field away by null', () => {
    const before = { ...BEFORE, submitter: { type: 'individual' as const, name: 'Lò Văn Ín' } };
    const { submitter: _gone, ...rest } = before;
    expect(changesOf(before, { ...rest, owner: { ...BEFORE.owner, phone: '' } })).toEqual({
      owner: { type: 'individual', name: 'Tẩn Mùi Mẩy', idKind: 'citizenId', idNumber: '010199000789' },
      submitter: null,
    });
  });

  it('shows every part that changes, before and after, in words', () => {
    const after: Correctable = {
      ...BEFORE,
      owner: { ...BEFORE.owner, birthDate: '1999-08-09', phone: '' },
      fields: { purpose: 'Vay vốn' },
      papers: [paper('Tờ khai', { original: 1, photo: 2 }), paper('Căn cước', { seen: true })],
      fee: { amount: { state: 'exempt', ground: 'Trẻ em' } },
    };
    expect(diffRows(BEFORE, after, new Map([['purpose', 'Mục đích']])).map(({ label, before, after: fresh }) => [label, before, fresh])).toEqual([
      ['Chủ hồ sơ: Ngày sinh', 'để trống', '09/08/1999'],
      ['Chủ hồ sơ: Điện thoại', '0900000218', 'để trống'],
      ['Mục đích', 'Kết hôn', 'Vay vốn'],
      ['Giấy tờ: Tờ khai', '1 bản chính', '1 bản chính, 2 bản photo'],
      ['Giấy tờ: Căn cước', 'để trống', 'đã xem'],
      ['Phí', '15.000\u00a0đ', 'Miễn: Trẻ em'],
    ]);
  });

  it('shows nothing when nothing changes', () => {
    expect(diffRows(BEFORE, { ...BEFORE }, new Map())).toEqual([]);
  });
});

describe('papers brought after a request', () => {
  it('are read from one line, apart by semicolons', () => {
    expect(splitPapers(' Căn cước ;; Sổ hộ khẩu cũ; ')).toEqual(['Căn cước', 'Sổ hộ khẩu cũ']);
  });

  it('count as one original where none was counted, keep their counts otherwise, and new ones are added once', () => {
    const papers = [paper('Tờ khai', { original: 1 }), paper('Xác nhận của xã cũ', { missing: true }), paper('Giấy chứng sinh', { missing: true, photo: 1 })];
    expect(papersAfterSupplement(papers, ['xac nhan cua xa cu', 'Giấy chứng sinh', 'Căn cước', 'căn cước'])).toEqual([
      paper('Tờ khai', { original: 1 }),
      paper('Xác nhận của xã cũ', { original: 1 }),
      paper('Giấy chứng sinh', { photo: 1 }),
      paper('Căn cước', { original: 1, compulsory: false }),
    ]);
  });

  it('leave what was not brought as it was', () => {
    const papers = [paper('Xác nhận của xã cũ', { missing: true })];
    expect(papersAfterSupplement(papers, [])).toEqual(papers);
  });
});
