-- The text of a published pack as it travels (zstd), made once: offsets into it must mean the same at every process.
ALTER TABLE published_packs ADD COLUMN packed BLOB;

-- How each desk said that the published packs stand there.
CREATE TABLE desk_packs (
  office TEXT NOT NULL,
  device TEXT NOT NULL,
  hash TEXT NOT NULL,
  state TEXT NOT NULL,
  code TEXT,
  told_at INTEGER NOT NULL,
  PRIMARY KEY (office, device, hash)
) STRICT, WITHOUT ROWID;
