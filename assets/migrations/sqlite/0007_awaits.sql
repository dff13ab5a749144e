-- A record may come after what refers to it.

-- JSON: field -> [what the system calls the record that it refers to, time (ms) of the export that said so].
ALTER TABLE link ADD COLUMN awaits TEXT;

CREATE INDEX link_awaits ON link (id) WHERE awaits IS NOT NULL;
