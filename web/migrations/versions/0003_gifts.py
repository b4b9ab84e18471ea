"""Kudos that are given here, on their way to Kafka; and of notes who has read or reported which."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE web.gifts (
    kudos_id uuid PRIMARY KEY,
    program text COLLATE "C" NOT NULL,
    loop text COLLATE "C" NOT NULL,
    giver text COLLATE "C" NOT NULL,
    recipient text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    award_id uuid NOT NULL,          -- of the award that it will be
    sealed text,                     -- the note, until the fact is in Kafka
    at timestamptz NOT NULL,         -- to the millisecond; the time of the fact, for ever
    send_after timestamptz NOT NULL,
    state text COLLATE "C" NOT NULL CHECK (
        state IN ('held', 'sent', 'refused', 'cancelled', 'withdrawing', 'withdrawn')
    ),                               -- that it was awarded, awards say
    due timestamptz,                 -- when something is next to be done about it
    claimed boolean NOT NULL DEFAULT false,  -- the fact may be in Kafka
    sent_partition int,
    sent_offset bigint,
    withdrawn_at timestamptz,        -- the time of the retraction
    settled timestamptz,             -- since when nothing more is to be sent
    key_hash bytea NOT NULL,
    fingerprint bytea NOT NULL,
    invitation_id uuid,
    UNIQUE (program, giver, key_hash)
);
CREATE INDEX gifts_due ON web.gifts (due) WHERE due IS NOT NULL;
CREATE INDEX gifts_of_giver ON web.gifts (program, giver, at, kudos_id);

CREATE TABLE web.note_reads (        -- by coordinators
    program text COLLATE "C" NOT NULL,
    kudos_id text COLLATE "C" NOT NULL,
    at timestamptz NOT NULL,
    by_hash bytea NOT NULL
);
CREATE INDEX note_reads_of_note ON web.note_reads (program, kudos_id, at);

CREATE TABLE web.note_reports (      -- by recipients
    program text COLLATE "C" NOT NULL,
    kudos_id text COLLATE "C" NOT NULL,
    at timestamptz NOT NULL,
    settled timestamptz,
    settled_as text COLLATE "C" CHECK (settled_as IN ('dismissed', 'removed')),
    PRIMARY KEY (program, kudos_id)
);
"""


def upgrade() -> None:
    op.execute(TABLES)
