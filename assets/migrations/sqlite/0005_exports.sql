-- Exports may arrive in any order: what each one showed, and how old the words of a link are.

-- A move is told by a history file, exact; or seen between two exports; or seen, and explained by what is told:
-- then it stays as what the exports said, and counts no more. No origin is told.
ALTER TABLE stage_change ADD COLUMN from_amount INTEGER;
ALTER TABLE stage_change ADD COLUMN from_close_date TEXT;
ALTER TABLE stage_change ADD COLUMN origin INTEGER CHECK (origin BETWEEN 0 AND 2);

UPDATE stage_change SET origin = 1
 WHERE actor IS NULL AND EXISTS
   (SELECT 1 FROM import_file f WHERE f.rev = stage_change.rev AND f.object = 6 AND f.exported_at = stage_change.at);

-- JSON: field -> time (ms) of the last export that was not blank in it, where the newest one was.
ALTER TABLE link ADD COLUMN older TEXT;

-- JSON: links that the file showed, as runs of ids.
ALTER TABLE import_file ADD COLUMN seen TEXT;
