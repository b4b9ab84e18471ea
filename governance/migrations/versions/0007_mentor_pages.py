"""Public pages of mentors, and proposals of policies."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

CHANGES = """
-- The public page of a mentor; it stays when it is turned off: its address is nobody else's.
CREATE TABLE governance.mentor_pages (
    program text COLLATE "C" NOT NULL,
    participant text COLLATE "C" NOT NULL,
    slug text COLLATE "C" NOT NULL UNIQUE,
    shown boolean NOT NULL,
    indexed boolean NOT NULL,       -- search engines may list it
    made_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (program, participant)
);

-- To something published elsewhere. Title and address never change: what was checked is what is
-- shown.
CREATE TABLE governance.exemplar_links (
    link_id uuid PRIMARY KEY,
    program text COLLATE "C" NOT NULL,
    mentor text COLLATE "C" NOT NULL,
    title text NOT NULL,
    address text NOT NULL,
    learner text COLLATE "C",       -- whose work it shows; null: nobody's
    added_at timestamptz NOT NULL,
    state text NOT NULL CHECK (state IN ('waiting', 'accepted', 'refused')),
    checked_by text COLLATE "C",
    checked_at timestamptz,
    removed_at timestamptz,
    CHECK ((state = 'waiting') = (checked_at IS NULL))
);
CREATE INDEX exemplar_links_mentor ON governance.exemplar_links (program, mentor)
    WHERE removed_at IS NULL;

-- Testimonials that a mentor wants on their page; the author agrees by a consent of their own.
CREATE TABLE governance.page_voices (
    program text COLLATE "C" NOT NULL,
    mentor text COLLATE "C" NOT NULL,
    testimonial_id text COLLATE "C" NOT NULL,
    author text COLLATE "C" NOT NULL,
    chosen_at timestamptz NOT NULL,
    ended_at timestamptz,
    PRIMARY KEY (program, mentor, testimonial_id)
);

CREATE TABLE governance.policy_proposals (
    proposal_id uuid PRIMARY KEY,
    program text COLLATE "C" NOT NULL,
    proposed_by text COLLATE "C",   -- null: they were erased
    line text COLLATE "C",          -- of a stage; null: it is about something else
    number double precision,        -- that the line is to ask for
    sample integer,
    words text,                     -- why; shown to everybody of the program; null: erased
    proposed_at timestamptz NOT NULL,
    answer text CHECK (answer IN ('accepted', 'declined')),
    answer_words text,
    answered_by text COLLATE "C",
    answered_at timestamptz,
    CHECK ((answer IS NULL) = (answered_at IS NULL)),
    CHECK ((line IS NULL) = (number IS NULL))
);
CREATE INDEX policy_proposals_program ON governance.policy_proposals (program, proposed_at);
"""


def upgrade() -> None:
    op.execute(CHANGES)
