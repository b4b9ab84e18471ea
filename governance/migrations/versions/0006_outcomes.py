"""Warnings that mentors answered, and consents of learners."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

CHANGES = """
SELECT;
"""


def upgrade() -> None:
    op.execute(CHANGES)
