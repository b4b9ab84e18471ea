"""What people choose for themselves in a program."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE web.preferences (
    program text COLLATE "C" NOT NULL,
    participant text COLLATE "C" NOT NULL,
    version int NOT NULL,
    timezone text,
    appearance text NOT NULL CHECK (appearance IN ('auto', 'light', 'dark')),
    PRIMARY KEY (program, participant)
);
"""


def upgrade() -> None:
    op.execute(TABLES)
