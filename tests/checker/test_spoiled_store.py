"""I4 and I8: wrong measures and awards in what is stored, and cursors that jump: each is caught."""

import copy
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.checker.caught import Spoil, caught
from tests.checker.seen import CursorStep, Json, Seen
from tests.checker.spoil import changed, dropped, in_database, in_exports
from tests.oracle.reading import QUIZ


def lines(
    file: str, edit: Callable[[Json], None], where: Callable[[Json], bool] = lambda _: True
) -> Spoil:
    """One line of an export changed: the first that is such."""

    def spoil(seen: Seen) -> Seen:
        changed = copy.deepcopy(list(getattr(seen.exports, file)))
        edit(next(line for line in changed if where(line)))
        return in_exports(seen, **{file: tuple(changed)})

    return spoil


def in_a_loop(line: Json) -> bool:
    return bool(line["loop_id"] is not None and line["measures"]["meetings_attended"])


def one_more(line: Json) -> None:
    line["measures"]["meetings_attended"] += 1


def one_milestone_more(line: Json) -> None:
    line["measures"]["milestones"].append("zzz")


def one_digit(line: Json) -> None:
    line["awarded_at"] = line["awarded_at"].replace("0Z", "1Z")


def level(line: Json) -> bool:
    return bool(line["level"] == "bronze")


def champion(line: Json) -> bool:
    return bool(line["evidence"][0]["type"] == "award")


def another_part(line: Json) -> None:
    line["evidence"][0]["id"] = "another"


def retracted_proof(seen: Seen) -> Seen:
    """Somebody's certificate as announced first, resting on a quiz that was retracted since."""

    def certified(line: Json) -> bool:
        return bool(line["badge"] == "mentorloop-certified" and line["recipient_id"] == "ann")

    named = [{"type": QUIZ, "id": "q1"}]
    return lines("announced", lambda line: line.update(evidence=named), certified)(seen)


def unsorted(seen: Seen) -> Seen:
    return in_exports(seen, measures=tuple(reversed(seen.exports.measures)))


def twice(seen: Seen) -> Seen:
    return in_exports(seen, recomputed=(seen.exports.recomputed[0], *seen.exports.recomputed))


def step(change: Callable[[CursorStep], CursorStep]) -> Spoil:
    """The third step of a partition changed."""

    def spoil(seen: Seen) -> Seen:
        steps = list(seen.database.steps or ())
        third = [number for number, one in enumerate(steps) if one.partition == 1][2]
        steps[third] = change(steps[third])
        return in_database(seen, steps=tuple(steps))

    return spoil


def missing_step(seen: Seen) -> Seen:
    steps = seen.database.steps or ()
    third = [number for number, one in enumerate(steps) if one.partition == 1][2]
    return in_database(seen, steps=dropped(steps, third))


def unlogged_move(seen: Seen) -> Seen:
    return in_database(seen, steps=(seen.database.steps or ())[:-1])


SPOILED: dict[str, tuple[str, str, Spoil]] = {
    "a measure is one too many": (
        *("I4", "meetings_attended is"),
        lines("measures", one_more, in_a_loop),
    ),
    "a milestone is made up": ("I4", "milestones is", lines("measures", one_milestone_more)),
    "somebody has no measures": (
        *("I4", "are missing"),
        lambda seen: in_exports(seen, measures=dropped(seen.exports.measures, 1)),
    ),
    "somebody has measures of nothing": (
        *("I4", "though nothing counts for them"),
        lines("measures", lambda line: line.update(participant_id="nobody")),
    ),
    "measures are not sorted": ("I4", "are not sorted", unsorted),
    "a recomputed date is another": (
        *("I4", "recomputed: awarded_at is"),
        lines("recomputed", one_digit),
    ),
    "recomputed evidence is another": (
        *("I4", "recomputed: evidence is"),
        lines("recomputed", lambda line: line["evidence"].reverse(), level),
    ),
    "an award is not recomputed": (
        *("I4", "and not recomputed"),
        lambda seen: in_exports(seen, recomputed=dropped(seen.exports.recomputed, 0)),
    ),
    "an award is recomputed that nothing earns": (
        *("I4", "is recomputed, and not expected"),
        lines("recomputed", lambda line: line.update(award_id="0")),
    ),
    "an award is recomputed twice": ("I4", "not sorted by id, each once", twice),
    "an announced date is another": (
        *("I4", "as announced: awarded_at is"),
        lines("announced", one_digit),
    ),
    "a stored proof lacks a fact": (
        *("I4", "as announced: the facts it names"),
        lines("announced", lambda line: line["evidence"].pop(), level),
    ),
    "a stored proof rests on a retracted fact": (
        *("I4", "as announced: mentoring.quiz.passed.v1 q1 is no accepted fact"),
        retracted_proof,
    ),
    "an exported award has no evidence at all": (
        *("I4", "cannot be judged"),
        lines("announced", lambda line: line.pop("evidence")),
    ),
    "a stored proof names an award that is gone": (
        *("I4", "rests on award another, gone"),
        lines("announced", another_part, champion),
    ),
    "a cursor began elsewhere": (
        *("I8", "began at 5"),
        lambda seen: in_database(seen, cursors=changed(seen.database.cursors, 1, first_offset=5)),
    ),
    "a cursor goes back": ("I8", "went from", step(lambda s: replace(s, after=0))),
    "a cursor jumps": (
        *("I8", "counting"),
        step(lambda s: replace(s, after=(s.after or 0) + 1)),
    ),
    "a step counts what it does not pass": (
        *("I8", "counting"),
        step(lambda s: replace(s, accounted=s.accounted + 1)),
    ),
    "a step was not logged": ("I8", "the one before left it at", missing_step),
    "a cursor stands where nothing moved it": ("I8", "logged", unlogged_move),
    "a cursor is deleted": ("I8", "deleted at", step(lambda s: replace(s, after=None))),
}


@pytest.mark.parametrize("case", SPOILED)
def test_a_wrong_store_is_caught(seen: Seen, case: str) -> None:
    invariant, words, spoil = SPOILED[case]
    caught(spoil(seen), invariant, words)
