-- Moves of leads and contacts from stage to stage. The stages are words of the source, for the funnel to understand.
CREATE TABLE lifecycle_change (
  id BIGINT PRIMARY KEY,
  rev BIGINT NOT NULL,
  person BIGINT NOT NULL REFERENCES person (id),
  from_stage TEXT,
  to_stage TEXT NOT NULL,
  at BIGINT NOT NULL,
  actor TEXT
);

CREATE INDEX lifecycle_change_person ON lifecycle_change (person);

-- Tells this store from every other, so that what a machine keeps of it aside is never taken for another's.
INSERT INTO meta (key, value) VALUES ('uid', md5(random()::text || clock_timestamp()::text || pg_backend_pid()::text));
