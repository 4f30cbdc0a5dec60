import { assert } from '../../src-shared/lib/assert.ts';
import type { ReadableDb, WritableDb } from '../db/sqlite.ts';

/** Texts that stand in every row of the log, kept once: devices, officers, kinds, the office. */
export interface Names {
  textOf(no: number): string;
  /** The number of a text that is known already, else undefined. */
  find(text: string): number | undefined;
  /** The number of a text, entered when it is new. Inside a transaction. */
  enter(db: WritableDb, text: string): number;
  /** Forgets what a rolled-back transaction entered. */
  reset(): void;
}

export function createNames(db: ReadableDb): Names {
  const noByText = new Map<string, number>();
  const textByNo = new Map<number, string>();
  const remember = (no: number, text: string) => {
    noByText.set(text, no);
    textByNo.set(no, text);
    return no;
  };
  const find = (text: string): number | undefined => {
    const known = noByText.get(text);
    if (known !== undefined) return known;
    const stored = db.value<number>('SELECT no FROM names WHERE text = ?', text);
    return stored === undefined ? undefined : remember(stored, text);
  };
  return {
    find,
    textOf: (no) => {
      const known = textByNo.get(no);
      if (known !== undefined) return known;
      const text = db.value<string>('SELECT text FROM names WHERE no = ?', no);
      assert(text !== undefined, `no name ${no}`);
      remember(no, text);
      return text;
    },
    enter: (writable, text) => find(text) ?? remember(writable.run('INSERT INTO names (text) VALUES (?)', text).lastInsertRowid, text),
    reset: () => {
      noByText.clear();
      textByNo.clear();
    },
  };
}
