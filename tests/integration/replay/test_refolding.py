"""A refold: what is live of some people is as the ledger gives it again, and they hear what
changed."""

from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest

from engine.audit import drift as audit
from engine.handlers.batch_transaction import process_batches
from engine.intake.keys import person_hash
from engine.projections.award import Kind
from engine.store import audit_log
from engine.store.awards import differences
from engine.store.awards.differences import Difference
from engine.store.generations import replays
from engine.store.postgres import locks
from replay.build import verify
from replay.switch import repair
from replay.switch.repair import NothingKnown, RepairResult, RepairTarget
from tests.integration.handlers import agreement
from tests.integration.handlers.harness import TERMS, Harness
from tests.integration.handlers.stories import all_milestones, champion, meetings
from tests.integration.local.processes import wait_until
from tests.integration.replay import rebuilt
from tests.integration.replay.catalogs import bronze_at, gold_at
from tests.integration.replay.rebuilt import NOON, approved, cut_over
from tests.support.given import MEETING, MENTORLOOP, kudos, meeting, retracted
from tests.verification.oracle.histories import NOW, history
from tests.verification.oracle.oracle import answer

ANN = RepairTarget("program", participant="ann")
LOOP = RepairTarget("program", loop="loop")
STRANGER = "mallory"
_INDEX = {measure.name: measure.index for measure in MENTORLOOP.measures}
MEETINGS, QUIZZES = _INDEX["meetings_attended"], _INDEX["course_quizzes_passed"]
COUNTS = [index for name, index in _INDEX.items() if name != "milestones"]

AWARD = (
    "INSERT INTO awards (award_id, revision, standing, program, loop, recipient, badge, "
    "occurrence, level, awarded_at, evidence, catalog) SELECT gen_random_uuid(), 1, true, program, "
    "loop, '{}', badge, occurrence, level, awarded_at, evidence, catalog FROM awards "
    "WHERE badge = 'momentum' AND level = 'gold' AND program = 'program' LIMIT 1"
)


_WAITS = (
    f"SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted "
    f"AND classid = {locks.CUTOVER >> 32} AND objid = {locks.CUTOVER & 0xFFFFFFFF}"
)


@pytest.fixture
def told(harness: Harness) -> Harness:
    """A harness at which ann is a champion, ben gave her kudos, and much else was told."""
    harness.tell(*champion(), *[kudos(f"k{n}", "ben", "ann", "trust", at=n) for n in (1, 2, 3)])
    harness.tell(meeting("away", "ann", "cleo", at=9, loop_id="elsewhere"), *history(5, 200))
    harness.hear()
    return harness


def refold(harness: Harness, whom: RepairTarget, *, dry_run: bool = False) -> RepairResult:
    """Refold, at NOON."""
    return repair.refold(harness.engine, whom, NOON, "coordinator", "by hand", dry_run=dry_run)


def drift(harness: Harness) -> list[str]:
    """What `badge-engine audit` names."""
    with harness.transaction() as tx:
        return audit.audit(tx).drift


def change(harness: Harness, statement: str) -> None:
    """Something somebody does by hand."""
    with harness.transaction() as tx:
        assert tx.execute(statement) >= 1


