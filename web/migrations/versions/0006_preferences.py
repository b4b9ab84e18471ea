"""Preferences move to the notifier, which obeys them; erasure covers what the notifier has."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MOVED = """
INSERT INTO notify.preferences (program, participant, version, timezone, appearance)
    SELECT program, participant, version, timezone, appearance FROM web.preferences
    ON CONFLICT DO NOTHING;
DROP TABLE web.preferences;
"""

FUNCTION = """
-- All of a person but facts, awards and the audit log, which have pseudonyms, and the key of their
-- notes, which the caller has erased and locked. `places`, `facts`: the keys of messages; `kudos`:
-- the ids of the kudos whose reads and reports go. `again`: an erasure of `at_` is repeated after a
-- restore, and descriptions that are later stay.
CREATE OR REPLACE FUNCTION web.erase_person(
    whose_program text, who text, kudos text[], places bigint[], facts bigint[],
    at_ timestamptz, again boolean
) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    counts jsonb := '{}';
    n bigint;
    known boolean;
BEGIN
    DELETE FROM public.messages m USING unnest(places, facts) k (place, fact)
        WHERE m.place = k.place AND m.fact = k.fact;
    GET DIAGNOSTICS n = ROW_COUNT;
    counts := counts || jsonb_build_object('notes', n);

    DELETE FROM web.note_reads r WHERE r.program = whose_program AND r.kudos_id = ANY (kudos);
    GET DIAGNOSTICS n = ROW_COUNT;
    counts := counts || jsonb_build_object('note_reads', n);
    DELETE FROM web.note_reports r WHERE r.program = whose_program AND r.kudos_id = ANY (kudos);
    GET DIAGNOSTICS n = ROW_COUNT;
    counts := counts || jsonb_build_object('note_reports', n);

    DELETE FROM directory.participants p
        WHERE p.program = whose_program AND p.participant = who
          AND (p.told_at <= at_ OR NOT again);
    GET DIAGNOSTICS n = ROW_COUNT;
    known := n > 0;
    counts := counts || jsonb_build_object('directory', n);
    -- What was forgotten before stays so; of somebody unknown there is nothing to be forgotten.
    INSERT INTO directory.erased AS e (program, participant, erased_at, forgotten)
        VALUES (whose_program, who, at_, NOT known)
        ON CONFLICT (program, participant) DO UPDATE
        SET erased_at = greatest(e.erased_at, excluded.erased_at),
            forgotten = e.forgotten AND NOT known;

    DELETE FROM web.sessions s WHERE s.roles @> jsonb_build_array(
        jsonb_build_object('role', 'participant', 'program', whose_program, 'id', who));
    GET DIAGNOSTICS n = ROW_COUNT;
    counts := counts || jsonb_build_object('sessions', n);
    DELETE FROM notify.preferences p WHERE p.program = whose_program AND p.participant = who;
    GET DIAGNOSTICS n = ROW_COUNT;
    counts := counts || jsonb_build_object('preferences', n);

    -- Deliveries stay, as awards do, so that nothing is sent twice; what waits is never sent.
    DELETE FROM notify.items i WHERE i.program = whose_program AND i.participant = who;
    GET DIAGNOSTICS n = ROW_COUNT;
    counts := counts || jsonb_build_object('notifications', n);
    DELETE FROM notify.invitations i WHERE i.program = whose_program AND i.respondent = who;
    GET DIAGNOSTICS n = ROW_COUNT;
    counts := counts || jsonb_build_object('invitations', n);
    UPDATE notify.deliveries d SET state = 'dropped', error = 'erased', settled_at = at_
        WHERE d.program = whose_program AND d.participant = who
          AND d.state IN ('waiting', 'claimed', 'sending');
    DELETE FROM notify.bad_addresses b WHERE b.program = whose_program AND b.participant = who;

    -- A retraction that is on its way still goes; a gift that is not sent yet never does.
    DELETE FROM web.gifts g WHERE g.program = whose_program AND g.state <> 'withdrawing'
        AND (g.giver = who OR g.recipient = who AND g.state IN ('held', 'cancelled')
             AND NOT g.claimed);
    GET DIAGNOSTICS n = ROW_COUNT;
    UPDATE web.gifts g SET sealed = NULL
        WHERE g.program = whose_program AND g.recipient = who AND g.sealed IS NOT NULL;
    counts := counts || jsonb_build_object('gifts', n);

    UPDATE public.dead_letters d
        SET key = NULL, value = NULL, headers = '\\x90', resolution = 'discarded',
            resolution_note = 'a person it names was erased', resolved_at = now()
        WHERE d.resolution IS NULL AND web.may_hold_note_of(d.value, whose_program, who);
    GET DIAGNOSTICS n = ROW_COUNT;
    RETURN counts || jsonb_build_object('dead_letters', n);
END
$$;
"""


def upgrade() -> None:
    op.execute(MOVED)
    op.execute(FUNCTION)
