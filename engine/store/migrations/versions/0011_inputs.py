"""When events of each type were last heard in each program, and the longest gap between them."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE inputs (
            program text COLLATE "C" NOT NULL,
            type text COLLATE "C" NOT NULL,
            first_at timestamptz NOT NULL,  -- Kafka's times of records
            last_at timestamptz NOT NULL,
            longest_ms bigint NOT NULL,     -- the longest gap, in time of weekdays
            PRIMARY KEY (program, type)
        )
    """)
    op.execute("""
        CREATE TABLE input_positions (
            topic text COLLATE "C" NOT NULL,
            partition int NOT NULL,
            next_offset bigint NOT NULL,    -- inputs has all records before it
            broken_at timestamptz,          -- records from before may be missing there
            PRIMARY KEY (topic, partition)
        )
    """)
