-- When the step that goes on is due, while its clock runs; and what the log says of why a dossier might be late (JSON), while it is open.
ALTER TABLE dossiers ADD COLUMN step_due_at INTEGER;
ALTER TABLE dossiers ADD COLUMN reasons TEXT;
CREATE INDEX dossiers_step_due ON dossiers(step_due_at, no) WHERE step_due_at IS NOT NULL;

-- Dossiers of before are folded once more at the next start: their list rows name no step, and no reason is kept yet.
INSERT INTO desk_facts (name, value) SELECT 'rebuild', 'true' WHERE EXISTS (SELECT 1 FROM dossiers) ON CONFLICT (name) DO UPDATE SET value = excluded.value;
