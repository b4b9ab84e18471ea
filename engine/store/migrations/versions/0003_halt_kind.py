"""The kind of a halt in a column of its own, so that nothing depends on how its text begins.

The trigger gives a kind to what workers of the version before write, which do not know the column.
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

CHANGES = """
ALTER TABLE cursors ADD COLUMN halt_kind text;

CREATE FUNCTION halt_kind_of(halted text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN halted LIKE 'flood:%' THEN 'refusal_limit'
                WHEN halted LIKE 'unreadable:%' THEN 'unreadable'
                WHEN halted IS NOT NULL THEN 'bug' END
$$;
UPDATE cursors SET halt_kind = halt_kind_of(halted) WHERE halted IS NOT NULL;

CREATE FUNCTION fill_halt_kind() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.halt_kind := halt_kind_of(NEW.halted);
    RETURN NEW;
END $$;
CREATE TRIGGER halt_kind_of_older_workers BEFORE UPDATE OF halted ON cursors FOR EACH ROW
    WHEN (NEW.halted IS DISTINCT FROM OLD.halted
          AND NEW.halt_kind IS NOT DISTINCT FROM OLD.halt_kind)
    EXECUTE FUNCTION fill_halt_kind();
"""


def upgrade() -> None:
    op.execute(CHANGES)