@pytest.mark.parametrize("whom", [ANN, LOOP])
@pytest.mark.parametrize(
    ("by_hand", "said"),
    [
        (
            f"UPDATE measures SET state = jsonb_set(state::jsonb, '{{ann,{MEETINGS}}}', '4')::text "
            "WHERE program = 'program' AND loop = 'loop'",
            [],
        ),
        (
            "UPDATE measures SET state = (state::jsonb - 'ann')::text "
            "WHERE program = 'program' AND loop = 'loop'",
            [],
        ),
        ("DELETE FROM measures WHERE program = 'program' AND participant = 'ann'", []),
        ("DELETE FROM people WHERE program = 'program' AND participant = 'ann'", []),
        (
            f"UPDATE people SET state = jsonb_set(state::jsonb, '{{{QUIZZES}}}', '0')::text "
            "WHERE program = 'program' AND participant = 'ann'",
            [],
        ),
        (
            "UPDATE awards SET standing = false WHERE recipient = 'ann' AND level = 'gold'",
            ["+ ann excellence gold", "+ ann momentum gold"],
        ),
        (
            "DELETE FROM awards WHERE badge IN ('mentorloop-champion', 'mentorloop-certified') "
            "AND recipient = 'ann'",
            ["+ ann mentorloop-certified", "+ ann mentorloop-champion"],
        ),
        (AWARD.format("ann"), ["- ann momentum gold"]),
        ("DELETE FROM awards WHERE occurrence = 'k2'", ["+ ann trust k2"]),
    ],
)
def test_what_was_changed_by_hand_is_put_right_and_the_net_change_is_said(
    told: Harness, whom: RepairTarget, by_hand: str, said: list[str]
) -> None:
    before = rebuilt.digest(told)
    change(told, by_hand)
    assert drift(told)
    assert not refold(told, whom).right
    assert told.said() == said
    assert drift(told) == []
    assert rebuilt.digest(told) == before
    agreement.check_measures(told)
    assert refold(told, whom).right


def test_a_row_that_is_gone_is_made_anew_for_everybody_at_the_loop(told: Harness) -> None:
    before = rebuilt.digest(told)
    change(told, "DELETE FROM measures WHERE program = 'program' AND loop = 'elsewhere'")
    done = refold(told, RepairTarget("program", loop="elsewhere"))
    assert (done.people, done.places, done.measures) == (2, 3, 1)
    assert drift(told) == []
    assert rebuilt.digest(told) == before


def test_who_has_no_facts_there_is_taken_out(told: Harness) -> None:
    """Given somebody in a row and among the awards of whom the ledger knows nothing, when the loop
    is refolded, then they are gone, and hear of it."""
    before, number = rebuilt.digest(told), person_hash("program", "mallory")
    change(
        told,
        "UPDATE measures SET state = jsonb_set(state::jsonb, '{mallory}', state::jsonb->'ann')"
        "::text WHERE program = 'program' AND loop = 'loop'",
    )
    change(told, AWARD.format("mallory"))
    change(
        told,
        f"INSERT INTO people SELECT generation, {number}, program, 'mallory', state FROM people "
        "WHERE program = 'program' AND participant = 'ann'",
    )
    assert refold(told, LOOP).measures == 1
    (heard,) = told.hear()
    assert (heard.what, heard.data["revision"]) == ("- mallory momentum gold", 2)
    assert (heard.time, heard.data["reason"], heard.data["evidence"]) == (NOON, "recomputed", [])
    assert drift(told) == []
    assert rebuilt.digest(told) == before
    agreement.check_measures(told)


def test_the_same_by_name(told: Harness) -> None:
    before = rebuilt.digest(told)
    change(
        told,
        "UPDATE measures SET state = jsonb_set(state::jsonb, '{mallory}', state::jsonb->'ann')"
        "::text WHERE program = 'program' AND loop = 'loop'",
    )
    assert refold(told, RepairTarget("program", participant="mallory")).measures == 1
    assert rebuilt.digest(told) == before


def test_where_people_take_part_is_put_right(told: Harness) -> None:
    """Given nobody at ann's loops takes part anywhere, when the loop is refolded, then a quiz
    retracted finds the champion."""
    change(told, "DELETE FROM participation")
    change(told, "INSERT INTO participation SELECT 1, person, 1 FROM people")
    done = refold(told, ANN)
    assert done.participation == 4  # three of hers, and the one that is none
    refold(told, LOOP)
    told.tell(
        retracted("mentoring.quiz.passed.v1", "q1", loop_id=None, participant_id="ann", at=21)
    )
    assert told.said() == ["- ann mentorloop-certified", "- ann mentorloop-champion"]


