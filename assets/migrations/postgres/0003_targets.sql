-- What a metric should be in a period, for the company or for one owner; value in ten-thousandths.
CREATE TABLE target (
  id BIGINT PRIMARY KEY,
  rev BIGINT NOT NULL,
  metric TEXT NOT NULL,
  period TEXT NOT NULL,
  owner TEXT,
  value BIGINT NOT NULL,
  currency TEXT
);

-- For a look with sqlite3 or psql.
CREATE VIEW targets AS
SELECT id, metric, period, owner, CAST(value AS DOUBLE PRECISION) / 10000 AS value, currency FROM target;
