"""Reminders of awards that end: before the end, twice, each once."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

CHANGES = """
ALTER TABLE notify.notices ADD COLUMN valid_until timestamptz;  -- null: it does not end
CREATE INDEX notices_ending ON notify.notices (valid_until)
    WHERE standing AND valid_until IS NOT NULL;

-- What was decided once about each award: that its person is reminded so many days before it ends.
CREATE TABLE notify.reminders (
    reminder_id uuid PRIMARY KEY,
    award_id uuid NOT NULL,
    days integer NOT NULL,
    at timestamptz NOT NULL,
    UNIQUE (award_id, days)
);

ALTER TABLE notify.items
    ADD COLUMN reminder_id uuid UNIQUE,
    ADD COLUMN reminds_of uuid,     -- the award that ends
    DROP CONSTRAINT items_what_check,
    ADD CONSTRAINT items_what_check CHECK (what IN ('achievement', 'kudos', 'invitation',
        'report_dismissed', 'kudos_removed', 'gift_removed', 'ending'));
CREATE INDEX items_reminds_of ON notify.items (reminds_of) WHERE reminds_of IS NOT NULL;

ALTER TABLE notify.deliveries
    DROP CONSTRAINT deliveries_kind_check,
    ADD CONSTRAINT deliveries_kind_check
        CHECK (kind IN ('award', 'invitation', 'test', 'reminder'));
"""


def upgrade() -> None:
    op.execute(CHANGES)
