import { describe, expect, it } from 'vitest';
import { foldedWords, foldVietnamese } from '../../../src-shared/lib/vietnamese-text.ts';

describe('folding Vietnamese text', () => {
  it('drops every diacritic of the alphabet, composed or decomposed, in either case', () => {
    const letters = 'aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ';
    const folded = 'a'.repeat(18) + 'e'.repeat(12) + 'i'.repeat(6) + 'o'.repeat(18) + 'u'.repeat(12) + 'y'.repeat(6);
    for (const text of [letters, letters.toUpperCase(), letters.normalize('NFD')]) expect(foldVietnamese(text)).toBe(folded);
  });

  it('reads đ and Đ as d, which decomposition alone does not', () => {
    expect(foldVietnamese('Đặng Thị Ộ')).toBe('dang thi o');
    expect(foldVietnamese('đĐ')).toBe('dd');
  });

  it('gives words of letters and digits only', () => {
    expect(foldedWords('  Giàng A-Páo (015079), thôn Nậm Khâu/2 ')).toEqual(['giang', 'a', 'pao', '015079', 'thon', 'nam', 'khau', '2']);
    expect(foldedWords('…—')).toEqual([]);
  });
});
