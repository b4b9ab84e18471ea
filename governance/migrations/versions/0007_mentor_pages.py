"""Public pages of mentors, and proposals of policies."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

CHANGES = """
SELECT;
"""


def upgrade() -> None:
    op.execute(CHANGES)
