-- Moves of leads and contacts from stage to stage. The stages are words of the source, for the funnel to understand.
CREATE TABLE lifecycle_change (
  id INTEGER PRIMARY KEY,
  rev INTEGER NOT NULL,
  person INTEGER NOT NULL REFERENCES person (id),
  from_stage TEXT,
  to_stage TEXT NOT NULL,
  at INTEGER NOT NULL,
  actor TEXT
) STRICT;

CREATE INDEX lifecycle_change_person ON lifecycle_change (person);

-- Tells this store from every other, so that what a machine keeps of it aside is never taken for another's.
INSERT INTO meta (key, value) VALUES ('uid', lower(hex(randomblob(16))));
