-- Lines of the cash sheet name what other systems call the dossier, and the reason of an apology stands with why a dossier is late:
-- dossiers of before are folded once more at the next start.
INSERT INTO desk_facts (name, value) SELECT 'rebuild', 'true' WHERE EXISTS (SELECT 1 FROM dossiers) ON CONFLICT (name) DO UPDATE SET value = excluded.value;
