"""Fairness reports, and groups that people declare."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

CHANGES = """
CREATE TABLE governance.fairness_reports (
    program text COLLATE "C" NOT NULL,
    quarter text COLLATE "C" NOT NULL,  -- as 2026-Q3
    document text NOT NULL,             -- canonical JSON, without what is withheld
    digest text NOT NULL,               -- hex SHA-256 of the document
    published_at timestamptz NOT NULL,
    PRIMARY KEY (program, quarter)
);

-- What the committee says to a share that is flagged red. It names nobody.
CREATE TABLE governance.fairness_answers (
    program text COLLATE "C" NOT NULL,
    quarter text COLLATE "C" NOT NULL,
    dimension text COLLATE "C" NOT NULL,
    "group" text COLLATE "C" NOT NULL,
    step text COLLATE "C" NOT NULL,
    answer text NOT NULL,
    answered_by text COLLATE "C" NOT NULL,
    answered_at timestamptz NOT NULL,
    PRIMARY KEY (program, quarter, dimension, "group", step),
    FOREIGN KEY (program, quarter) REFERENCES governance.fairness_reports
);

-- What people declare of themselves, for reports only.
CREATE TABLE governance.declared_groups (
    program text COLLATE "C" NOT NULL,
    participant text COLLATE "C" NOT NULL,
    dimension text COLLATE "C" NOT NULL,
    "group" text COLLATE "C",           -- null: not any more
    declared_at timestamptz NOT NULL,
    PRIMARY KEY (program, participant, dimension)
);
"""


def upgrade() -> None:
    op.execute(CHANGES)
