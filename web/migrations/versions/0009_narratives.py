"""An erasure finds narratives of testimonials in refused records, as it finds messages of kudos."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

FUNCTION = """
CREATE OR REPLACE FUNCTION web.may_hold_note_of(value bytea, whose_program text, who text)
RETURNS boolean
LANGUAGE plpgsql IMMUTABLE SET search_path = '' AS $$
DECLARE
    event jsonb;
BEGIN
    IF value IS NULL THEN
        RETURN false;
    END IF;
    event := convert_from(value, 'UTF8')::jsonb;
    event := coalesce(nullif(event -> 'data', 'null'::jsonb), event);
    RETURN (event ? 'message' OR event ? 'narrative')
        AND coalesce(event ->> 'program_id', whose_program) = whose_program
        AND EXISTS (SELECT FROM jsonb_each(event) f WHERE f.value ? who);
EXCEPTION WHEN OTHERS THEN
    RETURN position(convert_to(to_json(who)::text, 'UTF8') IN value) > 0;
END
$$;
"""


def upgrade() -> None:
    op.execute(FUNCTION)
