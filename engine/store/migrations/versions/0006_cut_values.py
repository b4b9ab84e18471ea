"""What the value of a dead letter was whole, where only its beginning is kept.

Null for values that are kept whole, which all are that workers of the version before keep.
"""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

CHANGES = """
ALTER TABLE dead_letters
    ADD COLUMN value_size bigint,
    ADD COLUMN value_sha256 bytea;
"""


def upgrade() -> None:
    op.execute(CHANGES)
