"""News about what governance asks of somebody, and gives them, that is no case of theirs."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

CHANGES = """
-- Of these, case_id is the id of what they are about, which nothing else here says: a request for a
-- review, a calibration, a reward of a cycle, a pairing.
ALTER TABLE notify.case_news
    DROP CONSTRAINT case_news_news_check,
    ADD CONSTRAINT case_news_news_check CHECK (news IN ('acknowledged', 'lines_open', 'frozen',
        'on_desk', 'seat', 'decided', 'hearing', 'appeal_settled', 'renewal_opens',
        'appeal_lodged', 'overdue', 'below_quorum', 'sample', 'drawn', 'panel_closed',
        'seats_open', 'review_asked', 'calibration_asked', 'reward', 'pairing'));
"""


def upgrade() -> None:
    op.execute(CHANGES)
