import { assert } from '../../lib/assert.ts';

const DIGITS = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín'] as const;
const SCALES = ['', ' nghìn', ' triệu', ' tỷ'] as const;
/** How the nought before the last digit is read: `một trăm linh năm` in the north, `một trăm lẻ năm` in the south. */
export const ZERO_TENS_WORDS = ['linh', 'lẻ'] as const;
export type ZeroTensWord = (typeof ZERO_TENS_WORDS)[number];
const WORDS_DONG_MAX = 999_999_999_999;

/** Whole dong as screens and papers show them: `6.000 đ` (settled.md 15). */
export function formatDong(dong: number): string {
  assertDong(dong);
  return `${String(dong).replace(/\B(?=(\d{3})+$)/g, '.')} đ`;
}

/** Whole dong in words for a paper's "Bằng chữ": 6000 -> `Sáu nghìn đồng`. At most 999.999.999.999 đ. */
export function dongInWords(dong: number, zeroTens: ZeroTensWord = 'linh'): string {
  assertDong(dong);
  assert(dong <= WORDS_DONG_MAX, 'an amount in words stays below a thousand billion dong');
  const words = `${numberInWords(dong, zeroTens)} đồng`;
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function numberInWords(value: number, zeroTens: ZeroTensWord): string {
  if (value === 0) return DIGITS[0];
  const groups: string[] = [];
  for (let scale = 3; scale >= 0; scale -= 1) {
    const group = Math.floor(value / 1_000 ** scale) % 1_000;
    // Groups after the first are read with their hundreds ("không trăm linh năm"), else 1.005 would sound like 1.500.
    if (group > 0) groups.push(groupInWords(group, groups.length > 0, zeroTens) + (SCALES[scale] ?? ''));
  }
  return groups.join(' ');
}

function groupInWords(group: number, withHundreds: boolean, zeroTens: ZeroTensWord): string {
  const hundreds = Math.floor(group / 100);
  const tens = Math.floor(group / 10) % 10;
  const ones = group % 10;
  const words: string[] = [];
  if (hundreds > 0 || withHundreds) words.push(`${digit(hundreds)} trăm`);
  if (tens > 1) words.push(`${digit(tens)} mươi`);
  else if (tens === 1) words.push('mười');
  else if (ones > 0 && words.length > 0) words.push(zeroTens);
  if (ones > 0) words.push(onesInWords(ones, tens));
  return words.join(' ');
}

function onesInWords(ones: number, tens: number): string {
  if (ones === 5 && tens > 0) return 'lăm';
  if (ones === 1 && tens > 1) return 'mốt';
  if (ones === 4 && tens > 1) return 'tư';
  return digit(ones);
}

function digit(value: number): string {
  const word = DIGITS[value];
  assert(word !== undefined, 'a decimal digit');
  return word;
}

function assertDong(dong: number): void {
  assert(Number.isSafeInteger(dong) && dong >= 0, 'an amount is a whole number of dong, zero or more');
}
