"""From which offset on refusals may halt a partition: `dead-letters resume --until`."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

CHANGES = "ALTER TABLE cursors ADD COLUMN refusal_limit_from bigint NOT NULL DEFAULT 0"


def upgrade() -> None:
    op.execute(CHANGES)
