-- When a customer reached the first value that was agreed on.
ALTER TABLE opportunity ADD COLUMN first_value_at BIGINT;

-- Whether a member took a hand-off for themselves, which is counted by day.
ALTER TABLE handoff_event ADD COLUMN claimed BIGINT CHECK (claimed IN (0, 1));

CREATE INDEX handoff_event_member ON handoff_event (member) WHERE member IS NOT NULL;
