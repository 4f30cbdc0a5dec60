-- What the server is known to hold of each log, and what it has signed for. `held` falls when a restored server says so; a
-- signature stays.
CREATE TABLE sync_logs (
  device INTEGER PRIMARY KEY REFERENCES names(no),
  held INTEGER NOT NULL DEFAULT 0,
  acknowledged INTEGER NOT NULL DEFAULT 0,
  signature TEXT
) STRICT;

-- What could not be taken in, one row a stretch: here (`down`, with its bytes, tried again when more has come) or there (`up`).
CREATE TABLE sync_quarantine (
  no INTEGER PRIMARY KEY,
  direction TEXT NOT NULL CHECK (direction IN ('up', 'down')),
  device TEXT NOT NULL,
  seq INTEGER NOT NULL,
  code TEXT NOT NULL,
  detail TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  codec TEXT,
  frame BLOB
) STRICT;
CREATE UNIQUE INDEX sync_quarantine_by_stretch ON sync_quarantine(direction, device, seq);
