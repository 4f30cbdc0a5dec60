-- Projections for whoever leads and for the register; folded from the log like those of 0002.

-- A line of the register (sổ theo dõi) as JSON, with the row number of its dossier: the newest reception is the highest.
CREATE TABLE register_entries (
  no INTEGER PRIMARY KEY,
  entry TEXT NOT NULL
) STRICT;
-- Sums over a period without reading its rows.
CREATE INDEX dossiers_register ON dossiers(no, status, procedure_code, holder);

-- Voids and corrections in effect, for the leader to look at; read from the newest end.
CREATE TABLE dossier_changes (
  at INTEGER NOT NULL,                   -- UTC ms as the office counts: business date and minute
  device INTEGER NOT NULL REFERENCES names(no),
  seq INTEGER NOT NULL,
  dossier BLOB NOT NULL,
  PRIMARY KEY (at, device, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX dossier_changes_by_dossier ON dossier_changes(dossier);

-- Dossiers of before are folded once more at the next start.
INSERT INTO desk_facts (name, value) SELECT 'rebuild', 'true' WHERE EXISTS (SELECT 1 FROM dossiers) ON CONFLICT (name) DO UPDATE SET value = excluded.value;
