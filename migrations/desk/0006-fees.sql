-- Money of dossiers: a projection like those of 0002, for the cash sheet and the books of biên lai.

-- A line of the cash sheet, by the business day on which it was written.
CREATE TABLE fee_entries (
  date TEXT NOT NULL,
  device INTEGER NOT NULL REFERENCES names(no),
  seq INTEGER NOT NULL,
  dossier BLOB NOT NULL,
  officer INTEGER REFERENCES names(no),
  what TEXT NOT NULL,                    -- collected, refunded, exempted
  means TEXT,                            -- cash, transfer; NULL for an exemption
  counted INTEGER NOT NULL,              -- 0 once voided: listed, adds nothing
  charge INTEGER NOT NULL,               -- phí, whole dong
  levy INTEGER NOT NULL,                 -- lệ phí
  series TEXT,                           -- the biên lai that it used up
  number INTEGER,
  entry TEXT NOT NULL,                   -- the line as JSON
  PRIMARY KEY (date, device, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX fee_entries_by_dossier ON fee_entries(dossier);
CREATE INDEX fee_entries_by_receipt ON fee_entries(series, number) WHERE number IS NOT NULL;

-- Biên lai that two payments name: two desks wrote it apart. Never silent.
CREATE TABLE doubled_receipts (
  series TEXT NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (series, number)
) STRICT, WITHOUT ROWID;

-- What newer desks wrote about money before this program knew it is folded once more at the next start.
INSERT INTO desk_facts (name, value) SELECT 'rebuild', 'true' WHERE EXISTS (SELECT 1 FROM names WHERE text LIKE 'dossier.fee%') ON CONFLICT (name) DO UPDATE SET value = excluded.value;
