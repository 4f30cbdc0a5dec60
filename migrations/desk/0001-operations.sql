-- The desk's database. The log (operations, subject_keys, devices) is the truth; what stands in 0002 can be thrown away
-- and folded again. Texts that repeat in every row (devices, officers, kinds) are kept once in `names`.

CREATE TABLE names (
  no INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
) STRICT;

-- Rows are never changed; `body` alone becomes NULL when a subject is erased. Header columns give back the exact header.
CREATE TABLE operations (
  position INTEGER PRIMARY KEY,          -- order of arrival on this desk
  device INTEGER NOT NULL REFERENCES names(no),
  seq INTEGER NOT NULL,
  subject BLOB NOT NULL,                 -- UUID, 16 bytes
  kind INTEGER NOT NULL REFERENCES names(no),
  version INTEGER NOT NULL,
  office INTEGER NOT NULL REFERENCES names(no),
  actor INTEGER REFERENCES names(no),
  at_ms INTEGER NOT NULL,
  at_counter INTEGER NOT NULL,
  wall INTEGER NOT NULL,
  business_date TEXT NOT NULL,
  after TEXT NOT NULL,                   -- "device seq" pairs: "3 17" or "3 17,5 2"
  body BLOB,
  commitment BLOB NOT NULL,              -- HMAC-SHA-256(subject key, body)
  hash BLOB NOT NULL                     -- SHA-256(prev || header || commitment)
) STRICT;
CREATE UNIQUE INDEX operations_by_device ON operations(device, seq);
CREATE INDEX operations_by_subject ON operations(subject);

-- 16 random bytes born with the subject. Deleting one and the bodies erases; the chain still verifies.
CREATE TABLE subject_keys (
  subject BLOB PRIMARY KEY,
  key BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- The end of each device's chain as known here, and the last head that its key has signed.
CREATE TABLE devices (
  device INTEGER PRIMARY KEY REFERENCES names(no),
  seq INTEGER NOT NULL,
  hash BLOB NOT NULL,
  signed_seq INTEGER NOT NULL,
  signed_hash BLOB,
  signature TEXT
) STRICT;

-- What this desk alone knows: its device, its private keys, the office's key, its clock's anchor.
CREATE TABLE desk_facts (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
