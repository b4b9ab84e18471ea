"""Edits change what runs, everywhere and only while they are made."""

import pytest

from engine.projections.holdings import evaluate
from engine.rules.criteria import criterion
from engine.rules.criteria.criterion import EvidenceItem, listed
from events.instants import Instant
from tests.support.given import MENTORLOOP
from tests.verification.defects.defect import Defect
from tests.verification.defects.edit import DoesNotApply, Edit, make
from tests.verification.defects.registry import ALL

_LISTED = "engine.rules.criteria.criterion:listed"
_EVIDENCE = tuple(EvidenceItem(Instant(f"2026-03-0{day}"), "", "", "") for day in (2, 1))


def test_every_importer_of_a_function_runs_the_edited_one_until_it_is_unmade() -> None:
    unmake = make([Edit(_LISTED, "sorted(set(evidence))", "evidence")])
    assert listed(_EVIDENCE) == criterion.listed(_EVIDENCE) == _EVIDENCE
    unmake()
    assert listed(_EVIDENCE) == criterion.listed(_EVIDENCE) == _EVIDENCE[::-1]


def test_two_edits_of_one_function_are_both_made() -> None:
    unmake = make([Edit(_LISTED, "sorted(", "list("), Edit(_LISTED, "set(evidence)", "evidence")])
    assert listed(_EVIDENCE * 2) == _EVIDENCE * 2
    unmake()


def test_what_was_remembered_is_forgotten() -> None:
    """Holdings are remembered by value: with another threshold they are others."""
    values = list(MENTORLOOP.initial_values)
    values[next(m.index for m in MENTORLOOP.measures if m.name == "meetings_attended")] = 5
    five = evaluate(MENTORLOOP, "loop", values, frozenset())
    unmake = make([Edit("engine.rules.criteria.at_least:AtLeast._reached", ">=", ">")])
    assert evaluate(MENTORLOOP, "loop", values, frozenset()) == frozenset()
    unmake()
    assert evaluate(MENTORLOOP, "loop", values, frozenset()) == five == {("momentum", "bronze")}


@pytest.mark.parametrize("old", ["not there at all", "evidence"], ids=["never", "more than once"])
def test_a_text_that_is_not_there_once_is_an_error(old: str) -> None:
    with pytest.raises(DoesNotApply, match=old) as refusal:
        make([Edit(_LISTED, old, "")])
    assert "give that edit the text that the engine has now" in str(refusal.value)


def test_a_text_that_was_changed_a_little_is_shown_as_it_is_now() -> None:
    with pytest.raises(DoesNotApply, match=r"\n    return tuple\(sorted\(set\(evidence\)\)\)"):
        make([Edit(_LISTED, "return tuple(sorted(evidence))", "")])


def test_a_function_that_was_renamed_is_named() -> None:
    with pytest.raises(DoesNotApply, match="criterion:other does not exist: it was renamed"):
        make([Edit("engine.rules.criteria.criterion:other", "a", "b")])


@pytest.mark.parametrize("defect", ALL, ids=lambda defect: defect.name)
def test_every_defect_can_be_made_in_the_engine_as_it_is(defect: Defect) -> None:
    with defect.installed():
        pass
