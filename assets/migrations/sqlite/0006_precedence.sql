-- Which system decides, what users decided here, and what each system says beside that.

-- The master system of an object, or of one field of it, with who chose it and why; no field means the whole object.
CREATE TABLE precedence (
  id INTEGER PRIMARY KEY,
  rev INTEGER NOT NULL,
  object INTEGER NOT NULL,
  field TEXT,
  system TEXT NOT NULL,
  reason TEXT,
  actor TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX precedence_of ON precedence (object, COALESCE(field, ''));

-- What a user decided about a field of a record; as text, as in source_value.
CREATE TABLE decision (
  id INTEGER PRIMARY KEY,
  rev INTEGER NOT NULL,
  record INTEGER NOT NULL,
  object INTEGER NOT NULL,
  field TEXT NOT NULL,
  value TEXT,
  actor TEXT NOT NULL,
  at INTEGER NOT NULL,
  UNIQUE (record, field)
) STRICT;

-- Since when a system says so. Of a field that a user has decided also: what it said last before that, when, and
-- whether it has said different things since.
ALTER TABLE source_value ADD COLUMN since INTEGER;
ALTER TABLE source_value ADD COLUMN earlier TEXT;
ALTER TABLE source_value ADD COLUMN earlier_at INTEGER;
ALTER TABLE source_value ADD COLUMN varied INTEGER CHECK (varied IN (0, 1));