def test_revisions_go_on_and_messages_come_by_recipient_revocations_first(told: Harness) -> None:
    """Given a gold that somebody made not to stand without a word, then it is said under the next
    revision of an award: 3."""
    change(told, "UPDATE awards SET standing = false WHERE recipient = 'ann' AND level = 'gold'")
    change(told, AWARD.format("ann"))
    change(told, AWARD.format("ben"))
    refold(told, LOOP)
    assert [(heard.what, heard.data["revision"]) for heard in told.hear()] == [
        ("- ann momentum gold", 2),
        ("+ ann excellence gold", 3),
        ("+ ann momentum gold", 3),
        ("- ben momentum gold", 2),
    ]
    told.tell(retracted(MEETING, "m15"))
    assert ("- ann momentum gold", 4) in [(h.what, h.data["revision"]) for h in told.hear()]


@pytest.mark.parametrize("measured", ["3", "0"])
def test_totals_count_what_people_were_told(told: Harness, measured: str) -> None:
    """Given three kudos of which one was taken out of the awards, whatever the measures say, then
    it is said again as the third."""
    trust = told.catalog.repeatable["trust"].repeatable
    assert trust is not None
    change(told, "DELETE FROM awards WHERE occurrence IN ('k1', 'k3')")
    change(
        told,
        f"UPDATE people SET state = jsonb_set(state::jsonb, '{{{trust.index}}}', '{measured}')"
        "::text WHERE program = 'program' AND participant = 'ann'",
    )
    refold(told, ANN)
    said = [(heard.what, heard.data["total"]) for heard in told.hear()]
    assert said == [("+ ann trust k1", 2), ("+ ann trust k3", 3)]


def test_a_badge_that_rests_on_the_program_is_put_right_in_every_loop(harness: Harness) -> None:
    """Given a champion in a loop whose quiz stands in no loop, and somebody took the quiz's measure
    and the champion away, when her other loop is refolded, then both are back."""
    harness.tell(*champion(), meeting("away", "ann", "cleo", at=9, loop_id="elsewhere"))
    harness.hear()
    before = rebuilt.digest(harness)
    change(harness, "DELETE FROM measures WHERE participant = 'ann'")
    change(harness, "UPDATE awards SET standing = false WHERE badge LIKE 'mentorloop-%%'")
    refold(harness, RepairTarget("program", loop="elsewhere"))
    assert harness.said() == ["+ ann mentorloop-certified", "+ ann mentorloop-champion"]
    assert drift(harness) == []
    assert rebuilt.digest(harness) == before


def test_a_proof_that_names_what_is_lost_is_put_right(harness: Harness) -> None:
    """Given a champion by her badges and, later, by her milestones, when a fact of a gold was taken
    out of the ledger, then the proof names the milestones, and she hears of the gold alone."""
    harness.tell(*champion())
    harness.tell(*all_milestones())
    harness.hear()
    change(harness, "DELETE FROM ledger WHERE content::json->>'meeting_id' = 'm15'")
    done = refold(harness, ANN)
    assert harness.said() == ["- ann momentum gold"]
    assert done.done.restated == 1
    agreement.check_proofs(harness)
    assert drift(harness) == []


def test_a_retracted_fact_is_not_counted(told: Harness) -> None:
    told.tell(retracted(MEETING, "m15"))
    told.hear()
    before = rebuilt.digest(told)
    change(told, "UPDATE measures SET state = '{}' WHERE program = 'program' AND loop = 'loop'")
    refold(told, LOOP)
    assert told.messages() == []
    assert rebuilt.digest(told) == before


def test_what_was_announced_stays_as_announced(harness: Harness) -> None:
    """Given late facts that would move a date, when ann is refolded, then nothing is done."""
    harness.tell(*meetings(2, 6))
    harness.tell(*meetings(1, 1))
    assert refold(harness, ANN).right
    date = harness.award("ann", "momentum", "bronze").award.time
    assert date == "2026-03-06T10:00:00.000000Z"


def test_what_was_kept_by_decision_stays_until_facts_justify_it(harness: Harness) -> None:
    harness.tell(*meetings(1, 15))
    cut_over(harness, approved(harness, gold_at(16), lost="keep"))
    harness.hear()
    assert refold(harness, ANN).right
    assert harness.award("ann", "momentum", "gold").decided
    harness.tell(meeting("m16", "ann", at=16))
    change(harness, "UPDATE awards SET decided = true WHERE level = 'gold'")
    assert refold(harness, ANN).justified == 1
    assert not harness.award("ann", "momentum", "gold").decided
    assert harness.messages() == []


