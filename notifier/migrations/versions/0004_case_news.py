"""News about cases that a committee decides: for pages at once, and for e-mails."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

CHANGES = """
-- What somebody is notified of about a case: written by who moves the case, each once for ever.
CREATE TABLE notify.case_news (
    news_id uuid PRIMARY KEY,
    case_id uuid NOT NULL,
    program text COLLATE "C" NOT NULL,
    participant text COLLATE "C" NOT NULL,
    news text NOT NULL CHECK (news IN ('acknowledged', 'lines_open', 'frozen', 'on_desk', 'seat',
        'decided', 'hearing', 'appeal_settled', 'renewal_opens', 'appeal_lodged', 'overdue',
        'below_quorum', 'sample')),
    own boolean NOT NULL,           -- the case is about this person
    at timestamptz NOT NULL,
    enqueued boolean NOT NULL DEFAULT false  -- who sends e-mails has seen it
);
CREATE INDEX case_news_person ON notify.case_news (program, participant);
CREATE INDEX case_news_new ON notify.case_news (at) WHERE NOT enqueued;

ALTER TABLE notify.items
    ADD COLUMN news_id uuid UNIQUE,
    DROP CONSTRAINT items_what_check,
    ADD CONSTRAINT items_what_check CHECK (what IN ('achievement', 'kudos', 'invitation',
        'report_dismissed', 'kudos_removed', 'gift_removed', 'ending', 'case'));

ALTER TABLE notify.deliveries
    DROP CONSTRAINT deliveries_kind_check,
    ADD CONSTRAINT deliveries_kind_check
        CHECK (kind IN ('award', 'invitation', 'test', 'reminder', 'case'));

ALTER TABLE notify.preferences
    DROP CONSTRAINT preferences_check1,
    ADD CONSTRAINT preferences_categories
        CHECK (email_off <@ '{achievement,kudos,invitation,recognition}'
            AND in_app_off <@ '{achievement,kudos,invitation,recognition}');
"""


def upgrade() -> None:
    op.execute(CHANGES)
