"""Everything the engine keeps.

Text is compared by code point (`COLLATE "C"`), as ids are. Instants are text of fixed width, which
sorts by time. Hashes are 64-bit; the names stand beside them and are compared by whoever reads.
"""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE cursors (
    topic text NOT NULL,
    partition int NOT NULL,             -- below 0: lanes of our own, such as redrive
    lane int NOT NULL UNIQUE,           -- of its facts in the ledger; see engine/store/cursors
    next_offset bigint NOT NULL,
    applied bigint NOT NULL DEFAULT 0,
    duplicates bigint NOT NULL DEFAULT 0,
    retractions bigint NOT NULL DEFAULT 0,
    dead_letters bigint NOT NULL DEFAULT 0,
    holes bigint NOT NULL DEFAULT 0,    -- offsets without a record
    lost bigint NOT NULL DEFAULT 0,     -- given up by decision; all six sum to offsets passed
    unmet_retractions bigint NOT NULL DEFAULT 0,
    window_size int NOT NULL DEFAULT 0,
    window_bits bytea NOT NULL DEFAULT '',  -- of the last records, which were refused
    halted text,                        -- why the partition stands still; null while it runs
    first_offset bigint NOT NULL,
    cluster_id text,
    topic_id text,
    PRIMARY KEY (topic, partition)
);

CREATE TABLE ledger (
    place bigint NOT NULL,
    fact bigint NOT NULL,               -- even for a fact, plus one for its retraction
    lane int NOT NULL,                  -- the partition it came from, or another lane of cursors
    "offset" bigint NOT NULL,
    content text NOT NULL,              -- canonical JSON; see engine/intake/content.py
    PRIMARY KEY (place, fact)
);
CREATE INDEX ledger_offset ON ledger USING brin ("offset");

CREATE TABLE messages (
    place bigint NOT NULL,
    fact bigint NOT NULL,
    message text NOT NULL,
    PRIMARY KEY (place, fact)
);

CREATE TABLE catalogs (
    id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    digest text NOT NULL UNIQUE,
    name text NOT NULL,
    version text NOT NULL,
    text text NOT NULL
);

CREATE TABLE generations (
    id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    catalog int NOT NULL REFERENCES catalogs,
    status text NOT NULL CHECK
        (status IN ('planned', 'building', 'ready', 'approved', 'live', 'retired')),
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE programs (
    program text COLLATE "C" PRIMARY KEY,
    generation int NOT NULL REFERENCES generations
);

CREATE TABLE default_generation (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    generation int NOT NULL REFERENCES generations
);

CREATE TABLE measures (
    generation int NOT NULL,
    place bigint NOT NULL,
    program text COLLATE "C" NOT NULL,
    loop text COLLATE "C",
    participant text COLLATE "C",
    version bigint NOT NULL DEFAULT 1,
    state text NOT NULL,
    PRIMARY KEY (place, generation)
) PARTITION BY LIST (generation);
CREATE INDEX measures_of_program ON measures (program, loop);

CREATE TABLE people (
    generation int NOT NULL,
    person bigint NOT NULL,
    program text COLLATE "C" NOT NULL,
    participant text COLLATE "C" NOT NULL,
    state text NOT NULL,
    PRIMARY KEY (person, generation)
) PARTITION BY LIST (generation);

CREATE TABLE participation (
    generation int NOT NULL,
    person bigint NOT NULL,
    place bigint NOT NULL,
    PRIMARY KEY (person, place, generation)
) PARTITION BY LIST (generation);

CREATE TABLE awards (
    award_id uuid PRIMARY KEY,
    revision int NOT NULL,
    standing boolean NOT NULL,
    program text COLLATE "C" NOT NULL,
    loop text COLLATE "C",
    recipient text COLLATE "C" NOT NULL,
    badge text COLLATE "C" NOT NULL,
    occurrence text COLLATE "C" NOT NULL,
    level text COLLATE "C",
    awarded_at text COLLATE "C" NOT NULL,
    evidence text NOT NULL,
    giver text COLLATE "C",
    catalog int NOT NULL REFERENCES catalogs,
    decided boolean NOT NULL DEFAULT false, -- kept by decision, not justified by facts
    silent boolean NOT NULL DEFAULT false   -- its last revision was not published
);

CREATE TABLE restatements (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    award_id uuid NOT NULL,
    restated_at timestamptz NOT NULL DEFAULT now(),
    awarded_at text NOT NULL,           -- what stood before
    evidence text NOT NULL
);

CREATE TABLE outbox (
    topic text NOT NULL,                -- awards or dead-letters: neither holds up the other
    id bigint GENERATED ALWAYS AS IDENTITY,
    put_at timestamptz NOT NULL DEFAULT now(),
    messages int NOT NULL,
    body bytea NOT NULL,
    PRIMARY KEY (topic, id)
);

CREATE TABLE dead_letters (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic text NOT NULL,
    partition int NOT NULL,
    "offset" bigint NOT NULL,
    key bytea,
    value bytea,
    headers bytea NOT NULL,
    reason text NOT NULL,
    detail text NOT NULL,
    engine_version text NOT NULL,
    catalog_digest text NOT NULL,
    first_seen timestamptz NOT NULL DEFAULT now(),
    attempts int NOT NULL DEFAULT 1,
    resolution text,                    -- redriven, discarded; null while it is open
    resolution_note text,
    resolved_at timestamptz
);  -- one per refused record because the cursor passes each once; offsets come again in a new topic
CREATE INDEX dead_letters_open ON dead_letters (reason, id) WHERE resolution IS NULL;

-- What people decided, or looked at that is private. Append-only; each row's hash covers the one
-- before, so that a row changed or taken out later shows.
CREATE TABLE audit_log (
    id bigint PRIMARY KEY,              -- 1, 2, 3 …
    at text NOT NULL,
    action text NOT NULL,
    by text NOT NULL,
    reason text NOT NULL,
    details text NOT NULL,              -- JSON
    hash bytea NOT NULL
);
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_log
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- The ledger for people: one column per part of a fact's key.
CREATE VIEW facts AS SELECT
    content::json->>'program_id' AS program,
    content::json->>'loop_id' AS loop,
    content::json->>'type' AS type,
    content::json->>'time' AS time,
    (fact & 1) = 1 AS is_retraction,
    lane, "offset", content
FROM ledger;
"""


def upgrade() -> None:
    op.execute(TABLES)
