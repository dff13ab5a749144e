-- The field by which the rows of a file find their records, where its mapping chose one instead of an id.
ALTER TABLE import_file ADD COLUMN match_on TEXT;
