"""A log of every change of a cursor, kept by the database itself: what I8 is judged by.

The trigger runs in the engine's own transactions, so a step is logged if and only if it is
committed, and the row lock on the cursor gives the log its order. Whatever goes wrong in it stays
in it: the engine never fails by being watched. A step it could not log is a gap, which shows.
"""

import psycopg

from tests.verification.checker.address import libpq

_COUNTED = ("applied", "duplicates", "retractions", "dead_letters", "holes", "lost")
_NEW, _OLD = (" + ".join(f"{row}.{name}" for name in _COUNTED) for row in ("NEW", "OLD"))
_INTO = "INSERT INTO checker.cursor_log (topic, partition, before, after, accounted, lost) VALUES"

_LOG = f"""
CREATE SCHEMA IF NOT EXISTS checker;
CREATE TABLE IF NOT EXISTS checker.cursor_log (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic text NOT NULL,
    partition int NOT NULL,
    before bigint,                      -- null: the cursor was made
    after bigint,                       -- null: it was deleted, or set aside
    accounted bigint NOT NULL,          -- offsets that the counters took in by this step
    lost bigint NOT NULL,               -- of them, how many were given up
    at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE OR REPLACE FUNCTION checker.note_cursor() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        {_INTO} (NEW.topic, NEW.partition, NULL, NEW.next_offset, {_NEW}, NEW.lost);
    ELSIF TG_OP = 'DELETE' THEN
        {_INTO} (OLD.topic, OLD.partition, OLD.next_offset, NULL, 0, 0);
    ELSIF NEW.topic <> OLD.topic OR NEW.partition <> OLD.partition THEN
        {_INTO} (OLD.topic, OLD.partition, OLD.next_offset, NULL, 0, 0),
            (NEW.topic, NEW.partition, NULL, NEW.next_offset, {_NEW}, NEW.lost);
    ELSIF (NEW.next_offset, {_NEW}) IS DISTINCT FROM (OLD.next_offset, {_OLD}) THEN
        {_INTO} (NEW.topic, NEW.partition, OLD.next_offset, NEW.next_offset,
            {_NEW} - ({_OLD}), NEW.lost - OLD.lost);
    END IF;
    RETURN NULL;
EXCEPTION WHEN OTHERS THEN
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER note_cursor AFTER INSERT OR UPDATE OR DELETE ON public.cursors
    FOR EACH ROW EXECUTE FUNCTION checker.note_cursor();
"""


def install(database_url: str) -> None:
    """Make the schema `checker` with its table and its trigger; safe to repeat.

    The engine's own tables must be there (migrate first), and no cursor yet moved: the log has to
    see every cursor from where it begins.
    """
    with psycopg.connect(libpq(database_url)) as connection:
        connection.execute(_LOG)
