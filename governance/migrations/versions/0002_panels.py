"""Panels of reviewers, and their draws."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

CHANGES = """
-- Not every fact of governance is about a case: rewards and stewardship are of a program.
ALTER TABLE governance.outbox ALTER COLUMN case_id DROP NOT NULL;
"""


def upgrade() -> None:
    op.execute(CHANGES)
