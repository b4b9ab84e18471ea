"""Which cutover kept an award: its rollback ends the keep."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# A table of its own, so that rows of `awards` stay as narrow as they are. A row says nothing once
# the award is not marked as decided any more.
CHANGES = """
CREATE TABLE kept_awards (
    award_id uuid PRIMARY KEY,
    generation int REFERENCES generations,  -- whose cutover kept it; null: before this was noted
    program text COLLATE "C" NOT NULL,
    recipient text COLLATE "C" NOT NULL,
    occurrence text COLLATE "C" NOT NULL
);
CREATE INDEX kept_awards_recipient ON kept_awards (program, recipient);
CREATE INDEX kept_awards_occurrence ON kept_awards (program, occurrence);
INSERT INTO kept_awards (award_id, program, recipient, occurrence)
    SELECT award_id, program, recipient, occurrence FROM awards WHERE decided;
"""


def upgrade() -> None:
    op.execute(CHANGES)
