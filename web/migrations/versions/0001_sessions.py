"""Who is signed in at the pages."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE web.sessions (
    id bytea PRIMARY KEY CHECK (length(id) = 32),  -- SHA-256 of what the cookie holds
    sub text COLLATE "C" NOT NULL,   -- the issuer's name for the person
    sid text COLLATE "C",            -- the issuer's session, for back-channel logout
    roles jsonb NOT NULL,            -- as the last ID token had them
    roles_until timestamptz NOT NULL,
    made timestamptz NOT NULL,
    seen timestamptz NOT NULL,       -- to the minute
    ends timestamptz NOT NULL,
    refresh text,                    -- the refresh token, as a JWE to a key that the cookie has
    renewing timestamptz             -- until when one request alone asks the issuer for new roles
);
CREATE INDEX sessions_sub ON web.sessions (sub);
CREATE INDEX sessions_sid ON web.sessions (sid) WHERE sid IS NOT NULL;
"""


def upgrade() -> None:
    op.execute(TABLES)
