"""When deliveries were settled, for who asks how many went in the last minutes."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "CREATE INDEX deliveries_sent ON notify.deliveries (settled_at) WHERE state = 'sent'"
    )
