/**
 * Folds Vietnamese text for comparing and searching: no diacritics, đ = d, lower case. `Đặng Thị Ộ` -> `dang thi o`.
 * SQLite cannot do this itself (its tokenizers never fold đ), so every index and query goes through here.
 */
export function foldVietnamese(text: string): string {
  // Codes, numbers and phones have nothing to take apart.
  if (!/[^ -~]/.test(text)) return text.toLowerCase();
  return text.normalize('NFD').replace(/\p{M}+/gu, '').replace(/[đĐ]/g, 'd').toLowerCase();
}

/** The folded words of a text, in order: letters and digits only. */
export function foldedWords(text: string): string[] {
  return foldVietnamese(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}
