"""Policies, and which one a catalog goes by; null: it has none."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE policies (
            digest text PRIMARY KEY,
            text text NOT NULL,         -- the catalog file that it is a part of
            in_force_at timestamptz     -- adopted, or replaced; null: it only came with a catalog
        )
    """)
    op.execute("ALTER TABLE catalogs ADD COLUMN policy text REFERENCES policies")
