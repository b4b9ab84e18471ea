"""Panels of reviewers, and their draws."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

CHANGES = """
-- Not every fact of governance is about a case: rewards and stewardship are of a program.
ALTER TABLE governance.outbox ALTER COLUMN case_id DROP NOT NULL;

ALTER TABLE governance.cases DROP CONSTRAINT cases_state_check;
ALTER TABLE governance.cases ADD CONSTRAINT cases_state_check CHECK (state IN ('applied',
    'acknowledged', 'drawn', 'reviewing', 'closed', 'hearing', 'settling', 'on_desk', 'decided',
    'appealed', 'final', 'settled', 'withdrawn'));
DROP INDEX governance.cases_open;
CREATE UNIQUE INDEX cases_open ON governance.cases (program, subject, about)
    WHERE kind IN ('first', 'renewal', 'waiver') AND state IN ('applied', 'acknowledged', 'drawn',
        'reviewing', 'closed', 'settling', 'on_desk');

-- Draws of panels, of adjudicators, of rewards and of the bench.
CREATE TABLE governance.draws (
    draw_id uuid PRIMARY KEY,
    program text COLLATE "C" NOT NULL,
    kind text NOT NULL CHECK (kind IN ('panels', 'adjudicator', 'reward', 'bench')),
    about text COLLATE "C" NOT NULL,  -- as 2026-W48, or conference/2026
    head text NOT NULL,             -- of the log, before the draw is noted there
    beacons text[] NOT NULL,        -- entered beforehand, hashed into the seed
    seed text NOT NULL,             -- hex SHA-256
    cost bigint,                    -- of the draw of panels: what the seats cost together
    inputs text NOT NULL,           -- hex SHA-256 of what was drawn from, salted where private
    sealed bytea,                   -- private inputs, under the key of the draw
    wrapped_key bytea,
    kid text,
    document text,                  -- canonical JSON of a public draw: inputs and result
    held_at timestamptz NOT NULL,
    UNIQUE (program, kind, about)
);

-- What of a draw names people: a piece for each panel, under the key of its case.
CREATE TABLE governance.draw_pieces (
    draw_id uuid NOT NULL REFERENCES governance.draws,
    panel_id uuid NOT NULL,
    case_id uuid NOT NULL REFERENCES governance.cases,
    digest text NOT NULL,           -- hex SHA-256 of the piece, which has a salt of its own
    sealed bytea,                   -- null: somebody whom it names was erased
    PRIMARY KEY (draw_id, panel_id)
);

-- Public values that members enter before a draw.
CREATE TABLE governance.beacons (
    program text COLLATE "C" NOT NULL,
    about text COLLATE "C" NOT NULL,
    member text COLLATE "C" NOT NULL,
    value text NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (program, about, member)
);

CREATE TABLE governance.panels (
    panel_id uuid PRIMARY KEY,      -- random, as published
    case_id uuid NOT NULL REFERENCES governance.cases,
    program text COLLATE "C" NOT NULL,
    rubric text COLLATE "C" NOT NULL,
    rubric_version integer NOT NULL,
    seats integer NOT NULL,         -- wanted, without an adjudicator
    outsiders integer NOT NULL,     -- of them, kept for people who share no cohort
    spread numeric NOT NULL,        -- from which an adjudicator is drawn
    conflict_days integer,          -- widened: how long a shared loop counts; null: as the policy
    outside boolean NOT NULL DEFAULT false,  -- widened: reviewers without a stage too
    adjudicated boolean NOT NULL DEFAULT false,
    state text NOT NULL CHECK (state IN ('open', 'closed', 'ended')),
    drawn_at timestamptz NOT NULL,
    closed_at timestamptz,
    spread_stays boolean NOT NULL DEFAULT false,
    noted boolean NOT NULL DEFAULT false,  -- its stewardship is published
    CHECK ((state = 'open') = (closed_at IS NULL))
);
CREATE INDEX panels_case ON governance.panels (case_id);
CREATE INDEX panels_program ON governance.panels (program, state);

-- A request to somebody. Who it is stands in one sealed column and nowhere else.
CREATE TABLE governance.panel_seats (
    request_id uuid PRIMARY KEY,    -- random
    panel_id uuid NOT NULL REFERENCES governance.panels,
    kind text NOT NULL CHECK (kind IN ('outsider', 'other', 'alternate', 'adjudicator')),
    state text NOT NULL CHECK (state IN
        ('reserve', 'asked', 'given', 'declined', 'lapsed', 'closed')),
    asked_at timestamptz,           -- null: in reserve
    due_on date,                    -- the last local day to answer
    answered_at timestamptz,
    reviewer bytea,                 -- sealed under the key of the case; null: they were erased
    review bytea,                   -- ratings and narrative, likewise
    CHECK ((state = 'reserve') = (asked_at IS NULL))
);
CREATE INDEX panel_seats_panel ON governance.panel_seats (panel_id);
"""


def upgrade() -> None:
    op.execute(CHANGES)
