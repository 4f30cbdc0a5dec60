import { z } from 'zod';

/** What moves or hides the letters around it: control characters and the marks that turn the direction of writing. */
const MISLEADING = /[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u;
/** Characters that show nothing; some of them count as letters. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;

/**
 * A name that people read on screens and papers. It must show something, and it must stand on paper as it was typed: an
 * invisible name cannot be told from none, and a turned one reads as another person's. Messages are Vietnamese sentences.
 */
export function writtenNameSchema(lengthMax: number, missing: string) {
  return z
    .string()
    .trim()
    .min(1, missing)
    .max(lengthMax)
    .refine(isUpright, 'Tên có ký tự ẩn không in được. Xóa ô này rồi gõ lại.')
    .refine((name) => /[\p{L}\p{N}]/u.test(name.replace(INVISIBLE, '')), missing);
}

/** The name of a person, an organisation or an officer: at least one letter of it can be seen. */
export function personNameSchema(lengthMax: number) {
  const missing = 'Chưa có họ tên.';
  return writtenNameSchema(lengthMax, missing).refine(hasLetter, missing);
}

/** What `personNameSchema` asks of a text, its length apart. */
export function isPersonName(name: string): boolean {
  return isUpright(name) && hasLetter(name);
}

function isUpright(name: string): boolean {
  return !MISLEADING.test(name);
}

function hasLetter(name: string): boolean {
  return /\p{L}/u.test(name.replace(INVISIBLE, ''));
}
