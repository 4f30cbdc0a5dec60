-- Packs that the upper tier has published, as this desk was told, with their bytes as far as they have come. What the office uses is in its log.
CREATE TABLE offered_packs (
  hash TEXT PRIMARY KEY,
  server TEXT NOT NULL,                   -- whose list it stands in
  pack TEXT NOT NULL,
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  valid_from TEXT NOT NULL,
  valid_to TEXT,
  published_at INTEGER NOT NULL,
  size INTEGER NOT NULL,                  -- bytes under zstd
  signature TEXT NOT NULL,
  packed BLOB NOT NULL,
  is_checked INTEGER NOT NULL,            -- it is whole and was read
  code TEXT,                              -- why it cannot be used here, judged by `program`
  detail TEXT,
  program TEXT NOT NULL
) STRICT;
