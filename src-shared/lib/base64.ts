const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUE_BY_LETTER = new Map([...ALPHABET].map((letter, value) => [letter, value]));

/** The bytes of standard base64 in the one spelling there is (padded, no blanks); undefined for anything else. */
export function bytesFromBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0) return undefined;
  const letters = text.replace(/={1,2}$/, '');
  const bytes = new Uint8Array(Math.floor((letters.length * 3) / 4));
  let bits = 0;
  let bitCount = 0;
  let length = 0;
  for (const letter of letters) {
    const value = VALUE_BY_LETTER.get(letter);
    if (value === undefined) return undefined;
    bits = ((bits << 6) | value) & 0xffff;
    bitCount += 6;
    if (bitCount < 8) continue;
    bitCount -= 8;
    bytes[length] = (bits >> bitCount) & 0xff;
    length += 1;
  }
  // What is left over must be nothing, or two texts would mean the same bytes.
  const isOneSpelling = (bits & ((1 << bitCount) - 1)) === 0 && bitCount < 6;
  return isOneSpelling ? bytes : undefined;
}

export function base64FromBytes(bytes: Uint8Array): string {
  let text = '';
  for (let index = 0; index < bytes.length; index += 3) {
    const [first = 0, second, third] = [bytes[index], bytes[index + 1], bytes[index + 2]];
    const bits = (first << 16) | ((second ?? 0) << 8) | (third ?? 0);
    text += ALPHABET[bits >> 18]! + ALPHABET[(bits >> 12) & 63]!;
    text += (second === undefined ? '=' : ALPHABET[(bits >> 6) & 63]!) + (third === undefined ? '=' : ALPHABET[bits & 63]!);
  }
  return text;
}
