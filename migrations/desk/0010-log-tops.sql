-- Of a log whose older part has not come yet: where its known end begins (`base`, signed by its device, decisions/0032) and how far
-- that goes. `devices` holds what is contiguous from the first operation on; the row goes once that has reached the base.
CREATE TABLE log_tops (
  device INTEGER PRIMARY KEY REFERENCES names(no),
  base_seq INTEGER NOT NULL,
  base_hash BLOB NOT NULL,
  seq INTEGER NOT NULL,
  hash BLOB NOT NULL,
  signed_seq INTEGER NOT NULL,
  signed_hash BLOB NOT NULL,
  signature TEXT NOT NULL
) STRICT;
