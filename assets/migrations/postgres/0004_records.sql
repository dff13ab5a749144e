-- What surrounds people, companies and deals. Codes, dates and money as before; scores and values in ten-thousandths.

-- Calls, e-mails, meetings and chats: about a person, a deal or an account.
CREATE TABLE touch (
  id BIGINT PRIMARY KEY,
  rev BIGINT NOT NULL,
  person BIGINT REFERENCES person (id),
  opportunity BIGINT REFERENCES opportunity (id),
  account BIGINT REFERENCES account (id),
  kind BIGINT CHECK (kind BETWEEN 0 AND 3),
  direction BIGINT CHECK (direction IN (0, 1)),
  human BIGINT CHECK (human IN (0, 1)),
  at BIGINT,
  member BIGINT REFERENCES member (id),
  outcome TEXT,
  attributes TEXT
);

-- Changes of annual recurring revenue; amounts are signed and add up to it.
CREATE TABLE arr_movement (
  id BIGINT PRIMARY KEY,
  rev BIGINT NOT NULL,
  account BIGINT NOT NULL REFERENCES account (id),
  kind BIGINT NOT NULL CHECK (kind BETWEEN 0 AND 4),
  amount BIGINT,
  currency TEXT,
  at BIGINT NOT NULL,
  attributes TEXT
);

-- What channels and campaigns cost.
CREATE TABLE spend (
  id BIGINT PRIMARY KEY,
  rev BIGINT NOT NULL,
  period TEXT NOT NULL,
  channel TEXT,
  campaign TEXT,
  amount BIGINT,
  currency TEXT,
  attributes TEXT
);

-- What the teams of sales and marketing cost.
CREATE TABLE cost (
  id BIGINT PRIMARY KEY,
  rev BIGINT NOT NULL,
  period TEXT NOT NULL,
  team TEXT,
  amount BIGINT,
  currency TEXT,
  attributes TEXT
);

-- Days on which someone is away, both included.
CREATE TABLE leave (
  id BIGINT PRIMARY KEY,
  rev BIGINT NOT NULL,
  member BIGINT NOT NULL REFERENCES member (id),
  first_day TEXT NOT NULL,
  last_day TEXT,
  attributes TEXT
);

-- Billionths of the store's currency that one unit of a currency was worth from a day on.
CREATE TABLE exchange_rate (
  id BIGINT PRIMARY KEY,
  rev BIGINT NOT NULL,
  currency TEXT NOT NULL,
  date TEXT NOT NULL,
  rate BIGINT,
  attributes TEXT
);

-- Answers to surveys: CSAT from 1 to 5, NPS from 0 to 10.
CREATE TABLE survey (
  id BIGINT PRIMARY KEY,
  rev BIGINT NOT NULL,
  account BIGINT REFERENCES account (id),
  person BIGINT REFERENCES person (id),
  kind BIGINT NOT NULL CHECK (kind IN (0, 1)),
  score BIGINT,
  at BIGINT NOT NULL,
  attributes TEXT
);

-- How healthy customers were.
CREATE TABLE health (
  id BIGINT PRIMARY KEY,
  rev BIGINT NOT NULL,
  account BIGINT NOT NULL REFERENCES account (id),
  score BIGINT,
  at BIGINT NOT NULL,
  attributes TEXT
);

-- How much of the product was used.
CREATE TABLE usage (
  id BIGINT PRIMARY KEY,
  rev BIGINT NOT NULL,
  account BIGINT REFERENCES account (id),
  person BIGINT REFERENCES person (id),
  metric TEXT NOT NULL,
  value BIGINT,
  at BIGINT NOT NULL,
  attributes TEXT
);

-- The tools of the stack; capabilities with ; between them.
CREATE TABLE tool (
  id BIGINT PRIMARY KEY,
  rev BIGINT NOT NULL,
  name TEXT NOT NULL,
  layer BIGINT CHECK (layer BETWEEN 0 AND 3),
  category TEXT,
  owner BIGINT REFERENCES member (id),
  team TEXT,
  seats BIGINT,
  seats_used BIGINT,
  annual_cost BIGINT,
  implementation_cost BIGINT,
  maintenance_cost BIGINT,
  currency TEXT,
  renewal_date TEXT,
  capabilities TEXT,
  named_only BIGINT NOT NULL CHECK (named_only IN (0, 1)),
  attributes TEXT
);

