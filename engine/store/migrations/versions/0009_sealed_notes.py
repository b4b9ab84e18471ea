"""Private notes are sealed to their reader's key.

A message without `kid` was stored in clear by an older version; `badge-engine notes seal` seals it.
The views tell, without the text itself, that a fact has a note, that a record was refused.
"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE messages ADD COLUMN kid text")
    op.execute("""
        CREATE TABLE note_keys (
            program text COLLATE "C" NOT NULL,
            participant text COLLATE "C" NOT NULL,
            kid text NOT NULL,
            public text,                    -- JWK; null: the person was erased
            wrapped text,                   -- the private JWK, sealed to the master key
            made_at timestamptz NOT NULL DEFAULT now(),
            erased_at timestamptz,
            PRIMARY KEY (program, participant),
            CHECK ((erased_at IS NULL) = (public IS NOT NULL)),
            CHECK ((erased_at IS NULL) = (wrapped IS NOT NULL))
        )
    """)
    op.execute("CREATE VIEW noted AS SELECT place, fact FROM messages")
    op.execute(
        'CREATE VIEW refusals AS SELECT topic, partition, "offset", reason, detail '
        "FROM dead_letters"
    )