def test_others_are_left_alone(told: Harness) -> None:
    """Given drift of ann and of ben in one row, when ann is refolded, then ben's is as it was: his
    awards go with it."""
    change(
        told,
        "UPDATE measures SET state = jsonb_set(jsonb_set(state::jsonb, "
        f"'{{ann,{MEETINGS}}}', '4'), '{{ben}}', "
        "state::jsonb->'ann')::text WHERE program = 'program' AND loop = 'loop'",
    )
    others = "SELECT program, participant, state FROM people WHERE participant <> 'ann' ORDER BY 2"
    before = told.rows(others)
    refold(told, ANN)
    assert drift(told) == ["measures of program/loop"]
    assert told.rows(others) == before
    refold(told, LOOP)
    assert drift(told) == []


def test_it_is_done_under_the_live_generation_while_another_one_is_built(told: Harness) -> None:
    number = rebuilt.built(told, bronze_at(4))
    change(told, "UPDATE awards SET standing = false WHERE recipient = 'ann' AND level = 'gold'")
    refold(told, ANN)
    rebuilt.check(told, number, bronze_at(4))
    verify.verify(told.engine, number)
    rebuilt.approve(told, number)
    cut_over(told, number)
    assert drift(told) == []


def test_what_a_batch_in_flight_tells_is_folded_too(told: Harness) -> None:
    """Given drift, and a batch that has told of ann in a loop new to her, has taken a fact out of
    another, and is not committed yet, when she is refolded, then the refold waits for the batch,
    and all is as facts give it."""
    change(told, f"DELETE FROM participation WHERE person = {person_hash('program', 'ann')}")
    change(told, "UPDATE awards SET standing = false WHERE occurrence = 'k2'")
    new = [meeting(f"n{n}", "ann", at=n, loop_id="new") for n in range(1, 6)]
    batch = told.batch(*new, retracted(MEETING, "m15"), partition=1)
    with ThreadPoolExecutor(1) as pool:
        with told.transaction() as tx:
            process_batches(tx, told.generations, [batch], TERMS)
            waiting = pool.submit(refold, told, ANN)
            wait_until(lambda: told.rows(_WAITS) == [(1,)] or waiting.done())
            assert not waiting.done()
        done = waiting.result(60)
    assert [award.occurrence for award in done.gained] == ["k2"]
    assert (done.lost, done.measures, done.places) == ([], 0, 4)
    refold(told, LOOP)
    assert drift(told) == []
    agreement.check_proofs(told)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_was_changed_by_hand_everybody_concerned_is_put_right(
    harness: Harness, seed: int
) -> None:
    """Given a history, and changes by hand of any kind to some people, when each is refolded, then
    all is as the ledger gives it, everybody heard exactly the difference, and the worker goes on as
    if nothing had been."""
    lines = history(seed + 60, 700, conflicts=False)
    harness.tell(*lines[:500])
    harness.hear()
    before, right = rebuilt.digest(harness), harness.standing().keys()
    victims = tamper(harness, Random(seed))
    wrong = harness.standing().keys()
    assert drift(harness)
    for program, participant in sorted(victims):
        refold(harness, RepairTarget(program, participant))
    said = [(heard.data["award_id"], heard.what[0]) for heard in harness.hear()]
    expected = {(number, "+") for number in right - wrong}
    expected |= {(number, "-") for number in wrong - right}
    assert len(said) == len(expected)
    assert set(said) == expected
    assert drift(harness) == []
    assert rebuilt.digest(harness) == before
    agreement.check_measures(harness)
    assert all(
        refold(harness, RepairTarget(*person)).right for person in victims if person[1] != STRANGER
    )
    harness.tell(*lines[500:])
    agreement.check_awards(harness, answer(lines, NOW))
    agreement.check_measures(harness)


