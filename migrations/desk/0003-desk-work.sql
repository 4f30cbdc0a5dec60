-- Work of this desk that is no operation: it stays here and is not rebuilt.

CREATE TABLE drafts (
  id TEXT PRIMARY KEY,
  officer TEXT NOT NULL,
  form TEXT NOT NULL,
  form_version INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  title TEXT NOT NULL,
  data TEXT NOT NULL,
  saved_at INTEGER NOT NULL,
  dropped_at INTEGER                     -- thrown away or received: nothing is left in it but that a late save comes too late
) STRICT, WITHOUT ROWID;
CREATE INDEX drafts_kept ON drafts(officer, saved_at) WHERE dropped_at IS NULL;
CREATE INDEX drafts_dropped ON drafts(dropped_at) WHERE dropped_at IS NOT NULL;

-- A paper that is due. It keeps its form's version and data, so a reprint in 2029 looks like 2026.
CREATE TABLE print_jobs (
  no INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  dossier BLOB,
  act TEXT NOT NULL,                     -- operation id of the act whose paper this is
  form TEXT NOT NULL,
  form_version TEXT NOT NULL,
  size TEXT NOT NULL,
  reprint INTEGER NOT NULL,
  amended INTEGER NOT NULL,
  data TEXT NOT NULL,
  copies TEXT NOT NULL,                  -- [{copy, outcome, reportedAt}]
  waiting INTEGER NOT NULL,              -- 1 while a copy's outcome is open
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX print_jobs_by_dossier ON print_jobs(dossier);
CREATE INDEX print_jobs_waiting ON print_jobs(no) WHERE waiting = 1;

-- What a request was answered first, so that a replay is answered the same (rule 2).
CREATE TABLE answers (
  key TEXT PRIMARY KEY,
  call TEXT NOT NULL,
  request BLOB NOT NULL,                 -- SHA-256 of the request, to tell a replay from a key used twice
  answer TEXT NOT NULL
) STRICT, WITHOUT ROWID;
