-- The central server on SQLite. Every table of offices is led by the office, as on PostgreSQL, where that is the partition key.

CREATE TABLE server_facts (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A code that admits one office; kept as its SHA-256, so that whoever reads the table can admit nobody.
CREATE TABLE admission_codes (
  code_hash TEXT PRIMARY KEY,
  made_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_by TEXT
) STRICT, WITHOUT ROWID;

-- `position` is the end of the office's list. It moves under the row's lock, which is held until the commit.
CREATE TABLE offices (
  office TEXT PRIMARY KEY,
  public_key TEXT NOT NULL,
  admitted_at INTEGER NOT NULL,
  position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The end of each device's chain as held here. The key comes from the office's own operations.
CREATE TABLE devices (
  office TEXT NOT NULL,
  device TEXT NOT NULL,
  public_key TEXT NOT NULL,
  revoked INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (office, device)
) STRICT, WITHOUT ROWID;

-- One stretch as it was taken in, from `first_position` to `position`, with the signed head that vouches for it.
CREATE TABLE frames (
  office TEXT NOT NULL,
  position INTEGER NOT NULL,
  first_position INTEGER NOT NULL,
  device TEXT NOT NULL,
  seq INTEGER NOT NULL,
  hash BLOB NOT NULL,
  signature TEXT NOT NULL,
  PRIMARY KEY (office, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE operations (
  office TEXT NOT NULL,
  device TEXT NOT NULL,
  seq INTEGER NOT NULL,
  position INTEGER NOT NULL,
  subject TEXT NOT NULL,
  kind TEXT NOT NULL,
  version INTEGER NOT NULL,
  actor TEXT,
  at_ms INTEGER NOT NULL,
  at_counter INTEGER NOT NULL,
  wall INTEGER NOT NULL,
  business_date TEXT NOT NULL,
  after TEXT NOT NULL,                   -- JSON: [[device, seq], …]
  body BLOB,
  commitment BLOB NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (office, device, seq)
) STRICT;
CREATE INDEX operations_by_subject ON operations(office, subject);

-- Mostly one a subject; one that two desks began apart has a key of each.
CREATE TABLE subject_keys (
  office TEXT NOT NULL,
  subject TEXT NOT NULL,
  key BLOB NOT NULL,
  PRIMARY KEY (office, subject, key)
) STRICT, WITHOUT ROWID;

-- What the office erased: bodies and keys of these are never kept, however late and by whomever they come.
CREATE TABLE erased_subjects (
  office TEXT NOT NULL,
  subject TEXT NOT NULL,
  PRIMARY KEY (office, subject)
) STRICT, WITHOUT ROWID;
