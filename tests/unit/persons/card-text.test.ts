import { describe, expect, it } from 'vitest';
import { looksLikeCard, parseCardText } from '../../../src-shared/domain/persons/card-text.ts';

const CARD = '010094000123|073112345|Giàng A Páo|12031994|Nam|Thôn Háng Tâu, Nậm Khâu, Bát Xát, Lào Cai|05062021';

describe('the text of a card', () => {
  it('gives the person of a card with seven parts', () => {
    expect(parseCardText(CARD)).toEqual({
      ok: true,
      value: {
        type: 'individual', name: 'Giàng A Páo', birthDate: '1994-03-12', sex: 'male', idKind: 'citizenId', idNumber: '010094000123',
        address: 'Thôn Háng Tâu, Nậm Khâu, Bát Xát, Lào Cai', source: 'cardQr',
      },
    });
  });

  it('keeps an empty old number from shifting the rest', () => {
    const read = parseCardText(CARD.replace('073112345', ''));
    expect(read.ok && read.value.name).toBe('Giàng A Páo');
  });

  it('reads a card with eleven parts, and one with the sex before the birth date', () => {
    expect(parseCardText(`${CARD}||||`).ok).toBe(true);
    const swapped = parseCardText('010304000456||Lò Thị Mai|Nữ|08062004|Bản Phùng, Nậm Khâu|05062021');
    expect(swapped.ok && [swapped.value.sex, swapped.value.birthDate]).toEqual(['female', '2004-06-08']);
  });

  it('takes no half-read card, wherever the reading stopped', () => {
    for (let length = CARD.indexOf('|') + 1; length < CARD.length; length += 1) {
      expect(parseCardText(CARD.slice(0, length)), CARD.slice(0, length)).toEqual({ ok: false, error: 'card.incomplete' });
    }
  });

  it('does not take an ID number alone, or a sentence, for a card', () => {
    expect(looksLikeCard('010094000123')).toBe(false);
    expect(parseCardText('Giàng A Páo|Nam')).toEqual({ ok: false, error: 'card.notACard' });
  });

  it('drops the marks that scanners add', () => {
    const read = parseCardText(`\uFEFF${CARD}\r\n`);
    expect(read.ok && read.value.idNumber).toBe('010094000123');
  });
});
