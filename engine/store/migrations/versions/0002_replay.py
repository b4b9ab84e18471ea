"""What a replay needs: generations that are built beside the live one."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

CHANGES = """
ALTER TABLE generations DROP CONSTRAINT generations_status_check;
ALTER TABLE generations
    ADD CONSTRAINT generations_status_check CHECK (status IN (
        'planned', 'building', 'ready', 'approved', 'live', 'replaced', 'retired', 'dropped')),
    ADD COLUMN every_program boolean NOT NULL DEFAULT true,
    ADD COLUMN details text NOT NULL DEFAULT '{}';  -- JSON; see generations/replays.py

-- By lane too: a lane of our own has small offsets, which every page has larger ones than.
DROP INDEX ledger_offset;
CREATE INDEX ledger_told ON ledger USING brin (lane, "offset");

-- The programs of a generation that is not one of every program; and, once a cutover has put them
-- under it, the generations that they were under before.
CREATE TABLE generation_programs (
    generation int NOT NULL REFERENCES generations,
    program text COLLATE "C" NOT NULL,
    previous int REFERENCES generations,
    PRIMARY KEY (generation, program)
);

-- A build in parts: each is done, with all that it wrote, or not.
CREATE TABLE chunks (
    generation int NOT NULL REFERENCES generations,
    phase text NOT NULL CHECK (phase IN ('places', 'people')),
    low bigint NOT NULL,
    high bigint NOT NULL,               -- inclusive
    facts bigint,                       -- folded; null until it is done
    rows_before_cut bigint,             -- of the ledger
    PRIMARY KEY (generation, phase, low)
);

-- The awards that hold in a generation that is not live, as its facts justify them.
CREATE TABLE computed (
    generation int NOT NULL,
    award_id uuid NOT NULL,
    owner bigint NOT NULL,              -- the place or the person by whose facts it holds
    of_person boolean NOT NULL,
    program text COLLATE "C" NOT NULL,
    loop text COLLATE "C",
    recipient text COLLATE "C" NOT NULL,
    badge text COLLATE "C" NOT NULL,
    occurrence text COLLATE "C" NOT NULL,
    level text COLLATE "C",
    awarded_at text COLLATE "C" NOT NULL,
    evidence text NOT NULL,
    giver text COLLATE "C",
    PRIMARY KEY (award_id, generation)
) PARTITION BY LIST (generation);
CREATE INDEX computed_owner ON computed (owner);

-- What each place adds to what its people have, and hold, in the program.
CREATE TABLE shares (
    generation int NOT NULL,
    place bigint NOT NULL,
    person bigint NOT NULL,
    program text COLLATE "C" NOT NULL,
    participant text COLLATE "C" NOT NULL,
    loop text COLLATE "C",
    state text NOT NULL,
    facts text NOT NULL,                -- JSON; those that badges of the program test
    loop_facts text,                    -- JSON; where a badge of the loop asks for the program's
    PRIMARY KEY (place, person, generation)
) PARTITION BY LIST (generation);
CREATE INDEX shares_person ON shares (person);
"""


def upgrade() -> None:
    op.execute(CHANGES)
