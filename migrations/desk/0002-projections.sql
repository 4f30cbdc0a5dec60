-- Projections: folded from the log, dropped and rebuilt by `npm run rebuild`.

-- `no` is the minute of reception in milliseconds * 1000 + a tie-break, so the newest reception has the highest rowid.
CREATE TABLE dossiers (
  no INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  status TEXT NOT NULL,
  due_at INTEGER,                        -- UTC ms while the clock runs; NULL when paused, closed or without a date
  holder INTEGER REFERENCES names(no),
  owner_key TEXT,
  procedure_code TEXT NOT NULL,
  open_conflicts INTEGER NOT NULL,
  summary TEXT NOT NULL                  -- the list row as JSON
) STRICT;
-- Open work is small and stays in memory, however many years lie behind it.
CREATE INDEX dossiers_open ON dossiers(status, due_at, no, holder, owner_key, procedure_code) WHERE status IN ('received', 'processing', 'waitingSupplement', 'waitingDuty', 'finished');
CREATE INDEX dossiers_conflicts ON dossiers(no) WHERE open_conflicts > 0;

-- Folded words of names, codes, ID numbers and phones; rowid = dossiers.no. A beginning of up to six letters has its own list
-- of rowids, which is read from its newest end until a page is full; without one ("nguyen") every hit would be gathered first.
CREATE VIRTUAL TABLE dossier_words USING fts5(words, content='', contentless_delete=1, detail=none, prefix='1 2 3 4 5 6', tokenize='unicode61 remove_diacritics 0');
-- One page of words in one page of the file: the default is larger than what encryption leaves of 4096 bytes, and took two.
INSERT INTO dossier_words(dossier_words, rank) VALUES('pgsz', 3950);

CREATE TABLE dossier_counts (
  status TEXT PRIMARY KEY,
  count INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Every number ever issued, from which the next one, gaps and doubles are read.
CREATE TABLE issued_numbers (
  kind TEXT NOT NULL,
  token TEXT NOT NULL,
  period TEXT NOT NULL,
  counter INTEGER NOT NULL,
  device INTEGER NOT NULL REFERENCES names(no),
  seq INTEGER NOT NULL,
  PRIMARY KEY (kind, token, period, counter, device, seq)
) STRICT, WITHOUT ROWID;

-- Numbers that were issued more than once: two machines on one token, or one folder opened twice. Never silent.
CREATE TABLE doubled_numbers (
  kind TEXT NOT NULL,
  token TEXT NOT NULL,
  period TEXT NOT NULL,
  counter INTEGER NOT NULL,
  PRIMARY KEY (kind, token, period, counter)
) STRICT, WITHOUT ROWID;

-- How often an officer received a procedure: the nine tiles.
CREATE TABLE procedure_uses (
  officer INTEGER NOT NULL REFERENCES names(no),
  procedure_code TEXT NOT NULL,
  uses INTEGER NOT NULL,
  PRIMARY KEY (officer, procedure_code)
) STRICT, WITHOUT ROWID;
