-- The foundation: records, how outside systems call them, and the journal that can undo everything.
-- Instants are milliseconds UTC, days ISO text, money minor units, flags 0 or 1, codes as in src/domain/object.rs.

CREATE TABLE schema_migration (version BIGINT PRIMARY KEY, name TEXT NOT NULL, checksum BIGINT NOT NULL);

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);

-- One row. A writer takes it first and holds it to the end, so writers take turns, ids of an action are one run,
-- and actions become visible in the order of their numbers.
CREATE TABLE counter (id BIGINT PRIMARY KEY CHECK (id = 1), next_id BIGINT NOT NULL, next_action BIGINT NOT NULL);
INSERT INTO counter (id, next_id, next_action) VALUES (1, 1, 1);

-- One row per use case. Its inserted rows have ids from first_id to last_id; target is the action that an undo or redo reverses.
CREATE TABLE action (
  id BIGINT PRIMARY KEY,
  at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  kind TEXT NOT NULL,
  summary TEXT NOT NULL,
  first_id BIGINT NOT NULL,
  last_id BIGINT NOT NULL,
  target BIGINT REFERENCES action (id),
  undone_by BIGINT REFERENCES action (id)
);

-- Stages of the pipeline, as the company names them.
CREATE TABLE stage (
  id BIGINT PRIMARY KEY,
  rev BIGINT NOT NULL,
  name TEXT NOT NULL,
  position BIGINT NOT NULL,
  outcome BIGINT NOT NULL CHECK (outcome BETWEEN 0 AND 2),
  UNIQUE (name)
);

-- The go-to-market team.
CREATE TABLE member (
  id BIGINT PRIMARY KEY,
  rev BIGINT NOT NULL,
  name TEXT NOT NULL,
  email TEXT,
  role TEXT,
  team TEXT,
  region TEXT,
  manager BIGINT,
  hired_at TEXT,
  left_at TEXT,
  weekly_capacity BIGINT,
  time_zone TEXT,
  named_only BIGINT NOT NULL CHECK (named_only IN (0, 1)),
  attributes TEXT
);

-- What is sold.
CREATE TABLE product (
  id BIGINT PRIMARY KEY,
  rev BIGINT NOT NULL,
  name TEXT NOT NULL,
  list_price BIGINT,
  currency TEXT,
  named_only BIGINT NOT NULL CHECK (named_only IN (0, 1)),
  attributes TEXT
);

-- Companies.
CREATE TABLE account (
  id BIGINT PRIMARY KEY,
  rev BIGINT NOT NULL,
  name TEXT NOT NULL,
  domain TEXT,
  industry TEXT,
  segment TEXT,
  employees BIGINT,
  annual_revenue BIGINT,
  region TEXT,
  country TEXT,
  owner BIGINT REFERENCES member (id),
  parent BIGINT,
  created_at BIGINT,
  first_paid_at BIGINT,
  named_only BIGINT NOT NULL CHECK (named_only IN (0, 1)),
  attributes TEXT
);

-- Leads and contacts.
CREATE TABLE person (
  id BIGINT PRIMARY KEY,
  rev BIGINT NOT NULL,
  kind BIGINT NOT NULL CHECK (kind BETWEEN 0 AND 1),
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
  employees BIGINT,
  street TEXT,
  city TEXT,
  postcode TEXT,
  region TEXT,
  country TEXT,
  source TEXT,
  campaign TEXT,
  score BIGINT,
  high_intent BIGINT CHECK (high_intent IN (0, 1)),
  status TEXT,
  owner BIGINT REFERENCES member (id),
  account BIGINT REFERENCES account (id),
  opportunity BIGINT,
  created_at BIGINT,
  mql_at BIGINT,
  sal_at BIGINT,
  sql_at BIGINT,
  first_touch_at BIGINT,
  disqualified_at BIGINT,
  disqualified_reason TEXT,
  opt_out BIGINT CHECK (opt_out IN (0, 1)),
  attributes TEXT
);

-- Deals.
CREATE TABLE opportunity (
  id BIGINT PRIMARY KEY,
  rev BIGINT NOT NULL,
  name TEXT,
  account BIGINT REFERENCES account (id),
  lead BIGINT REFERENCES person (id),
  stage BIGINT NOT NULL REFERENCES stage (id),
  amount BIGINT,
  currency TEXT,
  probability BIGINT,
  forecast_category TEXT,
  owner BIGINT REFERENCES member (id),
  source TEXT,
  product BIGINT REFERENCES product (id),
  created_at BIGINT,
  close_date TEXT,
  closed_at BIGINT,
  contract_signed_at BIGINT,
  need BIGINT CHECK (need IN (0, 1)),
  budget BIGINT CHECK (budget IN (0, 1)),
  decision_maker BIGINT CHECK (decision_maker IN (0, 1)),
  loss_reason TEXT,
  attributes TEXT
);

-- Moves of deals from stage to stage.
CREATE TABLE stage_change (
  id BIGINT PRIMARY KEY,
  rev BIGINT NOT NULL,
  opportunity BIGINT NOT NULL REFERENCES opportunity (id),
  from_stage BIGINT REFERENCES stage (id),
  to_stage BIGINT NOT NULL REFERENCES stage (id),
  at BIGINT NOT NULL,
  actor TEXT,
  amount BIGINT,
  close_date TEXT
);

-- How an outside system calls a record; every record of every system is found here.
CREATE TABLE link (
  id BIGINT PRIMARY KEY,
  rev BIGINT NOT NULL,
  record BIGINT NOT NULL,
  object BIGINT NOT NULL,
  system TEXT NOT NULL,
  external_id TEXT NOT NULL,
  row_hash BIGINT,
  exported_at BIGINT NOT NULL,
  UNIQUE (system, object, external_id)
);

-- What one system says of a record that several systems know.
CREATE TABLE source_value (
  id BIGINT PRIMARY KEY,
  rev BIGINT NOT NULL,
  link BIGINT NOT NULL REFERENCES link (id),
  field TEXT NOT NULL,
  value TEXT,
  UNIQUE (link, field)
);

-- One file of an import; its action is in rev.
CREATE TABLE import_file (
  id BIGINT PRIMARY KEY,
  rev BIGINT NOT NULL,
  name TEXT NOT NULL,
  digest TEXT NOT NULL,
  object BIGINT NOT NULL,
  profile TEXT NOT NULL,
  system TEXT NOT NULL,
  exported_at BIGINT NOT NULL,
  row_count BIGINT NOT NULL,
  new_count BIGINT NOT NULL,
  changed_count BIGINT NOT NULL,
  unchanged_count BIGINT NOT NULL,
  rejected_count BIGINT NOT NULL
);

-- Rows and cells that could not be taken as they were.
CREATE TABLE problem (
  id BIGINT PRIMARY KEY,
  rev BIGINT NOT NULL,
  import_file BIGINT NOT NULL REFERENCES import_file (id),
  kind BIGINT NOT NULL CHECK (kind BETWEEN 0 AND 2),
  line BIGINT,
  field TEXT,
  value TEXT,
  reason TEXT NOT NULL,
  row_text TEXT
);

-- A row as it was before an action changed or deleted it; image is its columns as JSON, NULL when it was not there.
CREATE TABLE before_image (
  action BIGINT NOT NULL REFERENCES action (id),
  object BIGINT NOT NULL,
  row_id BIGINT NOT NULL,
  rev BIGINT,
  image TEXT,
  PRIMARY KEY (action, object, row_id)
);

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
