import { connectionOf, type ReadableDb } from '../../src-node/db/sqlite.ts';

/**
 * All that is projected, as plain rows without the numbers of `names`, to compare how two ways of projecting ended. Counters
 * at nothing count as absent. The tie-break within a dossier's row number (its last three digits) may differ.
 */
export function dumpProjections(db: ReadableDb): Readonly<Record<string, readonly unknown[]>> {
  connectionOf(db).exec("CREATE VIRTUAL TABLE IF NOT EXISTS temp.words_of_dossiers USING fts5vocab('main', 'dossier_words', 'instance')");
  return {
    dossiers: db.all(
      `SELECT hex(d.id) AS id, d.no / 1000 AS receivedAt, status, due_at, step_due_at, reasons, n.text AS holder, owner_key, procedure_code, open_conflicts, lacks_province_code, summary
       FROM dossiers d LEFT JOIN names n ON n.no = d.holder ORDER BY d.id`,
    ),
    register: db.all('SELECT hex(d.id) AS id, entry FROM register_entries r LEFT JOIN dossiers d ON d.no = r.no ORDER BY d.id'),
    changes: db.all('SELECT hex(dossier) AS id, at, n.text AS device, seq FROM dossier_changes c JOIN names n ON n.no = c.device ORDER BY at, n.text, seq'),
    fees: db.all('SELECT date, d.text AS device, seq, hex(dossier) AS id, o.text AS officer, what, means, counted, charge, levy, series, number, entry FROM fee_entries f JOIN names d ON d.no = f.device LEFT JOIN names o ON o.no = f.officer ORDER BY date, entry'),
    doubledReceipts: db.all('SELECT series, number FROM doubled_receipts ORDER BY series, number'),
    words: db.all('SELECT hex(d.id) AS id, w.term FROM temp.words_of_dossiers w LEFT JOIN dossiers d ON d.no = w.doc ORDER BY d.id, w.term'),
    counts: db.all('SELECT status, count FROM dossier_counts WHERE count <> 0 ORDER BY status'),
    numbers: db.all('SELECT kind, token, period, counter, n.text AS device, seq FROM issued_numbers i JOIN names n ON n.no = i.device ORDER BY kind, token, period, counter, n.text, seq'),
    doubled: db.all('SELECT kind, token, period, counter FROM doubled_numbers ORDER BY kind, token, period, counter'),
    uses: db.all('SELECT n.text AS officer, procedure_code, uses FROM procedure_uses u JOIN names n ON n.no = u.officer WHERE uses <> 0 ORDER BY n.text, procedure_code'),
  };
}
