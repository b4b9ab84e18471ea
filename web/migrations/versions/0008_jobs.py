"""Long work that operators start in the console, and their sessions."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE web.jobs (
    id uuid PRIMARY KEY,
    action text NOT NULL,
    by text COLLATE "C" NOT NULL,    -- the operator's subject
    started timestamptz NOT NULL,
    beat timestamptz NOT NULL,       -- when its process was last seen at work
    ended timestamptz,
    exit int,                        -- null in one that ended: it ended without a result
    output text NOT NULL DEFAULT ''  -- the last lines; never what a record holds
);
CREATE UNIQUE INDEX jobs_one_at_a_time ON web.jobs ((true)) WHERE ended IS NULL;
CREATE INDEX jobs_started ON web.jobs (started);

-- Apart from those of people: a process of the people surface must not be able to make one.
CREATE TABLE web.ops_sessions (LIKE web.sessions INCLUDING ALL);
"""


def upgrade() -> None:
    op.execute(TABLES)
