-- What people do with hand-offs, and what a company defines for itself.

-- Something that was done with a hand-off: which one of its record is told by the time.
CREATE TABLE handoff_event (
  id BIGINT PRIMARY KEY,
  rev BIGINT NOT NULL,
  handoff TEXT NOT NULL,
  person BIGINT REFERENCES person (id),
  opportunity BIGINT REFERENCES opportunity (id),
  kind BIGINT NOT NULL CHECK (kind BETWEEN 0 AND 11),
  at BIGINT NOT NULL,
  member BIGINT REFERENCES member (id),
  previous BIGINT REFERENCES member (id),
  actor TEXT,
  reason TEXT,
  next_at BIGINT,
  details TEXT
);

CREATE INDEX handoff_event_person ON handoff_event (person) WHERE person IS NOT NULL;
CREATE INDEX handoff_event_opportunity ON handoff_event (opportunity) WHERE opportunity IS NOT NULL;

-- Calendars, hand-offs and their policies, as TOML; what is not here is as the program ships it.
CREATE TABLE definition (
  id BIGINT PRIMARY KEY,
  rev BIGINT NOT NULL,
  name TEXT NOT NULL UNIQUE,
  body TEXT NOT NULL
);

CREATE VIEW handoff_events AS
SELECT e.id, e.handoff, p.full_name AS person, o.name AS opportunity,
       CASE e.kind WHEN 0 THEN 'assigned' WHEN 1 THEN 'paused' WHEN 2 THEN 'resumed' WHEN 3 THEN 'returned' WHEN 4 THEN 'accepted'
         WHEN 5 THEN 'form' WHEN 6 THEN 'form_returned' WHEN 7 THEN 'form_accepted' WHEN 8 THEN 'kickoff' WHEN 9 THEN 'next_touch'
         WHEN 10 THEN 'meeting_booked' ELSE 'no_show' END AS kind,
       e.at, m.name AS member, e.actor, e.reason, e.next_at
  FROM handoff_event e LEFT JOIN person p ON p.id = e.person LEFT JOIN opportunity o ON o.id = e.opportunity
  LEFT JOIN member m ON m.id = e.member;
