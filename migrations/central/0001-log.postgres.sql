-- The central server on PostgreSQL. Every table of offices is led by the office: the partition key, and the distribution column of a
-- distributed PostgreSQL.

CREATE TABLE server_facts (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
);

-- A code that admits one office; kept as its SHA-256, so that whoever reads the table can admit nobody.
CREATE TABLE admission_codes (
  code_hash TEXT PRIMARY KEY,
  made_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_by TEXT
);

-- `position` is the end of the office's list. It moves under the row's lock, which is held until the commit.
CREATE TABLE offices (
  office TEXT PRIMARY KEY,
  public_key TEXT NOT NULL,
  admitted_at BIGINT NOT NULL,
  position BIGINT NOT NULL
);

-- The end of each device's chain as held here. The key comes from the office's own operations.
CREATE TABLE devices (
  office TEXT NOT NULL,
  device TEXT NOT NULL,
  public_key TEXT NOT NULL,
  revoked BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  hash BYTEA NOT NULL,
  PRIMARY KEY (office, device)
);

-- One stretch as it was taken in, from `first_position` to `position`, with the signed head that vouches for it.
CREATE TABLE frames (
  office TEXT NOT NULL,
  position BIGINT NOT NULL,
  first_position BIGINT NOT NULL,
  device TEXT NOT NULL,
  seq BIGINT NOT NULL,
  hash BYTEA NOT NULL,
  signature TEXT NOT NULL,
  PRIMARY KEY (office, position)
);

CREATE TABLE operations (
  office TEXT NOT NULL,
  device TEXT NOT NULL,
  seq BIGINT NOT NULL,
  position BIGINT NOT NULL,
  subject TEXT NOT NULL,
  kind TEXT NOT NULL,
  version BIGINT NOT NULL,
  actor TEXT,
  at_ms BIGINT NOT NULL,
  at_counter BIGINT NOT NULL,
  wall BIGINT NOT NULL,
  business_date TEXT NOT NULL,
  after TEXT NOT NULL,                   -- JSON: [[device, seq], …]
  body BYTEA,
  commitment BYTEA NOT NULL,
  hash BYTEA NOT NULL,
  PRIMARY KEY (office, device, seq)
) PARTITION BY HASH (office);
CREATE TABLE operations_0 PARTITION OF operations FOR VALUES WITH (MODULUS 8, REMAINDER 0);
CREATE TABLE operations_1 PARTITION OF operations FOR VALUES WITH (MODULUS 8, REMAINDER 1);
CREATE TABLE operations_2 PARTITION OF operations FOR VALUES WITH (MODULUS 8, REMAINDER 2);
CREATE TABLE operations_3 PARTITION OF operations FOR VALUES WITH (MODULUS 8, REMAINDER 3);
CREATE TABLE operations_4 PARTITION OF operations FOR VALUES WITH (MODULUS 8, REMAINDER 4);
CREATE TABLE operations_5 PARTITION OF operations FOR VALUES WITH (MODULUS 8, REMAINDER 5);
CREATE TABLE operations_6 PARTITION OF operations FOR VALUES WITH (MODULUS 8, REMAINDER 6);
CREATE TABLE operations_7 PARTITION OF operations FOR VALUES WITH (MODULUS 8, REMAINDER 7);
CREATE INDEX operations_by_subject ON operations(office, subject);

-- Mostly one a subject; one that two desks began apart has a key of each.
CREATE TABLE subject_keys (
  office TEXT NOT NULL,
  subject TEXT NOT NULL,
  key BYTEA NOT NULL,
  PRIMARY KEY (office, subject, key)
);

-- What the office erased: bodies and keys of these are never kept, however late and by whomever they come.
CREATE TABLE erased_subjects (
  office TEXT NOT NULL,
  subject TEXT NOT NULL,
  PRIMARY KEY (office, subject)
);
