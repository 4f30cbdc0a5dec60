import { describe, expect, it } from 'vitest';
import { dossierDue } from '../../../src-renderer/text/dossier-due.ts';
import { markDigits } from '../../../src-renderer/ui/mark-digits.ts';
import { officeInstant } from '../../../src-shared/lib/office-time.ts';

const DUE = officeInstant('2026-11-20', 17 * 60);
const at = (date: string, minute = 9 * 60) => officeInstant(date, minute);

describe('how a dossier stands against its appointment', () => {
  it('goes by the day, as the counters do: a minute past the hour it is still due today', () => {
    expect(dossierDue({ status: 'processing', dueAt: DUE }, at('2026-11-20', 17 * 60 + 1))).toEqual({ tone: 'today', words: 'Hôm nay, 17:00' });
    expect(dossierDue({ status: 'processing', dueAt: DUE }, at('2026-11-21', 0))).toEqual({ tone: 'over', words: 'Quá hạn 1 ngày' });
    expect(dossierDue({ status: 'received', dueAt: DUE }, at('2026-11-17'))).toEqual({ tone: 'early', words: 'Thứ Sáu 20/11' });
  });

  it('is never overdue while the clock stands or no day was promised', () => {
    expect(dossierDue({ status: 'waitingSupplement', dueAt: DUE }, at('2026-12-20')).tone).toBe('pause');
    expect(dossierDue({ status: 'received', dueAt: null }, at('2026-12-20')).words).toBe('Chưa hẹn ngày');
  });

  it('is judged by the day of the result, however late the citizen came for it', () => {
    const returned = (finishedAt: number) => dossierDue({ status: 'returned', dueAt: DUE, finishedAt }, at('2026-12-20'));
    expect(returned(at('2026-11-19'))).toEqual({ tone: 'early', words: 'Đã trả, trước hạn' });
    expect(returned(at('2026-11-20', 18 * 60))).toEqual({ tone: 'ontime', words: 'Đã trả, đúng hạn' });
    expect(returned(at('2026-11-23'))).toEqual({ tone: 'over', words: 'Đã trả, quá hạn 3 ngày' });
  });
});

describe('marking typed digits', () => {
  const marked = (text: string, query: string) => markDigits(text, query).filter((piece) => piece.isMatch).map((piece) => piece.text);

  it('finds them whatever stands between, in the text and in what was typed', () => {
    expect(marked('H99.27-261120-2017', '2017')).toEqual(['2017']);
    expect(marked('H99.27-261120-2017', '1120 20')).toEqual(['1120-20']);
    expect(marked('010 094 000 123', '094000')).toEqual(['094 000']);
    expect(marked('H99.27-261120-2017', 'h99.27-26')).toEqual(['H99.27-26']);
  });

  it('keeps the whole text, and marks nothing for words or for one or two digits', () => {
    expect(markDigits('010 094 000 123', '094000').map((piece) => piece.text).join('')).toBe('010 094 000 123');
    expect(marked('010 094 000 123', '01')).toEqual([]);
    expect(marked('Giàng A Páo', 'pao')).toEqual([]);
    expect(marked('010 094 000 123', '777')).toEqual([]);
  });
});
