"""Dead letters by the place of their record, for who asks what became of one.

A migration of its own: the index is made outside a transaction, and is made again if that was
interrupted.
"""

from alembic import op

from engine.store.migrations import indexes

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.get_context().autocommit_block():
        indexes.create("dead_letters_record", 'dead_letters (topic, partition, "offset")')
