"""Calibration of reviewers against anchors."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

CHANGES = """
-- What is sealed of the calibrations of a program is under a key of its own.
CREATE TABLE governance.calibration_keys (
    program text COLLATE "C" PRIMARY KEY,
    wrapped_key bytea NOT NULL,
    kid text NOT NULL               -- of the key that it is wrapped to
);

CREATE TABLE governance.anchors (
    anchor_id uuid PRIMARY KEY,
    program text COLLATE "C" NOT NULL,
    rubric text NOT NULL,           -- name and version: practice/1
    whose text COLLATE "C",         -- whose work it is; null: nobody here, or they were erased
    kept_by text COLLATE "C" NOT NULL,
    kept_at timestamptz NOT NULL,
    retired_at timestamptz,
    sealed bytea                    -- title, text and ratings by consensus; null: erased
);
CREATE INDEX anchors_program ON governance.anchors (program, rubric);

CREATE TABLE governance.calibrations (
    calibration_id uuid PRIMARY KEY,
    program text COLLATE "C" NOT NULL,
    rubric text NOT NULL,
    asks text NOT NULL CHECK (asks IN ('everybody', 'coached')),
    anchors uuid[] NOT NULL,        -- in the order in which they are rated
    state text NOT NULL CHECK (state IN ('open', 'closed', 'held')),
    opened_at timestamptz NOT NULL,
    opened_by text COLLATE "C" NOT NULL,
    due_on date NOT NULL,           -- the last local day for ratings
    closed_at timestamptz,
    result text,                    -- JSON: how far raters agree, row by row; names nobody
    CHECK ((state = 'open') = (closed_at IS NULL)),
    CHECK ((state = 'held') = (result IS NOT NULL))
);
CREATE UNIQUE INDEX calibrations_open ON governance.calibrations (program, rubric)
    WHERE state <> 'held';
CREATE INDEX calibrations_program ON governance.calibrations (program, opened_at);

CREATE TABLE governance.calibration_raters (
    calibration_id uuid NOT NULL REFERENCES governance.calibrations,
    rater text COLLATE "C" NOT NULL,
    asked_at timestamptz NOT NULL,
    took_part boolean,              -- null until it is held
    finding text CHECK (finding IN ('passed', 'coached', 'too_few')),
    sealed bytea,                   -- how far they were from the anchors
    PRIMARY KEY (calibration_id, rater),
    CHECK ((took_part IS NULL) = (finding IS NULL))
);
CREATE INDEX calibration_raters_rater ON governance.calibration_raters (rater);

CREATE TABLE governance.anchor_ratings (
    calibration_id uuid NOT NULL,
    rater text COLLATE "C" NOT NULL,
    anchor_id uuid NOT NULL REFERENCES governance.anchors,
    given_at timestamptz NOT NULL,
    sealed bytea NOT NULL,          -- the rating of each row
    PRIMARY KEY (calibration_id, rater, anchor_id),
    FOREIGN KEY (calibration_id, rater) REFERENCES governance.calibration_raters
);
"""


def upgrade() -> None:
    op.execute(CHANGES)
