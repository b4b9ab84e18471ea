"""When people last proved who they are: a signature of the committee asks how long ago that was."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

COLUMNS = """
ALTER TABLE web.sessions ADD COLUMN authenticated_at timestamptz;
ALTER TABLE web.ops_sessions ADD COLUMN authenticated_at timestamptz;
"""


def upgrade() -> None:
    op.execute(COLUMNS)
