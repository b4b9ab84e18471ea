"""Of what people are notified, where, and when."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE notify.cursors (
    partition integer PRIMARY KEY,
    next_offset bigint NOT NULL,
    topic_id text NOT NULL,         -- a topic that was made again has another
    lane integer NOT NULL UNIQUE,   -- one for each partition of each topic that was ever read
    refused bigint NOT NULL DEFAULT 0,
    baseline_until bigint NOT NULL DEFAULT 0  -- what lies before it was there before the notifier
);

-- The latest revision of each award that was ever announced.
CREATE TABLE notify.notices (
    award_id uuid PRIMARY KEY,
    revision integer NOT NULL,
    standing boolean NOT NULL,
    program text COLLATE "C" NOT NULL,
    loop text COLLATE "C",
    participant text COLLATE "C" NOT NULL,
    badge text COLLATE "C" NOT NULL,
    badge_name text,                -- null: only a revocation was read so far
    level text COLLATE "C",
    category text COLLATE "C",
    giver text COLLATE "C",
    kudos_id text COLLATE "C",      -- of kudos: the fact's natural key, which its note has
    total integer,
    awarded_at timestamptz,
    seen_at timestamptz NOT NULL,   -- of its first revision
    baseline boolean NOT NULL       -- of before the notifier first started: not notified
);
CREATE INDEX notices_participant ON notify.notices (program, participant);
CREATE INDEX notices_giver ON notify.notices (program, giver) WHERE giver IS NOT NULL;

-- What stands on somebody's page of notifications.
CREATE TABLE notify.items (
    id bigint GENERATED ALWAYS AS IDENTITY,
    program text COLLATE "C" NOT NULL,
    participant text COLLATE "C" NOT NULL,
    what text NOT NULL CHECK (what IN ('achievement', 'kudos', 'invitation',
        'report_dismissed', 'kudos_removed', 'gift_removed')),
    award_id uuid UNIQUE,
    invitation_id uuid UNIQUE,
    kudos_id text,                  -- of what a coordinator has settled
    at timestamptz NOT NULL,
    read timestamptz,
    gone boolean NOT NULL DEFAULT false,  -- the award is no longer held
    PRIMARY KEY (program, participant, id)
);
CREATE UNIQUE INDEX items_settled ON notify.items (program, participant, kudos_id, what)
    WHERE kudos_id IS NOT NULL;
CREATE INDEX items_unread ON notify.items (program, participant) WHERE read IS NULL;
CREATE INDEX items_at ON notify.items (at);

-- What is sent: an award, or an invitation, goes once through a channel, for ever.
CREATE TABLE notify.deliveries (
    subject uuid NOT NULL,          -- the award's id, or the invitation's
    channel text NOT NULL CHECK (channel IN ('email')),
    kind text NOT NULL CHECK (kind IN ('award', 'invitation', 'test')),
    program text COLLATE "C" NOT NULL,
    participant text COLLATE "C" NOT NULL,
    state text NOT NULL CHECK (
        state IN ('waiting', 'claimed', 'sending', 'sent', 'dropped', 'failed')),
    due_at timestamptz NOT NULL,
    bundle uuid,                    -- those with the same one go in one message
    lease timestamptz,              -- until then it is somebody's who is at work
    attempts integer NOT NULL DEFAULT 0,
    message_id text,                -- fixed before the first byte of the message leaves
    error text,                     -- why it was dropped, or what the last attempt met
    settled_at timestamptz,         -- since when it is sent, dropped or failed
    PRIMARY KEY (subject, channel)
);
CREATE INDEX deliveries_due ON notify.deliveries (channel, due_at)
    WHERE state IN ('waiting', 'claimed', 'sending');
CREATE INDEX deliveries_person ON notify.deliveries (program, participant);

CREATE TABLE notify.invitations (
    invitation_id uuid PRIMARY KEY,
    program text COLLATE "C" NOT NULL,
    loop text COLLATE "C" NOT NULL,
    respondent text COLLATE "C" NOT NULL,
    about text[] NOT NULL,
    survey_id text NOT NULL,
    at timestamptz NOT NULL,
    mailed timestamptz,
    dismissed timestamptz
);
CREATE INDEX invitations_respondent ON notify.invitations (program, respondent, at);

-- What people choose for themselves; who has no row has chosen nothing.
CREATE TABLE notify.preferences (
    program text COLLATE "C" NOT NULL,
    participant text COLLATE "C" NOT NULL,
    version integer NOT NULL,
    timezone text,                  -- null: the one that the directory has
    appearance text NOT NULL CHECK (appearance IN ('auto', 'light', 'dark')),
    email_off text[] NOT NULL DEFAULT '{}',
    in_app_off text[] NOT NULL DEFAULT '{}',
    quiet_from time DEFAULT '20:00',  -- null, both: at any hour
    quiet_to time DEFAULT '08:00',
    PRIMARY KEY (program, participant),
    CHECK ((quiet_from IS NULL) = (quiet_to IS NULL)),
    CHECK (email_off <@ '{achievement,kudos,invitation}'
        AND in_app_off <@ '{achievement,kudos,invitation}')
);

-- Addresses that a mail server has refused. Another address of the same person is good again.
CREATE TABLE notify.bad_addresses (
    program text COLLATE "C" NOT NULL,
    participant text COLLATE "C" NOT NULL,
    address_hash bytea NOT NULL,    -- SHA-256
    since timestamptz NOT NULL,
    why text NOT NULL,
    PRIMARY KEY (program, participant)
);
"""


def upgrade() -> None:
    op.execute(TABLES)
