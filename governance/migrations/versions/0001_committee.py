"""Who governs, the cases they decide, and the log of all that happens in them."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE governance.people (
    program text COLLATE "C" NOT NULL,
    participant text COLLATE "C" NOT NULL,
    roles text[] NOT NULL CHECK (roles <@ '{member,chair,auditor,reviewer,bench}'),
    term_until date,                -- the last day; null: without end
    leave_until date,               -- the last day away; null: not on leave
    employer text COLLATE "C",      -- as declared
    version integer NOT NULL,
    PRIMARY KEY (program, participant)
);

-- Between two people, whichever of them it was declared by: `one` sorts before `other`.
CREATE TABLE governance.conflicts (
    program text COLLATE "C" NOT NULL,
    one text COLLATE "C" NOT NULL,
    other text COLLATE "C" NOT NULL,
    why text NOT NULL CHECK (why IN ('family', 'employer', 'declared')),
    declared_by text COLLATE "C" NOT NULL,
    declared_at timestamptz NOT NULL,
    ended_at timestamptz,
    PRIMARY KEY (program, one, other, why),
    CHECK (one < other)
);
CREATE INDEX conflicts_other ON governance.conflicts (program, other);

CREATE TABLE governance.cases (
    case_id uuid PRIMARY KEY,
    program text COLLATE "C" NOT NULL,
    subject text COLLATE "C" NOT NULL,
    about text COLLATE "C" NOT NULL,  -- a stage's badge, or a waiver
    kind text NOT NULL CHECK (kind IN ('first', 'renewal', 'waiver', 'withdrawal', 'appeal')),
    state text NOT NULL CHECK (state IN ('applied', 'acknowledged', 'hearing', 'settling',
        'on_desk', 'decided', 'appealed', 'final', 'settled', 'withdrawn')),
    opened_at timestamptz NOT NULL,
    opened_by text COLLATE "C" NOT NULL,
    state_since timestamptz NOT NULL,
    due_on date,                    -- the last local day of the step; null: nothing is due
    desk_from timestamptz,          -- until then it settles
    pack integer,                   -- the number of the current pack; null: none is frozen yet
    outcome text CHECK (outcome IN
        ('granted', 'renewed', 'declined', 'stands', 'retracted', 'rejected', 'upheld')),
    decided_at timestamptz,
    decision_id text COLLATE "C",   -- that it made
    of_decision text COLLATE "C",   -- of a withdrawal or an appeal: the one it is about
    of_case uuid REFERENCES governance.cases,  -- of an appeal: the first case; of a case after an
                                    -- upheld appeal: the appeal
    appeal_of text COLLATE "C",     -- what its decision names as the one before
    wrapped_key bytea,              -- null: the subject was erased, and nothing sealed opens
    kid text,                       -- of the key that it is wrapped to
    version integer NOT NULL
);
CREATE UNIQUE INDEX cases_open ON governance.cases (program, subject, about)
    WHERE kind IN ('first', 'renewal', 'waiver')
        AND state IN ('applied', 'acknowledged', 'settling', 'on_desk');
CREATE UNIQUE INDEX cases_withdrawal ON governance.cases (program, of_decision)
    WHERE kind = 'withdrawal' AND state IN ('hearing', 'settling', 'on_desk');
CREATE UNIQUE INDEX cases_appeal ON governance.cases (of_case) WHERE kind = 'appeal';
CREATE INDEX cases_subject ON governance.cases (program, subject);
CREATE INDEX cases_state ON governance.cases (program, state, due_on);
CREATE INDEX cases_decision ON governance.cases (program, decision_id)
    WHERE decision_id IS NOT NULL;

CREATE TABLE governance.packs (
    case_id uuid NOT NULL REFERENCES governance.cases,
    number integer NOT NULL,
    digest text NOT NULL,           -- of the document; hex SHA-256, as the two below
    ground text NOT NULL,
    as_of text NOT NULL,            -- an instant
    catalog text NOT NULL,
    policy text NOT NULL,
    frozen_at timestamptz NOT NULL,
    sealed bytea NOT NULL,          -- the document, under the key of the case
    PRIMARY KEY (case_id, number)
);

CREATE TABLE governance.seats (
    case_id uuid NOT NULL REFERENCES governance.cases,
    member text COLLATE "C" NOT NULL,
    assigned_at timestamptz NOT NULL,
    left_at timestamptz,
    why text CHECK (why IN ('recused', 'silent', 'decided')),
    PRIMARY KEY (case_id, member),
    CHECK ((left_at IS NULL) = (why IS NULL))
);
CREATE INDEX seats_member ON governance.seats (member) WHERE left_at IS NULL;

CREATE TABLE governance.recusals (
    case_id uuid NOT NULL REFERENCES governance.cases,
    member text COLLATE "C" NOT NULL,
    why text NOT NULL,              -- what sort of conflict, never somebody's own words
    declared boolean NOT NULL,      -- by the member; else computed
    at timestamptz NOT NULL,
    PRIMARY KEY (case_id, member)
);

CREATE TABLE governance.openings (
    case_id uuid NOT NULL REFERENCES governance.cases,
    number integer NOT NULL,        -- of the pack
    member text COLLATE "C" NOT NULL,
    blind boolean NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (case_id, number, member, blind)
);

CREATE TABLE governance.signatures (
    case_id uuid NOT NULL REFERENCES governance.cases,
    number integer NOT NULL,        -- of the pack
    member text COLLATE "C" NOT NULL,
    outcome text NOT NULL CHECK (outcome IN
        ('granted', 'renewed', 'declined', 'stands', 'retracted', 'rejected', 'upheld')),
    also text[] NOT NULL,           -- of a withdrawal: decisions of stages above
    retracts text[] NOT NULL,       -- of an appeal: reviews
    log_id bigint NOT NULL,         -- the entry that has the statement
    signed_at timestamptz NOT NULL,
    PRIMARY KEY (case_id, number, member)
);

-- Facts of committees, in order; the bytes are fixed when something is decided.
CREATE TABLE governance.outbox (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id uuid NOT NULL UNIQUE,
    case_id uuid NOT NULL REFERENCES governance.cases,
    fact_type text NOT NULL,
    fact_id text NOT NULL,
    is_retraction boolean NOT NULL,
    key bytea NOT NULL,
    value bytea NOT NULL,
    created_at timestamptz NOT NULL,
    published_at timestamptz,
    partition integer,
    record_offset bigint,
    CHECK ((published_at IS NULL) = (partition IS NULL)
        AND (published_at IS NULL) = (record_offset IS NULL))
);
CREATE INDEX outbox_waiting ON governance.outbox (id) WHERE published_at IS NULL;
CREATE INDEX outbox_case ON governance.outbox (case_id);

CREATE TABLE governance.log (
    id bigint PRIMARY KEY,
    at text NOT NULL,               -- UTC
    program text COLLATE "C" NOT NULL,
    case_id uuid,
    kind text NOT NULL,
    by text COLLATE "C" NOT NULL,
    body text NOT NULL,             -- canonical JSON without private text
    sealed bytea,                   -- private text, under the key of the case
    hash bytea NOT NULL
);
CREATE INDEX log_case ON governance.log (case_id, id) WHERE case_id IS NOT NULL;
CREATE INDEX log_program ON governance.log (program, id);
CREATE FUNCTION governance.refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = ''
    AS 'BEGIN RAISE EXCEPTION ''the log of the committee is append-only''; END';
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON governance.log
    FOR EACH ROW EXECUTE FUNCTION governance.refuse_change();
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON governance.log
    FOR EACH STATEMENT EXECUTE FUNCTION governance.refuse_change();

-- The latest look at each decision in force.
CREATE TABLE governance.audits (
    program text COLLATE "C" NOT NULL,
    decision_id text COLLATE "C" NOT NULL,
    at timestamptz NOT NULL,
    met boolean NOT NULL,
    differs text NOT NULL,          -- JSON
    case_id uuid REFERENCES governance.cases,  -- that was opened for it
    PRIMARY KEY (program, decision_id)
);

CREATE TABLE governance.samples (
    program text COLLATE "C" NOT NULL,
    quarter text COLLATE "C" NOT NULL,  -- as 2026-Q3
    case_id uuid NOT NULL REFERENCES governance.cases,
    judge text COLLATE "C" NOT NULL,
    assigned_at timestamptz NOT NULL,
    verdict text,
    judged_at timestamptz,
    PRIMARY KEY (program, quarter, case_id, judge)
);
CREATE INDEX samples_judge ON governance.samples (program, judge) WHERE judged_at IS NULL;

CREATE TABLE governance.minutes (
    program text COLLATE "C" NOT NULL,
    number integer NOT NULL,
    from_day date NOT NULL,
    to_day date NOT NULL,
    document text NOT NULL,
    digest text NOT NULL,           -- hex SHA-256 of the document
    sealed_at timestamptz NOT NULL,
    PRIMARY KEY (program, number)
);
"""


def upgrade() -> None:
    op.execute(TABLES)
