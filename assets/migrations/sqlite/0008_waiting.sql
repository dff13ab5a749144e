-- A history may come before its deals or people: its moves wait for them.

-- `object` is what the move becomes, `subject` what its system calls the deal or person; `told` is JSON: field -> text
-- or number, of a reference [id, name].
CREATE TABLE waiting_move (
  id INTEGER PRIMARY KEY,
  rev INTEGER NOT NULL,
  object INTEGER NOT NULL CHECK (object IN (7, 12)),
  system TEXT NOT NULL,
  subject TEXT NOT NULL,
  told TEXT NOT NULL
) STRICT;
CREATE INDEX waiting_move_subject ON waiting_move (object, system, subject);