-- What flows from one tool to another.
CREATE TABLE integration (
  id BIGINT PRIMARY KEY,
  rev BIGINT NOT NULL,
  from_tool BIGINT NOT NULL REFERENCES tool (id),
  to_tool BIGINT NOT NULL REFERENCES tool (id),
  direction BIGINT CHECK (direction IN (0, 1)),
  trigger TEXT,
  fields TEXT,
  status BIGINT CHECK (status BETWEEN 0 AND 3),
  attributes TEXT
);

CREATE INDEX touch_person ON touch (person) WHERE person IS NOT NULL;
CREATE INDEX touch_opportunity ON touch (opportunity) WHERE opportunity IS NOT NULL;
CREATE INDEX touch_account ON touch (account) WHERE account IS NOT NULL;
CREATE INDEX arr_movement_account ON arr_movement (account);
CREATE INDEX survey_account ON survey (account);
CREATE INDEX survey_person ON survey (person) WHERE person IS NOT NULL;
CREATE INDEX health_account ON health (account);
CREATE INDEX usage_account ON usage (account);
CREATE INDEX usage_person ON usage (person) WHERE person IS NOT NULL;

-- For a look with sqlite3 or psql: codes spelled out, ids replaced by names.
CREATE VIEW touches AS
SELECT t.id, p.full_name AS person, o.name AS opportunity, a.name AS account,
       CASE t.kind WHEN 0 THEN 'call' WHEN 1 THEN 'email' WHEN 2 THEN 'meeting' WHEN 3 THEN 'wechat' END AS kind,
       CASE t.direction WHEN 0 THEN 'inbound' WHEN 1 THEN 'outbound' END AS direction, t.human, t.at, m.name AS member, t.outcome
  FROM touch t LEFT JOIN person p ON p.id = t.person LEFT JOIN opportunity o ON o.id = t.opportunity
  LEFT JOIN account a ON a.id = t.account LEFT JOIN member m ON m.id = t.member;

CREATE VIEW arr_movements AS
SELECT r.id, a.name AS account, CASE r.kind WHEN 0 THEN 'new' WHEN 1 THEN 'expansion' WHEN 2 THEN 'contraction' WHEN 3 THEN 'churn' ELSE 'reactivation' END AS kind,
       r.amount AS amount_minor, r.currency, r.at
  FROM arr_movement r JOIN account a ON a.id = r.account;

CREATE VIEW surveys AS
SELECT s.id, a.name AS account, p.full_name AS person, CASE s.kind WHEN 0 THEN 'csat' ELSE 'nps' END AS kind,
       CAST(s.score AS DOUBLE PRECISION) / 10000 AS score, s.at
  FROM survey s LEFT JOIN account a ON a.id = s.account LEFT JOIN person p ON p.id = s.person;

CREATE VIEW tools AS
SELECT t.id, t.name, CASE t.layer WHEN 0 THEN 'data' WHEN 1 THEN 'application' WHEN 2 THEN 'efficiency' WHEN 3 THEN 'integration' END AS layer,
       t.category, m.name AS owner, t.team, t.seats, t.seats_used, t.annual_cost AS annual_cost_minor, t.currency, t.renewal_date, t.capabilities
  FROM tool t LEFT JOIN member m ON m.id = t.owner;

CREATE VIEW integrations AS
SELECT i.id, f.name AS from_tool, t.name AS to_tool, CASE i.direction WHEN 0 THEN 'one_way' WHEN 1 THEN 'two_way' END AS direction,
       i.trigger, i.fields, CASE i.status WHEN 0 THEN 'active' WHEN 1 THEN 'planned' WHEN 2 THEN 'broken' WHEN 3 THEN 'off' END AS status
  FROM integration i JOIN tool f ON f.id = i.from_tool JOIN tool t ON t.id = i.to_tool;
