"""Kudos that coordinators have removed, until Kafka has their retraction."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE web.removals (
    program text COLLATE "C" NOT NULL,
    loop text COLLATE "C" NOT NULL,
    kudos_id text COLLATE "C" NOT NULL,
    at timestamptz NOT NULL,         -- the time of the retraction, at every try
    due timestamptz NOT NULL,        -- when it is next to be published
    PRIMARY KEY (program, loop, kudos_id)
);
CREATE INDEX removals_due ON web.removals (due);
"""


def upgrade() -> None:
    op.execute(TABLES)
