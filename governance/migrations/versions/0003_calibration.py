"""Calibration of reviewers against anchors."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

CHANGES = """
SELECT;
"""


def upgrade() -> None:
    op.execute(CHANGES)
