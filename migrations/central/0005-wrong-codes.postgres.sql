-- Wrong admission codes of all processes, so that several of them allow no more than one: how many came since when, from an address (as a
-- keyed hash that names nobody) and, under the empty name, from all together.
CREATE TABLE wrong_codes (
  source TEXT PRIMARY KEY,
  since_ms BIGINT NOT NULL,
  wrong BIGINT NOT NULL
);
