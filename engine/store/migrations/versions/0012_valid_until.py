"""Until when an award is valid; null: without end."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("awards", "computed", "restatements"):
        op.execute(f'ALTER TABLE {table} ADD COLUMN valid_until text COLLATE "C"')
