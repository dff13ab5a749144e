-- Which system decides, what users decided here, and what each system says beside that.

-- The master system of an object, or of one field of it, with who chose it and why; no field means the whole object.
CREATE TABLE precedence (
  id BIGINT PRIMARY KEY,
  rev BIGINT NOT NULL,
  object BIGINT NOT NULL,
  field TEXT,
  system TEXT NOT NULL,
  reason TEXT,
  actor TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE UNIQUE INDEX precedence_of ON precedence (object, COALESCE(field, ''));

-- What a user decided about a field of a record; as text, as in source_value.
CREATE TABLE decision (
  id BIGINT PRIMARY KEY,
  rev BIGINT NOT NULL,
  record BIGINT NOT NULL,
  object BIGINT NOT NULL,
  field TEXT NOT NULL,
  value TEXT,
  actor TEXT NOT NULL,
  at BIGINT NOT NULL,
  UNIQUE (record, field)
);

-- Since when a system says so. Of a field that a user has decided also: what it said last before that, when, and
-- whether it has said different things since.
ALTER TABLE source_value ADD COLUMN since BIGINT;
ALTER TABLE source_value ADD COLUMN earlier TEXT;
ALTER TABLE source_value ADD COLUMN earlier_at BIGINT;
ALTER TABLE source_value ADD COLUMN varied BIGINT CHECK (varied IN (0, 1));
