-- A dossier that two desks began apart (both imported one file) has a key of each: `subject_keys` holds the one this desk
-- writes with, and here stands what others wrote with.
CREATE TABLE other_subject_keys (
  subject BLOB NOT NULL,
  key BLOB NOT NULL,
  PRIMARY KEY (subject, key)
) STRICT, WITHOUT ROWID;
