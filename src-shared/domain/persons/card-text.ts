import { isIsoDate } from '../../lib/office-time.ts';
import { foldVietnamese } from '../../lib/vietnamese-text.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { Person } from './person.ts';

/**
 * The text of the QR symbol on a citizen's card (domain.md §g): `số căn cước|số cũ|họ tên|ngày sinh|giới tính|nơi thường
 * trú|ngày cấp`, with four more, mostly empty, parts on cards since July 2024. The symbol is not signed, so what it says
 * is a proposal and proves nothing.
 *
 * `incomplete`: it begins like a card and something needed is not there; `notACard`: it does not begin like one.
 */
export type CardTextError = 'card.incomplete' | 'card.notACard';

export type CardPerson = Person & { readonly idNumber: string };

/** True for a text that may be the beginning of a card's symbol. */
export function looksLikeCard(text: string): boolean {
  return /^\d{9,12}\|/.test(cleaned(text));
}

/**
 * Reads a card by shape, not only by place, because some cards are said to hold the sex before the birth date: first the
 * twelve digits, then dates of eight digits, then the sex, then the first two texts. Empty parts are never dropped.
 */
export function parseCardText(text: string): Result<CardPerson, CardTextError> {
  if (!looksLikeCard(text)) return err('card.notACard');
  const parts = cleaned(text).split('|').map((part) => part.trim());
  const [idNumber = '', ...others] = parts;
  if (!/^\d{12}$/.test(idNumber)) return err('card.incomplete');
  const birthDate = others.map(cardDate).find((date) => date !== undefined);
  const sex = others.map(cardSex).find((found) => found !== undefined);
  const [name, address] = others.filter((part) => part !== '' && !/^\d+$/.test(part) && cardSex(part) === undefined);
  // The symbol ends with the day of issue; where that is missing the reading stopped half way, perhaps inside the address.
  const isWhole = others.filter((part) => cardDate(part) !== undefined).length >= 2;
  if (name === undefined || birthDate === undefined || sex === undefined || address === undefined || !isWhole) return err('card.incomplete');
  return ok({ type: 'individual', name, birthDate, sex, idKind: 'citizenId', idNumber, address, source: 'cardQr' });
}

/** Control characters and the byte order mark that scanners and cards add. */
function cleaned(text: string): string {
  return text.normalize('NFC').replace(/[\u0000-\u001F\u007F\uFEFF]/gu, '').trim();
}

/** `12031994` -> `1994-03-12`. */
function cardDate(part: string): string | undefined {
  const match = /^(\d{2})(\d{2})(\d{4})$/.exec(part);
  const date = match === null ? '' : `${match[3]}-${match[2]}-${match[1]}`;
  return isIsoDate(date) ? date : undefined;
}

function cardSex(part: string): 'male' | 'female' | undefined {
  const word = foldVietnamese(part);
  return word === 'nam' ? 'male' : word === 'nu' ? 'female' : undefined;
}
