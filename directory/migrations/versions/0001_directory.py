"""Who is who: one row for each subject described, and how far the topic was read."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE directory.programs (
    program text COLLATE "C" PRIMARY KEY,
    described jsonb NOT NULL,       -- the data as published
    told_at timestamptz NOT NULL,   -- the event's time
    lane integer NOT NULL,          -- of directory.cursors: where the description was read
    "offset" bigint NOT NULL,
    published_at timestamptz NOT NULL  -- by Kafka's clock: orders what is in different lanes
);
CREATE TABLE directory.participants (
    program text COLLATE "C" NOT NULL,
    participant text COLLATE "C" NOT NULL,
    display_name text NOT NULL,
    given_name text,
    email text,
    avatar_url text,
    locale text,
    timezone text,
    roles text[] NOT NULL,
    active boolean NOT NULL,
    told_at timestamptz NOT NULL,
    lane integer NOT NULL,
    "offset" bigint NOT NULL,
    published_at timestamptz NOT NULL,
    PRIMARY KEY (program, participant)
);
CREATE TABLE directory.loops (
    program text COLLATE "C" NOT NULL,
    loop text COLLATE "C" NOT NULL,
    name text,
    kind text NOT NULL CHECK (kind IN ('one_to_one', 'group')),
    state text NOT NULL CHECK (state IN ('open', 'closed')),
    told_at timestamptz NOT NULL,
    lane integer NOT NULL,
    "offset" bigint NOT NULL,
    published_at timestamptz NOT NULL,
    PRIMARY KEY (program, loop)
);
CREATE TABLE directory.members (
    program text COLLATE "C" NOT NULL,
    loop text COLLATE "C" NOT NULL,
    participant text COLLATE "C" NOT NULL,
    role text CHECK (role IN ('mentor', 'mentee')),
    PRIMARY KEY (program, loop, participant),
    FOREIGN KEY (program, loop) REFERENCES directory.loops ON DELETE CASCADE
);
CREATE INDEX members_participant ON directory.members (program, participant, loop);
CREATE TABLE directory.cursors (
    partition integer PRIMARY KEY,
    next_offset bigint NOT NULL,
    topic_id text NOT NULL,         -- a topic that was made again has another
    lane integer NOT NULL UNIQUE,   -- one for each partition of each topic that was ever read
    refused bigint NOT NULL DEFAULT 0
);
CREATE TABLE directory.erased (
    program text COLLATE "C" NOT NULL,
    participant text COLLATE "C" NOT NULL,
    erased_at timestamptz NOT NULL,     -- descriptions up to this time are ignored
    forgotten boolean NOT NULL DEFAULT false,  -- a tombstone was read since
    PRIMARY KEY (program, participant)
);
"""


def upgrade() -> None:
    op.execute(TABLES)
