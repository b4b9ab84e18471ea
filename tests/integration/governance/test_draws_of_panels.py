"""Draws of panels: who waits is drawn once a week, and anybody who may can verify it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from governance.errors import CaseRefused
from governance.panels import beacons, drawing, verifying, widening
from governance.panels.verifying import VerifiedDraw
from governance.rules.panels import flow, paths
from governance.rules.panels.weeks import Week
from governance.store import conflicts, log, panels
from governance.store import people as stored_people
from tests.integration.governance.committee_room import PROGRAM
from tests.integration.governance.lodge import SUBJECT
from tests.integration.governance.panel_lodge import REVIEWERS, WEEK, PanelLodge


def verify(lodge: PanelLodge) -> VerifiedDraw:
    """Verify the only draw by the solver that did not draw."""
    (draw_id,) = lodge.room.harness.rows("SELECT draw_id::text FROM governance.draws LIMIT 1")[0]
    with lodge.room.sitting() as sitting:
        return verifying.verify(sitting, PROGRAM, draw_id, "vera", paths.solve)


def test_a_draw_holds_as_it_was_held(panel_lodge: PanelLodge) -> None:
    with panel_lodge.room.sitting() as sitting:
        for member, value in (("ada", "21 7 33"), ("ben", "0x9f"), ("cleo", "not counted")):
            beacons.enter(sitting, PROGRAM, str(WEEK), member, value)
    with panel_lodge.room.sitting() as sitting, pytest.raises(CaseRefused):
        beacons.enter(sitting, PROGRAM, str(WEEK), "ada", "again")
    with panel_lodge.room.sitting() as sitting, pytest.raises(CaseRefused):
        beacons.enter(sitting, PROGRAM, str(WEEK), SUBJECT, "not of the committee")
    panel_lodge.drawn()
    with panel_lodge.room.sitting() as sitting, pytest.raises(CaseRefused) as late:
        beacons.enter(sitting, PROGRAM, str(WEEK), "cleo", "after the draw")
    assert late.value.kind == "not-in-state"
    verified = verify(panel_lodge)
    assert (verified.faults, verified.panels, verified.erased) == ((), 1, 0)
    assert verified.draw.beacons == ("21 7 33", "0x9f")
    with panel_lodge.room.sitting() as sitting:
        last = log.of_program(sitting.tx, PROGRAM)[-1]
    assert (last.kind, last.by) == ("draw.opened", "vera")


TAMPERED = {
    "the cost": "UPDATE governance.draws SET cost = cost - 1",
    "the seed": "UPDATE governance.draws SET seed = repeat('a', 64)",
    "the head": "UPDATE governance.draws SET head = repeat('a', 64)",
    "the digest": "UPDATE governance.draws SET inputs = repeat('a', 64)",
    "the beacons": "UPDATE governance.draws SET beacons = '{later}'",
    "a piece": "UPDATE governance.draw_pieces SET sealed = sealed || 'x'::bytea",
    "the digest of a piece": "UPDATE governance.draw_pieces SET digest = repeat('a', 64)",
    "a piece that is gone": "DELETE FROM governance.draw_pieces",
    "a seat that is gone": "DELETE FROM governance.panel_seats WHERE kind <> 'alternate'",
    "who sits": "UPDATE governance.panel_seats s SET reviewer = null WHERE kind = 'outsider'",
}


@pytest.mark.parametrize("statement", TAMPERED.values(), ids=TAMPERED)
def test_whatever_is_changed_afterwards_shows(panel_lodge: PanelLodge, statement: str) -> None:
    panel_lodge.drawn()
    with panel_lodge.room.harness.transaction() as tx:
        tx.execute(statement)
    assert verify(panel_lodge).faults


def test_a_draw_that_prefers_somebody_shows(panel_lodge: PanelLodge) -> None:
    """Drawn by a solver that puts the dearest people in the seats."""
    panel_lodge.waiting()

    def dearest(arcs: object, units: int) -> object:
        turned = [arc._replace(cost=arc.cost if arc.cost > 10**6 or arc.cost < 0 else -arc.cost)
                  for arc in arcs]  # type: ignore[attr-defined]  # fmt: skip
        back = dict(zip(turned, arcs, strict=True))  # type: ignore[call-overload]
        return {back[arc]: number for arc, number in flow.solve(turned, units).items()}

    with panel_lodge.room.sitting() as sitting:
        drawing.hold(sitting, PROGRAM, WEEK, dearest)  # type: ignore[arg-type]
    assert any("cost less" in fault for fault in verify(panel_lodge).faults)


def test_an_erased_subject_leaves_a_draw_of_which_the_rest_still_holds(
    panel_lodge: PanelLodge,
) -> None:
    panel_lodge.waiting()
    panel_lodge.apply_of("zoe")
    panel_lodge.draw()
    panel_lodge.room.erase("zoe")
    verified = verify(panel_lodge)
    assert (verified.faults, verified.panels, verified.erased) == ((), 2, 1)


def test_the_process_draws_on_the_first_day_after_a_week(panel_lodge: PanelLodge) -> None:
    case = panel_lodge.waiting()  # on a Sunday
    panel_lodge.daily()
    assert panel_lodge.case(case.case_id).state == "acknowledged"
    panel_lodge.room.move(hours=11.5)  # it is Monday in Berlin
    panel_lodge.daily()
    assert panel_lodge.case(case.case_id).state == "drawn"
    (row,) = panel_lodge.room.harness.rows("SELECT about FROM governance.draws")
    assert row == ("2026-W48",)
    late = panel_lodge.apply_of("zoe")
    panel_lodge.room.move(days=1)
    panel_lodge.daily()
    assert panel_lodge.case(late.case_id).state == "acknowledged", "it waits for the next week"
    panel_lodge.room.move(days=6)
    panel_lodge.daily()
    assert panel_lodge.case(late.case_id).state == "drawn"


def test_a_case_with_another_open_line_is_not_drawn(panel_lodge: PanelLodge) -> None:
    panel_lodge.training("short", 4)
    case = panel_lodge.apply()
    assert panel_lodge.draw() is None
    assert panel_lodge.case(case.case_id).state == "applied"


def test_with_nobody_eligible_seats_stay_open_until_the_panel_is_widened(
    panel_lodge: PanelLodge,
) -> None:
    panel_lodge.without_stage(*REVIEWERS)
    case, panel = panel_lodge.drawn()
    assert panel_lodge.seats(panel) == {}
    panel_lodge.step()
    assert panel_lodge.seats(panel) == {}
    with panel_lodge.room.sitting() as sitting:
        widening.widen(sitting, PROGRAM, panel.panel_id, "cora", None, True)
        widening.widen(sitting, PROGRAM, panel.panel_id, "cora", None, True)
    panel_lodge.step()
    assert len(panel_lodge.seats(panel, "asked")) == 3
    assert panel_lodge.log_of(case).count("panel.widened") == 1


@pytest.mark.parametrize("numbers", [{"conflict_days": -1}, {"outsiders": 4}])
def test_a_panel_is_not_widened_beyond_reason(
    panel_lodge: PanelLodge, numbers: dict[str, int]
) -> None:
    _, panel = panel_lodge.drawn()
    given = {"conflict_days": None, "outside": False} | numbers
    with panel_lodge.room.sitting() as sitting, pytest.raises(CaseRefused):
        widening.widen(sitting, PROGRAM, panel.panel_id, "cora", **given)  # type: ignore[arg-type]


def as_family(lodge: PanelLodge) -> None:
    """Everybody is family."""
    with lodge.room.sitting() as sitting:
        for who in REVIEWERS:
            conflicts.declare(sitting.tx, PROGRAM, (who, SUBJECT), "family", who, sitting.now)


def at_one_employer(lodge: PanelLodge) -> None:
    """Everybody works where the subject does."""
    with lodge.room.sitting() as sitting:
        for who in REVIEWERS:
            known = stored_people.of(sitting.tx, PROGRAM, who)
            assert known is not None
            stored_people.write(sitting.tx, replace(known, employer="Acme"), who, sitting.now)
    lodge.room.seat(SUBJECT, employer=" acme ")


def on_leave(lodge: PanelLodge) -> None:
    """Everybody is away."""
    with lodge.room.sitting() as sitting:
        for who in REVIEWERS:
            known = stored_people.of(sitting.tx, PROGRAM, who)
            assert known is not None
            away = replace(known, leave_until=(sitting.now + timedelta(days=3)).date())
            stored_people.write(sitting.tx, away, who, sitting.now)


@pytest.mark.parametrize("cause", [as_family, at_one_employer, on_leave])
def test_who_is_in_conflict_or_away_is_never_drawn(
    panel_lodge: PanelLodge, cause: Callable[[PanelLodge], None]
) -> None:
    cause(panel_lodge)
    _, panel = panel_lodge.drawn()
    assert panel_lodge.seats(panel) == {}


def test_nobody_reviews_the_same_person_again_nor_who_reviewed_them(
    panel_lodge: PanelLodge,
) -> None:
    case, panel = panel_lodge.drawn()
    first = set(panel_lodge.give_all(panel))
    panel_lodge.days(1)
    reviewer = sorted(first)[0]
    panel_lodge.without_stage(reviewer)
    theirs = panel_lodge.apply_of(reviewer)
    panel_lodge.reviewers(SUBJECT)
    panel_lodge.draw(Week(2026, 49))
    second = panel_lodge.panel(theirs)
    assert SUBJECT not in panel_lodge.seats(second), "who was reviewed by them"
    with panel_lodge.room.sitting() as sitting:
        stored = panels.of_cases(sitting.tx, [case.case_id, theirs.case_id])
    assert len(stored) == 2


def test_four_panels_with_nobody_in_common_are_published_as_stewardship(
    panel_lodge: PanelLodge,
) -> None:
    panel_lodge.reviewers(*(f"more-{number}" for number in range(8)))
    subjects = ["s1", "s2", "s3", "s4"]
    cases = [panel_lodge.apply_of(subject) for subject in subjects]
    panel_lodge.draw()
    sat: list[str] = []
    for case in cases:
        sat += panel_lodge.give_all(panel_lodge.panel(case))
    panel_lodge.days(1)
    assert len(set(sat)) == 12, "loads are spread, so nobody sits twice"
    panel_lodge.daily()
    facts = [e for e in panel_lodge.published() if e["type"].endswith("stewardship.recorded.v1")]
    assert sorted(fact["data"]["participant_id"] for fact in facts) == sorted(sat)
    assert {fact["data"]["kind"] for fact in facts} == {"panel"}
    assert len({fact["time"] for fact in facts}) == 1
    assert "panel_id" not in str(facts)
    panel_lodge.daily()
    panel_lodge.deliver()
    assert panel_lodge.room.harness.rows("SELECT count(*)::int FROM dead_letters") == [(0,)]
