-- The foundation: records, how outside systems call them, and the journal that can undo everything.
-- Instants are milliseconds UTC, days ISO text, money minor units, flags 0 or 1, codes as in src/domain/object.rs.

CREATE TABLE schema_migration (version INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum INTEGER NOT NULL) STRICT;

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

-- One row. A writer takes it first and holds it to the end, so writers take turns, ids of an action are one run,
-- and actions become visible in the order of their numbers.
CREATE TABLE counter (id INTEGER PRIMARY KEY CHECK (id = 1), next_id INTEGER NOT NULL, next_action INTEGER NOT NULL) STRICT;
INSERT INTO counter (id, next_id, next_action) VALUES (1, 1, 1);

-- One row per use case. Its inserted rows have ids from first_id to last_id; target is the action that an undo or redo reverses.
CREATE TABLE action (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  kind TEXT NOT NULL,
  summary TEXT NOT NULL,
  first_id INTEGER NOT NULL,
  last_id INTEGER NOT NULL,
  target INTEGER REFERENCES action (id),
  undone_by INTEGER REFERENCES action (id)
) STRICT;

-- Stages of the pipeline, as the company names them.
CREATE TABLE stage (
  id INTEGER PRIMARY KEY,
  rev INTEGER NOT NULL,
  name TEXT NOT NULL,
  position INTEGER NOT NULL,
  outcome INTEGER NOT NULL CHECK (outcome BETWEEN 0 AND 2),
  UNIQUE (name)
) STRICT;

-- The go-to-market team.
CREATE TABLE member (
  id INTEGER PRIMARY KEY,
  rev INTEGER NOT NULL,
  name TEXT NOT NULL,
  email TEXT,
  role TEXT,
  team TEXT,
  region TEXT,
  manager INTEGER,
  hired_at TEXT,
  left_at TEXT,
  weekly_capacity INTEGER,
  time_zone TEXT,
  named_only INTEGER NOT NULL CHECK (named_only IN (0, 1)),
  attributes TEXT
) STRICT;

-- What is sold.
CREATE TABLE product (
  id INTEGER PRIMARY KEY,
  rev INTEGER NOT NULL,
  name TEXT NOT NULL,
  list_price INTEGER,
  currency TEXT,
  named_only INTEGER NOT NULL CHECK (named_only IN (0, 1)),
  attributes TEXT
) STRICT;

-- Companies.
CREATE TABLE account (
  id INTEGER PRIMARY KEY,
  rev INTEGER NOT NULL,
  name TEXT NOT NULL,
  domain TEXT,
  industry TEXT,
  segment TEXT,
  employees INTEGER,
  annual_revenue INTEGER,
  region TEXT,
  country TEXT,
  owner INTEGER REFERENCES member (id),
  parent INTEGER,
  created_at INTEGER,
  first_paid_at INTEGER,
  named_only INTEGER NOT NULL CHECK (named_only IN (0, 1)),
  attributes TEXT
) STRICT;

-- Leads and contacts.
CREATE TABLE person (
  id INTEGER PRIMARY KEY,
  rev INTEGER NOT NULL,
  kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 1),
  email TEXT,
  phone TEXT,
  wechat TEXT,
  first_name TEXT,
  last_name TEXT,
  full_name TEXT,
  title TEXT,
  company TEXT,
  domain TEXT,
  industry TEXT,
  employees INTEGER,
  street TEXT,
  city TEXT,
  postcode TEXT,
  region TEXT,
  country TEXT,
  source TEXT,
  campaign TEXT,
  score INTEGER,
  high_intent INTEGER CHECK (high_intent IN (0, 1)),
  status TEXT,
  owner INTEGER REFERENCES member (id),
  account INTEGER REFERENCES account (id),
  opportunity INTEGER,
  created_at INTEGER,
  mql_at INTEGER,
  sal_at INTEGER,
  sql_at INTEGER,
  first_touch_at INTEGER,
  disqualified_at INTEGER,
  disqualified_reason TEXT,
  opt_out INTEGER CHECK (opt_out IN (0, 1)),
  attributes TEXT
) STRICT;

-- Deals.
CREATE TABLE opportunity (
  id INTEGER PRIMARY KEY,
  rev INTEGER NOT NULL,
  name TEXT,
  account INTEGER REFERENCES account (id),
  lead INTEGER REFERENCES person (id),
  stage INTEGER NOT NULL REFERENCES stage (id),
  amount INTEGER,
  currency TEXT,
  probability INTEGER,
  forecast_category TEXT,
  owner INTEGER REFERENCES member (id),
  source TEXT,
  product INTEGER REFERENCES product (id),
  created_at INTEGER,
  close_date TEXT,
  closed_at INTEGER,
  contract_signed_at INTEGER,
  need INTEGER CHECK (need IN (0, 1)),
  budget INTEGER CHECK (budget IN (0, 1)),
  decision_maker INTEGER CHECK (decision_maker IN (0, 1)),
  loss_reason TEXT,
  attributes TEXT
) STRICT;

