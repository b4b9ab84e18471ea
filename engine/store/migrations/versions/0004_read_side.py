"""Awards by recipient and by loop, for boards and pages.

The last index is small: whose awards count in every loop of a person, or in none.
"""

from alembic import op

from engine.store.migrations import indexes

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

INDEXES = {
    "awards_recipient": "awards (program, recipient)",
    "awards_loop": "awards (program, loop)",
    "awards_beyond_loops": "awards (program, recipient) WHERE loop IS NULL OR decided",
}


def upgrade() -> None:
    with op.get_context().autocommit_block():
        for name, definition in INDEXES.items():
            indexes.create(name, definition)
