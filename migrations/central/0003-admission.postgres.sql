-- Who founded each office is named at its admission; offices that were admitted before are asked by what they hold.

ALTER TABLE offices ADD COLUMN founder_device TEXT;
ALTER TABLE offices ADD COLUMN founder_key TEXT;
UPDATE offices SET founder_device = (SELECT device FROM operations o WHERE o.office = offices.office AND o.subject = offices.office AND o.kind = 'office.established' ORDER BY position LIMIT 1);
UPDATE offices SET founder_key = (SELECT public_key FROM devices d WHERE d.office = offices.office AND d.device = offices.founder_device);

-- Until when a desk that was stopped may still hand up what it has.
CREATE TABLE rescue_windows (
  office TEXT NOT NULL,
  desk TEXT NOT NULL,
  until BIGINT NOT NULL,
  PRIMARY KEY (office, desk)
);