-- Moves of deals from stage to stage.
CREATE TABLE stage_change (
  id INTEGER PRIMARY KEY,
  rev INTEGER NOT NULL,
  opportunity INTEGER NOT NULL REFERENCES opportunity (id),
  from_stage INTEGER REFERENCES stage (id),
  to_stage INTEGER NOT NULL REFERENCES stage (id),
  at INTEGER NOT NULL,
  actor TEXT,
  amount INTEGER,
  close_date TEXT
) STRICT;

-- How an outside system calls a record; every record of every system is found here.
CREATE TABLE link (
  id INTEGER PRIMARY KEY,
  rev INTEGER NOT NULL,
  record INTEGER NOT NULL,
  object INTEGER NOT NULL,
  system TEXT NOT NULL,
  external_id TEXT NOT NULL,
  row_hash INTEGER,
  exported_at INTEGER NOT NULL,
  UNIQUE (system, object, external_id)
) STRICT;

-- What one system says of a record that several systems know.
CREATE TABLE source_value (
  id INTEGER PRIMARY KEY,
  rev INTEGER NOT NULL,
  link INTEGER NOT NULL REFERENCES link (id),
  field TEXT NOT NULL,
  value TEXT,
  UNIQUE (link, field)
) STRICT;

-- One file of an import; its action is in rev.
CREATE TABLE import_file (
  id INTEGER PRIMARY KEY,
  rev INTEGER NOT NULL,
  name TEXT NOT NULL,
  digest TEXT NOT NULL,
  object INTEGER NOT NULL,
  profile TEXT NOT NULL,
  system TEXT NOT NULL,
  exported_at INTEGER NOT NULL,
  row_count INTEGER NOT NULL,
  new_count INTEGER NOT NULL,
  changed_count INTEGER NOT NULL,
  unchanged_count INTEGER NOT NULL,
  rejected_count INTEGER NOT NULL
) STRICT;

-- Rows and cells that could not be taken as they were.
CREATE TABLE problem (
  id INTEGER PRIMARY KEY,
  rev INTEGER NOT NULL,
  import_file INTEGER NOT NULL REFERENCES import_file (id),
  kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 2),
  line INTEGER,
  field TEXT,
  value TEXT,
  reason TEXT NOT NULL,
  row_text TEXT
) STRICT;

-- A row as it was before an action changed or deleted it; image is its columns as JSON, NULL when it was not there.
CREATE TABLE before_image (
  action INTEGER NOT NULL REFERENCES action (id),
  object INTEGER NOT NULL,
  row_id INTEGER NOT NULL,
  rev INTEGER,
  image TEXT,
  PRIMARY KEY (action, object, row_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX link_record ON link (record);
CREATE INDEX stage_change_opportunity ON stage_change (opportunity);
CREATE INDEX person_account ON person (account);
CREATE INDEX opportunity_account ON opportunity (account);
CREATE INDEX opportunity_lead ON opportunity (lead);
CREATE INDEX account_parent ON account (parent);
CREATE INDEX problem_import_file ON problem (import_file);

-- For a look with sqlite3 or psql: codes spelled out, ids replaced by names.
CREATE VIEW stages AS
SELECT id, name, position, CASE outcome WHEN 0 THEN 'open' WHEN 1 THEN 'won' ELSE 'lost' END AS outcome FROM stage;

CREATE VIEW people AS
SELECT p.id, CASE p.kind WHEN 0 THEN 'lead' ELSE 'contact' END AS kind, p.full_name, p.email, p.company, a.name AS account, m.name AS owner,
       p.source, p.score, p.status, p.created_at, p.mql_at, p.sql_at
  FROM person p LEFT JOIN account a ON a.id = p.account LEFT JOIN member m ON m.id = p.owner;

CREATE VIEW deals AS
SELECT o.id, o.name, a.name AS account, s.name AS stage, CASE s.outcome WHEN 0 THEN 'open' WHEN 1 THEN 'won' ELSE 'lost' END AS outcome,
       o.amount AS amount_minor, o.currency, m.name AS owner, p.name AS product, o.source, o.created_at, o.close_date, o.closed_at
  FROM opportunity o JOIN stage s ON s.id = o.stage LEFT JOIN account a ON a.id = o.account
  LEFT JOIN member m ON m.id = o.owner LEFT JOIN product p ON p.id = o.product;
