-- What a metric should be in a period, for the company or for one owner; value in ten-thousandths.
CREATE TABLE target (
  id INTEGER PRIMARY KEY,
  rev INTEGER NOT NULL,
  metric TEXT NOT NULL,
  period TEXT NOT NULL,
  owner TEXT,
  value INTEGER NOT NULL,
  currency TEXT
) STRICT;

-- For a look with sqlite3 or psql.
CREATE VIEW targets AS
SELECT id, metric, period, owner, CAST(value AS REAL) / 10000 AS value, currency FROM target;
