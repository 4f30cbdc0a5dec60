-- What the upper tier sees of each dossier, folded from the log behind the acknowledgement (decisions/0028). May be thrown away and made again.

-- How far each office's list is folded, and what is still to be folded anew behind that.
CREATE TABLE projections (
  office TEXT PRIMARY KEY,
  position BIGINT NOT NULL,              -- everything of the office up to here is folded
  office_position BIGINT NOT NULL,       -- where the last operation about the office itself stands up to there; 0: none yet
  generation BIGINT NOT NULL,            -- each rebuild begins another
  swept BIGINT NOT NULL,                 -- the generation whose rows of earlier ones are gone
  names TEXT NOT NULL                    -- JSON: [[effective from, name of the commune], …]
);

-- One row a dossier. No name, no address, no words of anybody.
CREATE TABLE dossiers (
  office TEXT NOT NULL,
  dossier TEXT NOT NULL,
  status TEXT NOT NULL,
  received_at BIGINT NOT NULL,
  due_at BIGINT,                         -- while the clock runs
  finished_at BIGINT,
  procedure_code TEXT NOT NULL,
  codes TEXT NOT NULL,                   -- JSON
  open_conflicts BIGINT NOT NULL,
  needs_review BIGINT NOT NULL,
  generation BIGINT NOT NULL,
  PRIMARY KEY (office, dossier)
) PARTITION BY HASH (office);
CREATE TABLE dossiers_0 PARTITION OF dossiers FOR VALUES WITH (MODULUS 8, REMAINDER 0);
CREATE TABLE dossiers_1 PARTITION OF dossiers FOR VALUES WITH (MODULUS 8, REMAINDER 1);
CREATE TABLE dossiers_2 PARTITION OF dossiers FOR VALUES WITH (MODULUS 8, REMAINDER 2);
CREATE TABLE dossiers_3 PARTITION OF dossiers FOR VALUES WITH (MODULUS 8, REMAINDER 3);
CREATE TABLE dossiers_4 PARTITION OF dossiers FOR VALUES WITH (MODULUS 8, REMAINDER 4);
CREATE TABLE dossiers_5 PARTITION OF dossiers FOR VALUES WITH (MODULUS 8, REMAINDER 5);
CREATE TABLE dossiers_6 PARTITION OF dossiers FOR VALUES WITH (MODULUS 8, REMAINDER 6);
CREATE TABLE dossiers_7 PARTITION OF dossiers FOR VALUES WITH (MODULUS 8, REMAINDER 7);
CREATE INDEX dossiers_open ON dossiers(office, due_at) WHERE status IN ('received', 'processing', 'waitingSupplement', 'waitingDuty');

-- Dossiers to be folded anew because somebody's roles or a device changed behind them.
CREATE TABLE refolds (
  office TEXT NOT NULL,
  dossier TEXT NOT NULL,
  PRIMARY KEY (office, dossier)
);

-- Dossiers that could not be folded, or, under the office's own id, the office. All others go on.
CREATE TABLE projection_faults (
  office TEXT NOT NULL,
  subject TEXT NOT NULL,
  why TEXT NOT NULL,                     -- kind and place of the fault, nothing of the content
  at_ms BIGINT NOT NULL,
  PRIMARY KEY (office, subject)
);

-- What each device said of itself the last time it was here.
CREATE TABLE device_contacts (
  office TEXT NOT NULL,
  device TEXT NOT NULL,
  contact_at BIGINT NOT NULL,
  program TEXT NOT NULL,
  log_end BIGINT NOT NULL,               -- where its own log ended; what is held is in `devices`
  oldest_unsent_at BIGINT,               -- when the first one that it had not handed up was written, by its clock
  PRIMARY KEY (office, device)
);

-- The last frame of a log that a device handed up and that was not taken in; gone once one of that log is.
CREATE TABLE quarantined_frames (
  office TEXT NOT NULL,
  sender TEXT NOT NULL,
  device TEXT NOT NULL,
  code TEXT NOT NULL,
  detail TEXT NOT NULL,
  first_at BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  tries BIGINT NOT NULL,
  PRIMARY KEY (office, sender, device)
);

ALTER TABLE frames ADD COLUMN taken_at BIGINT NOT NULL DEFAULT 0;

-- Is the room of what was erased given back already.
ALTER TABLE erased_subjects ADD COLUMN reclaimed BIGINT NOT NULL DEFAULT 0;
