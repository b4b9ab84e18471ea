"""Awards that people show to everybody, and the credentials that say so."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TABLES = """
-- Every page /a/SHARE_ID that ever was: those that ended answer that they did.
CREATE TABLE web.shares (
    share_id text COLLATE "C" PRIMARY KEY,   -- random: an award's id can be computed
    program text COLLATE "C" NOT NULL,
    participant text COLLATE "C",            -- null once the person is erased
    award_id uuid,                           -- null once the person is erased
    revision int NOT NULL,                   -- of the award: earned again, it is shared no more
    show_name boolean NOT NULL,
    made timestamptz NOT NULL,
    ended timestamptz,
    why text COLLATE "C" CHECK (why IN ('withdrawn', 'revoked', 'erased')),
    CHECK ((ended IS NULL) = (why IS NULL)),
    CHECK (why IS NOT DISTINCT FROM 'erased' OR (participant IS NOT NULL AND award_id IS NOT NULL))
);
CREATE UNIQUE INDEX shares_live ON web.shares (award_id) WHERE ended IS NULL;
CREATE INDEX shares_of_person ON web.shares (program, participant, made);

-- The status list of a program, the next one when it is three quarters full. Its bits are not
-- stored: they are the revoked credentials. `signed` is null after one was revoked.
CREATE TABLE web.status_lists (
    list int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    program text COLLATE "C" NOT NULL,
    used int NOT NULL DEFAULT 0,
    signed text COLLATE "C",
    signed_at timestamptz
);
CREATE INDEX status_lists_of_program ON web.status_lists (program, list);

CREATE TABLE web.credentials (
    credential_id uuid PRIMARY KEY,
    share_id text COLLATE "C" NOT NULL REFERENCES web.shares,
    subject_id uuid NOT NULL,
    salt text COLLATE "C",                   -- null once the person is erased
    list int NOT NULL REFERENCES web.status_lists,
    index int NOT NULL CHECK (index BETWEEN 0 AND 131071),
    signed text COLLATE "C",                 -- null once the person is erased
    made timestamptz NOT NULL,
    revoked timestamptz,                     -- for ever
    UNIQUE (list, index)
);
CREATE UNIQUE INDEX credentials_live ON web.credentials (share_id) WHERE revoked IS NULL;
CREATE INDEX credentials_of_share ON web.credentials (share_id, made);
CREATE INDEX credentials_revoked ON web.credentials (list, index) WHERE revoked IS NOT NULL;

CREATE FUNCTION web.stay_revoked() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    IF NEW.revoked IS DISTINCT FROM OLD.revoked THEN
        RAISE EXCEPTION 'a credential that was revoked stays so';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER stay_revoked BEFORE UPDATE ON web.credentials
    FOR EACH ROW WHEN (OLD.revoked IS NOT NULL) EXECUTE FUNCTION web.stay_revoked();

-- The advisory lock under which somebody's shares are made and erased, so that none is made while
-- they are erased.
CREATE FUNCTION web.share_lock(whose_program text, who text) RETURNS bigint
LANGUAGE sql IMMUTABLE SET search_path = ''
AS $$ SELECT hashtextextended(concat_ws(E'\\x1f', 'share', whose_program, who), 0) $$;
"""

FUNCTION = """
-- All of a person but facts, awards and the audit log, which have pseudonyms, and the key of their
-- notes, which the caller has erased and locked. `places`, `facts`: the keys of messages; `kudos`:
-- the ids of the kudos whose reads and reports go. `again`: an erasure of `at_` is repeated after a
-- restore, and descriptions and shares that are later stay.
CREATE OR REPLACE FUNCTION web.erase_person(
    whose_program text, who text, kudos text[], places bigint[], facts bigint[],
    at_ timestamptz, again boolean
) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    counts jsonb := '{}';
    n bigint;
    known boolean;
    theirs text[];
    changed int;
BEGIN
    PERFORM pg_advisory_xact_lock(web.share_lock(whose_program, who));

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

    -- Their pages say that they ended; their credentials stay revoked, by numbers alone.
    theirs := ARRAY(
        SELECT s.share_id FROM web.shares s
        WHERE s.program = whose_program AND s.participant = who
          AND (s.made <= at_ OR NOT again)
        ORDER BY s.share_id FOR UPDATE
    );
    UPDATE web.shares s SET participant = NULL, award_id = NULL, show_name = false,
            ended = coalesce(s.ended, at_), why = 'erased'
        WHERE s.share_id = ANY (theirs);
    GET DIAGNOSTICS n = ROW_COUNT;
    counts := counts || jsonb_build_object('shares', n);
    UPDATE web.credentials c SET signed = NULL, salt = NULL, revoked = coalesce(c.revoked, at_)
        WHERE c.share_id = ANY (theirs);
    FOR changed IN SELECT DISTINCT c.list FROM web.credentials c
        WHERE c.share_id = ANY (theirs) ORDER BY c.list DESC
    LOOP
        UPDATE web.status_lists l SET signed = NULL WHERE l.list = changed;
    END LOOP;

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
    op.execute(TABLES)
    op.execute(FUNCTION)
