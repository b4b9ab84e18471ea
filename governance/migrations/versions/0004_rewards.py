"""Rewards, the bench and pairings."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

CHANGES = """
SELECT;
"""


def upgrade() -> None:
    op.execute(CHANGES)
