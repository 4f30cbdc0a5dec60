/** Papers that belong to no dossier: nothing of them is an act, so they are told apart by what stands on them. */
import type { WritableDb } from '../../../../src-node/db/sqlite.ts';
import { CASH_SHEET_VERSION } from '../../../../src-shared/forms/cash-sheet/cash-sheet.ts';
import { isSameQuestion, isSameSheet, type CashSheetData } from '../../../../src-shared/forms/cash-sheet/cash-sheet-data.ts';
import { closeJob, insertPrintJob, listSheetJobs, type PrintJob } from './print-job-queries.ts';

type SheetJob = PrintJob & { readonly form: 'cashSheet' };

/**
 * The job of a sheet that says this: the one that is still due, else a copy of the one that is out, else an original. A sheet
 * of the same days that waits with other sums is waited for no more, so nobody signs for yesterday's sum (rule 8).
 */
export function dueSheetJob(db: WritableDb, data: CashSheetData): PrintJob {
  const sheets = listSheetJobs(db);
  const same = sheets.filter((job) => isSameSheet(job.data, data));
  const due = same.find(({ isDue }) => isDue);
  if (due) return due;
  for (const job of sheets) if (job.isDue && isSameQuestion(job.data, data)) closeJob(db, job.id);
  return same.some(isOut) ? copyOf(db, same, data.printedAt) : insertSheet(db, data, CASH_SHEET_VERSION);
}

/** A copy of that very sheet, word for word, that says so. */
export function reprintSheet(db: WritableDb, sheet: SheetJob, printedAt: number): PrintJob {
  return copyOf(db, listSheetJobs(db).filter((job) => isSameSheet(job.data, sheet.data)), printedAt);
}

function copyOf(db: WritableDb, same: readonly SheetJob[], printedAt: number): PrintJob {
  const first = same.at(-1)!;
  return insertSheet(db, { ...first.data, printedAt, reprint: Math.max(...same.map(({ reprint }) => reprint)) + 1 }, first.formVersion);
}

function insertSheet(db: WritableDb, data: CashSheetData, formVersion: string): PrintJob {
  return insertPrintJob(db, {
    dossier: null, act: null, form: 'cashSheet', formVersion, size: 'A4', copies: ['keep'], reprint: data.reprint, amended: 0, data, createdAt: data.printedAt,
  });
}

function isOut({ copies }: SheetJob): boolean {
  return copies.some(({ outcome }) => outcome === 'printed');
}
