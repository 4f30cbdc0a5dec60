-- What was received here and has no code of the province yet, oldest first: a small index however many years lie behind it.
ALTER TABLE dossiers ADD COLUMN lacks_province_code INTEGER NOT NULL DEFAULT 0;

-- Without a number of its own a dossier was imported; the first code tells.
UPDATE dossiers SET lacks_province_code = 1
  WHERE status <> 'voided' AND json_extract(summary, '$.codes[0].system') = 'own'
    AND NOT EXISTS (SELECT 1 FROM json_each(dossiers.summary, '$.codes') c WHERE json_extract(c.value, '$.system') = 'province');

CREATE INDEX dossiers_without_province ON dossiers(no, procedure_code) WHERE lacks_province_code = 1;
