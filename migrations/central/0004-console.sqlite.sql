-- Administrators of the server and what they did. None of this is an office's: on a distributed database these are reference tables.

CREATE TABLE administrators (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL UNIQUE,          -- without marks and case: how a name is found again
  password TEXT NOT NULL,                -- JSON: bytes wrapped under Argon2id
  made_at INTEGER NOT NULL,
  retired_at INTEGER
) STRICT, WITHOUT ROWID;

-- Kept as the SHA-256 of the token, so that whoever reads the table is signed in nowhere.
CREATE TABLE administrator_sessions (
  token_hash TEXT PRIMARY KEY,
  administrator TEXT NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A code of one use by which somebody becomes administrator; with a name, that one alone.
CREATE TABLE set_up_codes (
  code_hash TEXT PRIMARY KEY,
  name_key TEXT,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Of every name that was typed, whether there is such an administrator or not: the answer tells nobody which.
CREATE TABLE sign_in_tries (
  name_hash TEXT PRIMARY KEY,
  wrong INTEGER NOT NULL,
  locked_for INTEGER NOT NULL,
  locked_since INTEGER NOT NULL,
  tried_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE administrator_acts (
  id TEXT PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  by_name TEXT NOT NULL,
  kind TEXT NOT NULL,
  office TEXT,
  about TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX administrator_acts_newest ON administrator_acts(at_ms);

-- Desks that an administrator of the server stopped. What the office itself stops is an operation of its own.
CREATE TABLE stopped_desks (
  office TEXT NOT NULL,
  desk TEXT NOT NULL,
  by_name TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (office, desk)
) STRICT, WITHOUT ROWID;

ALTER TABLE admission_codes ADD COLUMN note TEXT;
ALTER TABLE admission_codes ADD COLUMN made_by TEXT;

-- Published for desks to take; the text as it was published.
CREATE TABLE published_packs (
  hash TEXT PRIMARY KEY,
  pack TEXT NOT NULL,
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  valid_from TEXT NOT NULL,
  valid_to TEXT,
  published_at INTEGER NOT NULL,
  published_by TEXT NOT NULL,
  text TEXT NOT NULL,
  UNIQUE (pack, id, version)
) STRICT, WITHOUT ROWID;
