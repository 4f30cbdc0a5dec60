/**
 * Digits as commands, kept apart from a scanner, which is a keyboard that begins with digits (ux.md §4): a digit picks
 * only when it stands alone, that is when nothing came in the `quietMs` before it and nothing follows within `quietMs`.
 */
export interface DigitPick {
  /** Tell every key that reaches the list. True: the key was a digit and is taken. */
  readonly onKey: (key: string) => boolean;
  /** True while characters follow each other as fast as a scanner types; an Enter now ends a scan and chooses nothing. */
  readonly isBurst: () => boolean;
  /** Forget a waiting digit, as when the list loses the focus. */
  readonly cancel: () => void;
}

export const DIGIT_QUIET_MS = 80;

export function createDigitPick(pick: (digit: number) => void, quietMs: number = DIGIT_QUIET_MS): DigitPick {
  let waiting: number | undefined;
  let charactersInRow = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function settle(): void {
    const digit = waiting;
    waiting = undefined;
    charactersInRow = 0;
    timer = undefined;
    if (digit !== undefined) pick(digit);
  }

  return {
    onKey(key) {
      // Modifier keys and arrows have long names and are not characters; a scanner presses Shift for capitals.
      if (key.length !== 1) return false;
      charactersInRow += 1;
      const isDigit = /^\d$/.test(key);
      waiting = isDigit && charactersInRow === 1 ? Number(key) : undefined;
      if (timer !== undefined) clearTimeout(timer);
      timer = setTimeout(settle, quietMs);
      return isDigit;
    },
    isBurst: () => charactersInRow > 1,
    cancel() {
      if (timer !== undefined) clearTimeout(timer);
      timer = undefined;
      waiting = undefined;
      charactersInRow = 0;
    },
  };
}
