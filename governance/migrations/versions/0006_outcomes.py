"""Warnings that mentors answered, consents of learners, and baselines of cohorts."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

CHANGES = """
-- Of a learner, to showing one thing on their mentor's public page. What was withdrawn stays
-- withdrawn: to give it again is a row of its own.
CREATE TABLE governance.consents (
    consent_id uuid PRIMARY KEY,
    program text COLLATE "C" NOT NULL,
    learner text COLLATE "C" NOT NULL,
    mentor text COLLATE "C" NOT NULL,
    purpose text NOT NULL CHECK (purpose IN ('testimonial', 'exemplar')),
    about text COLLATE "C" NOT NULL,  -- a testimonial's id, or that of an exemplar link
    title text,                     -- of an exemplar, as the learner was asked
    address text,                   -- where it is published
    asked_at timestamptz NOT NULL,
    given_at timestamptz,           -- null: not given yet, or never
    withdrawn_at timestamptz        -- or refused, where it was never given
);
CREATE UNIQUE INDEX consents_open ON governance.consents (program, purpose, about, learner)
    WHERE withdrawn_at IS NULL;
CREATE INDEX consents_learner ON governance.consents (program, learner);
CREATE INDEX consents_mentor ON governance.consents (program, mentor)
    WHERE withdrawn_at IS NULL;

-- What a mentor says of a warning about a learner of theirs; the latest answer counts.
CREATE TABLE governance.warnings (
    program text COLLATE "C" NOT NULL,
    mentor text COLLATE "C" NOT NULL,
    learner text COLLATE "C" NOT NULL,
    kind text NOT NULL CHECK (kind IN ('silent', 'late', 'flat', 'low', 'due')),
    about text COLLATE "C" NOT NULL,  -- what the warning stands on: new facts are a new warning
    answer text NOT NULL CHECK (answer IN ('helped', 'wrong', 'excused')),
    answered_at timestamptz NOT NULL,
    PRIMARY KEY (program, mentor, learner, kind, about)
);

-- What was usual in a cohort and track, as of its end.
CREATE TABLE governance.baselines (
    program text COLLATE "C" NOT NULL,
    cohort text COLLATE "C" NOT NULL,
    track text COLLATE "C" NOT NULL,
    as_of text NOT NULL,            -- an instant
    document text NOT NULL,         -- canonical JSON of the figures
    frozen_at timestamptz NOT NULL,
    reviewed_at timestamptz,        -- when a coordinator last looked whether it still fits
    PRIMARY KEY (program, cohort, track)
);
"""


def upgrade() -> None:
    op.execute(CHANGES)
