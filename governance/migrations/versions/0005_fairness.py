"""Fairness reports, and groups that people declare."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

CHANGES = """
SELECT;
"""


def upgrade() -> None:
    op.execute(CHANGES)
