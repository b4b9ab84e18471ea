"""Rewards, the bench and pairings."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

CHANGES = """
ALTER TABLE governance.draws DROP CONSTRAINT draws_kind_check;
ALTER TABLE governance.draws ADD CONSTRAINT draws_kind_check
    CHECK (kind IN ('panels', 'adjudicator', 'reward', 'bench', 'pairing'));

-- Cycles of rewards that were held: who was eligible, and by which draw some of them won.
CREATE TABLE governance.cycles (
    program text COLLATE "C" NOT NULL,
    reward text COLLATE "C" NOT NULL,
    cycle text COLLATE "C" NOT NULL,  -- as 2026 or 2026-Q3
    as_of text NOT NULL,            -- an instant: the first one of the cycle
    policy text NOT NULL,           -- hex SHA-256 of the policy
    eligible text[] NOT NULL,       -- people
    counted integer NOT NULL,       -- how many they were; it stays when somebody is erased
    draw_id uuid REFERENCES governance.draws,
    held_at timestamptz NOT NULL,
    PRIMARY KEY (program, reward, cycle)
);

CREATE TABLE governance.grants (
    reward_id uuid PRIMARY KEY,
    program text COLLATE "C" NOT NULL,
    reward text COLLATE "C" NOT NULL,
    kind text NOT NULL,
    cycle text COLLATE "C" NOT NULL,
    participant text COLLATE "C" NOT NULL,
    selection text NOT NULL CHECK (selection IN ('all', 'lottery', 'committee')),
    approvers text[] NOT NULL,
    granted_at timestamptz NOT NULL,
    UNIQUE (program, reward, cycle, participant)
);
CREATE INDEX grants_participant ON governance.grants (program, participant);

-- Members choose whom a reward of the committee goes to; `words`: why, of what is published.
CREATE TABLE governance.reward_votes (
    program text COLLATE "C" NOT NULL,
    reward text COLLATE "C" NOT NULL,
    cycle text COLLATE "C" NOT NULL,
    participant text COLLATE "C" NOT NULL,
    member text COLLATE "C" NOT NULL,
    words text NOT NULL,
    signed_at timestamptz NOT NULL,
    PRIMARY KEY (program, reward, cycle, participant, member)
);

-- What somebody lets be published of a reward of theirs.
CREATE TABLE governance.reward_consents (
    program text COLLATE "C" NOT NULL,
    reward text COLLATE "C" NOT NULL,
    cycle text COLLATE "C" NOT NULL,
    participant text COLLATE "C" NOT NULL,
    given_at timestamptz,
    withdrawn_at timestamptz,
    PRIMARY KEY (program, reward, cycle, participant)
);

-- What somebody tells of themselves for the bench and for pairings.
CREATE TABLE governance.offers (
    program text COLLATE "C" NOT NULL,
    participant text COLLATE "C" NOT NULL,
    bench boolean NOT NULL,         -- offers to sit on it
    discipline text,                -- as declared; null: not
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (program, participant)
);

-- Proposals that a coordinator confirmed: a proposal is a draw.
CREATE TABLE governance.confirmations (
    draw_id uuid PRIMARY KEY REFERENCES governance.draws,
    by text COLLATE "C" NOT NULL,
    at timestamptz NOT NULL
);

CREATE TABLE governance.bench_terms (
    record_id uuid PRIMARY KEY,     -- of the fact that is published when the term is over
    program text COLLATE "C" NOT NULL,
    participant text COLLATE "C" NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,          -- the last day
    draw_id uuid NOT NULL REFERENCES governance.draws,
    served_at timestamptz,          -- when it was over and published; null: it runs
    UNIQUE (program, participant, starts_on)
);

CREATE TABLE governance.pairings (
    record_id uuid PRIMARY KEY,     -- of the fact that is published when it is over
    program text COLLATE "C" NOT NULL,
    senior text COLLATE "C" NOT NULL,
    newcomer text COLLATE "C" NOT NULL,
    draw_id uuid NOT NULL REFERENCES governance.draws,
    confirmed_at timestamptz NOT NULL,
    ended_at timestamptz,           -- null: it runs
    seen_through boolean NOT NULL   -- the newcomer's first cohort has ended
);
CREATE UNIQUE INDEX pairings_newcomer ON governance.pairings (program, newcomer)
    WHERE ended_at IS NULL;
CREATE INDEX pairings_senior ON governance.pairings (program, senior);
"""


def upgrade() -> None:
    op.execute(CHANGES)
