/** Digits of a text in groups: `groupDigits('010094000123', [3, 3, 3, 3])` -> `010 094 000 123`; what is over comes last. */
export function groupDigits(digits: string, groups: readonly number[]): string {
  const pieces: string[] = [];
  let rest = digits;
  for (const size of groups) {
    if (rest === '') break;
    pieces.push(rest.slice(0, size));
    rest = rest.slice(size);
  }
  if (rest !== '') pieces.push(rest);
  return pieces.join(' ');
}

export function onlyDigits(text: string): string {
  return text.replace(/\D+/g, '');
}

/**
 * Reads a whole number as typed in Viet Nam, where the point groups thousands: `6.000`, `6000`, `6 000 đ` -> 6000.
 * A blank is undefined (not zero: "blank is not free"); null means that it cannot be read.
 */
export function parseWholeNumber(text: string): number | undefined | null {
  const typed = text.replace(/đ(?:ồng)?\s*$/iu, '').replace(/[\s.]/g, '');
  if (typed === '') return undefined;
  if (!/^\d{1,15}$/.test(typed)) return null;
  return Number(typed);
}

/**
 * Reads a time of day: `7`, `7:30`, `730`, `0730`, `7h30`, `7 giờ 30` -> minutes since midnight; undefined when blank,
 * null when it cannot be read.
 */
export function parseTimeInput(text: string): number | undefined | null {
  const typed = text.trim();
  if (typed === '') return undefined;
  const match = /^(\d{1,2})(?:\s*(?::|h|giờ|\.)?\s*(\d{2}))?\s*(?:h|giờ)?$/iu.exec(typed);
  if (match === null) return null;
  const hours = Number(match[1]);
  const minutes = Number(match[2] ?? '0');
  return hours < 24 && minutes < 60 ? hours * 60 + minutes : null;
}
