"""Forgetting people in refused records.

A function, so that another one which erases a person can call it with the rights of its owner.
"""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The names are given as JSON may write them. A record that was cut or is no JSON may name its
    # program where nobody finds it, so there the person's name is enough. '\x90': no headers.
    op.execute(r"""
        CREATE FUNCTION forget_dead_letters(of_program bytea[], of_person bytea[])
        RETURNS bigint[] LANGUAGE sql SET search_path = public, pg_temp AS $$
            WITH emptied AS (
                UPDATE dead_letters SET key = NULL, value = NULL, headers = '\x90',
                    resolution = coalesce(resolution, 'discarded'),
                    resolution_note = coalesce(resolution_note, 'named a person who was erased'),
                    resolved_at = coalesce(resolved_at, now())
                WHERE EXISTS (SELECT FROM unnest(of_person) n WHERE position(n IN value) > 0)
                AND (
                    value_size IS NOT NULL OR reason = 'malformed'
                    OR EXISTS (SELECT FROM unnest(of_program) n WHERE position(n IN value) > 0)
                )
                RETURNING id
            )
            SELECT coalesce(array_agg(id ORDER BY id), '{}') FROM emptied
        $$
    """)
    op.execute("REVOKE EXECUTE ON FUNCTION forget_dead_letters(bytea[], bytea[]) FROM PUBLIC")
