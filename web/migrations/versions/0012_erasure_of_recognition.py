"""Erasing a person covers reviews, rewards, declared groups, consents and public pages too."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

FUNCTION = """
-- The log of the committee stays: its hashes cover what is sealed, which nothing opens without the
-- key of the case. What somebody wrote as a member stays too: it is what others were answered.
CREATE OR REPLACE FUNCTION web.erase_from_governance(whose_program text, who text, at_ timestamptz)
RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    counts jsonb := '{}';
    n bigint;
BEGIN
    UPDATE governance.cases c SET wrapped_key = NULL, version = c.version + 1
        WHERE c.program = whose_program AND c.subject = who AND c.wrapped_key IS NOT NULL;
    GET DIAGNOSTICS n = ROW_COUNT;
    counts := counts || jsonb_build_object('case_keys', n);
    DELETE FROM governance.people p WHERE p.program = whose_program AND p.participant = who;
    GET DIAGNOSTICS n = ROW_COUNT;
    counts := counts || jsonb_build_object('offices', n);
    UPDATE governance.seats s SET left_at = at_, why = 'silent' FROM governance.cases c
        WHERE c.case_id = s.case_id AND c.program = whose_program
          AND s.member = who AND s.left_at IS NULL;
    GET DIAGNOSTICS n = ROW_COUNT;
    counts := counts || jsonb_build_object('seats', n);
    DELETE FROM governance.conflicts f
        WHERE f.program = whose_program AND (f.one = who OR f.other = who);
    GET DIAGNOSTICS n = ROW_COUNT;
    counts := counts || jsonb_build_object('conflicts', n);
    -- panels
    -- calibration: what they rated, and anchors that are their work. What raters agreed on stays.
    DELETE FROM governance.anchor_ratings r USING governance.calibrations k
        WHERE k.calibration_id = r.calibration_id AND k.program = whose_program AND r.rater = who;
    GET DIAGNOSTICS n = ROW_COUNT;
    counts := counts || jsonb_build_object('anchor_ratings', n);
    DELETE FROM governance.calibration_raters r USING governance.calibrations k
        WHERE k.calibration_id = r.calibration_id AND k.program = whose_program AND r.rater = who;
    GET DIAGNOSTICS n = ROW_COUNT;
    counts := counts || jsonb_build_object('calibrations', n);
    UPDATE governance.anchors a SET sealed = NULL, whose = NULL,
            retired_at = coalesce(a.retired_at, at_)
        WHERE a.program = whose_program AND a.whose = who;
    GET DIAGNOSTICS n = ROW_COUNT;
    counts := counts || jsonb_build_object('anchors', n);
    -- fairness: reports name nobody and stay
    DELETE FROM governance.declared_groups g
        WHERE g.program = whose_program AND g.participant = who;
    GET DIAGNOSTICS n = ROW_COUNT;
    counts := counts || jsonb_build_object('declared_groups', n);
    -- rewards, bench, pairing
    DELETE FROM governance.grants g WHERE g.program = whose_program AND g.participant = who;
    GET DIAGNOSTICS n = ROW_COUNT;
    counts := counts || jsonb_build_object('rewards', n);
    DELETE FROM governance.reward_votes v WHERE v.program = whose_program AND v.participant = who;
    DELETE FROM governance.reward_consents s
        WHERE s.program = whose_program AND s.participant = who;
    UPDATE governance.cycles y SET eligible = array_remove(y.eligible, who)
        WHERE y.program = whose_program AND who = ANY (y.eligible);
    GET DIAGNOSTICS n = ROW_COUNT;
    counts := counts || jsonb_build_object('reward_cycles', n);
    DELETE FROM governance.offers o WHERE o.program = whose_program AND o.participant = who;
    DELETE FROM governance.bench_terms t WHERE t.program = whose_program AND t.participant = who;
    GET DIAGNOSTICS n = ROW_COUNT;
    counts := counts || jsonb_build_object('bench_terms', n);
    DELETE FROM governance.pairings a
        WHERE a.program = whose_program AND who IN (a.senior, a.newcomer);
    GET DIAGNOSTICS n = ROW_COUNT;
    counts := counts || jsonb_build_object('pairings', n);
    -- Nobody can draw again from a document without a name that was in it: only its hash stays.
    UPDATE governance.draws d SET document = NULL
        WHERE d.program = whose_program AND d.kind IN ('reward', 'bench', 'pairing')
          AND strpos(d.document, to_json(who)::text) > 0;
    GET DIAGNOSTICS n = ROW_COUNT;
    counts := counts || jsonb_build_object('lotteries', n);
    DELETE FROM governance.consents c
        WHERE c.program = whose_program AND (c.learner = who OR c.mentor = who);
    GET DIAGNOSTICS n = ROW_COUNT;
    counts := counts || jsonb_build_object('consents', n);
    DELETE FROM governance.warnings w
        WHERE w.program = whose_program AND (w.learner = who OR w.mentor = who);
    GET DIAGNOSTICS n = ROW_COUNT;
    counts := counts || jsonb_build_object('warnings', n);
    -- public pages and policies
    DELETE FROM governance.mentor_pages m
        WHERE m.program = whose_program AND m.participant = who;
    GET DIAGNOSTICS n = ROW_COUNT;
    counts := counts || jsonb_build_object('mentor_pages', n);
    DELETE FROM governance.exemplar_links l
        WHERE l.program = whose_program AND (l.mentor = who OR l.learner = who);
    GET DIAGNOSTICS n = ROW_COUNT;
    counts := counts || jsonb_build_object('exemplar_links', n);
    DELETE FROM governance.page_voices v
        WHERE v.program = whose_program AND (v.mentor = who OR v.author = who);
    UPDATE governance.policy_proposals p SET proposed_by = NULL, words = NULL
        WHERE p.program = whose_program AND p.proposed_by = who;
    GET DIAGNOSTICS n = ROW_COUNT;
    counts := counts || jsonb_build_object('proposals', n);
    DELETE FROM notify.case_news w WHERE w.program = whose_program AND w.participant = who;
    GET DIAGNOSTICS n = ROW_COUNT;
    RETURN counts || jsonb_build_object('case_news', n);
END
$$;
"""


def upgrade() -> None:
    op.execute(FUNCTION)