def tamper(harness: Harness, random: Random) -> set[tuple[str, str]]:
    """Changes by hand to some people; gives whom they concern."""
    known = harness.rows("SELECT program, participant FROM people ORDER BY 1, 2")
    victims = set(random.sample(known, 4))
    ways = [
        "UPDATE measures SET state = jsonb_set(state::jsonb, ARRAY['{1}', '{4}'], '{3}')::text "
        "WHERE program = '{0}' AND state::jsonb ? '{1}'",
        "UPDATE measures SET state = (state::jsonb - '{1}')::text WHERE program = '{0}' "
        "AND mod(abs(place), 2) = 0",
        "UPDATE people SET state = jsonb_set(state::jsonb, ARRAY['{4}'], '{3}')::text "
        "WHERE program = '{0}' AND participant = '{1}'",
        "UPDATE awards SET standing = NOT standing WHERE program = '{0}' AND recipient = '{1}' "
        "AND get_byte(uuid_send(award_id), 0) %% 3 = {2}",
        "DELETE FROM awards WHERE program = '{0}' AND recipient = '{1}' "
        "AND get_byte(uuid_send(award_id), 0) %% 3 = {2}",
        "DELETE FROM people WHERE program = '{0}' AND participant = '{1}'",
    ]
    for program, participant in sorted(victims):
        for way in random.sample(ways, 3):
            numbers = random.randrange(3), random.randrange(20), random.choice(COUNTS)
            with harness.transaction() as tx:
                tx.execute(way.format(program, participant, *numbers))
    change(  # somebody of whom the ledger knows nothing
        harness,
        "UPDATE measures SET state = (state::jsonb || jsonb_build_object("
        f"'{STRANGER}', (SELECT v FROM jsonb_each(state::jsonb) e (k, v) LIMIT 1)))::text "
        f"WHERE program = '{program}' AND state <> '{{}}'",
    )
    victims.add((program, STRANGER))
    return victims


def test_a_dry_run_says_the_same_and_changes_nothing(told: Harness) -> None:
    change(told, "UPDATE awards SET standing = false WHERE recipient = 'ann' AND level = 'gold'")
    before = told.dump()
    tried = refold(told, ANN, dry_run=True)
    assert told.dump() == before
    assert refold(told, ANN) == tried


def test_it_is_audited_unless_there_was_nothing_to_do(told: Harness) -> None:
    before = told.dump()
    assert refold(told, ANN).right
    assert refold(told, LOOP).right
    assert told.dump() == before
    change(told, "UPDATE awards SET standing = false WHERE recipient = 'ann' AND level = 'gold'")
    refold(told, LOOP)
    with told.transaction() as tx:
        (entry,) = audit_log.entries(tx)
    assert (entry.action, entry.by, entry.reason) == ("refold", "coordinator", "by hand")
    assert (entry.details["program"], entry.details["loop"]) == ("program", "loop")
    assert (entry.details["gained"], entry.details["messages"]) == (2, 2)


@pytest.mark.parametrize(
    ("whom", "says"),
    [
        (RepairTarget("nobody", "ann"), "nothing is known of program nobody"),
        (RepairTarget("program", "zoe"), "nothing is known of participant zoe in program program"),
        (
            RepairTarget("program", loop="nowhere"),
            "nothing is known of loop nowhere in program program",
        ),
    ],
)
def test_whom_nobody_knows_is_refused(told: Harness, whom: RepairTarget, says: str) -> None:
    before = told.dump()
    with pytest.raises(NothingKnown, match=says):
        refold(told, whom)
    assert told.dump() == before


def test_the_kind_of_a_difference_is_the_databases(told: Harness) -> None:
    """Given a diff with differences of every kind, then each is of the kind that SQL found it
    under. (Of renamed ones: test_renaming.)"""
    cut_over(told, approved(told, gold_at(16), lost="keep"))
    told.tell(*meetings(16, 17))
    change(told, "UPDATE awards SET decided = true WHERE level = 'gold' AND recipient = 'ann'")
    change(told, AWARD.format("ben"))
    number = rebuilt.built(told, bronze_at(4))
    with told.transaction() as tx:
        replay = replays.get(tx, number)
        for kind in set(differences.KINDS) - {Kind.RENAMED}:
            found: list[Difference] = list(differences.of_kind(tx, replay, kind))
            assert found, kind
            assert {difference.kind for difference in found} == {kind}
