"""I4: wrong measures and awards in what is stored, each is caught."""

import pytest

from tests.verification.checker.caught import Spoil, caught
from tests.verification.checker.corrupt import dropped, in_exports, lines
from tests.verification.checker.seen import Json, Observations
from tests.verification.oracle.reading import QUIZ


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


def retracted_proof(seen: Observations) -> Observations:
    """Somebody's certificate as announced first, resting on a quiz that was retracted since."""

    def certified(line: Json) -> bool:
        return bool(line["badge"] == "mentorloop-certified" and line["recipient_id"] == "ann")

    named = [{"type": QUIZ, "id": "q1"}]
    return lines("announced", lambda line: line.update(evidence=named), certified)(seen)


def unsorted(seen: Observations) -> Observations:
    return in_exports(seen, measures=tuple(reversed(seen.exports.measures)))


def twice(seen: Observations) -> Observations:
    return in_exports(seen, recomputed=(seen.exports.recomputed[0], *seen.exports.recomputed))


SPOILED: dict[str, tuple[str, Spoil]] = {
    "a measure is one too many": (
        "meetings_attended is",
        lines("measures", one_more, in_a_loop),
    ),
    "a milestone is made up": ("milestones is", lines("measures", one_milestone_more)),
    "somebody has no measures": (
        "are missing",
        lambda seen: in_exports(seen, measures=dropped(seen.exports.measures, 1)),
    ),
    "somebody has measures of nothing": (
        "though nothing counts for them",
        lines("measures", lambda line: line.update(participant_id="nobody")),
    ),
    "measures are not sorted": ("are not sorted", unsorted),
    "a recomputed date is another": (
        "recomputed: awarded_at is",
        lines("recomputed", one_digit),
    ),
    "recomputed evidence is another": (
        "recomputed: evidence is",
        lines("recomputed", lambda line: line["evidence"].reverse(), level),
    ),
    "an award is not recomputed": (
        "and not recomputed",
        lambda seen: in_exports(seen, recomputed=dropped(seen.exports.recomputed, 0)),
    ),
    "an award is recomputed that nothing earns": (
        "is recomputed, and not expected",
        lines("recomputed", lambda line: line.update(award_id="0")),
    ),
    "an award is recomputed twice": ("not sorted by id, each once", twice),
    "an announced date is another": (
        "as announced: awarded_at is",
        lines("announced", one_digit),
    ),
    "a stored proof lacks a fact": (
        "as announced: the facts it names",
        lines("announced", lambda line: line["evidence"].pop(), level),
    ),
    "a stored proof rests on a retracted fact": (
        "as announced: mentoring.quiz.passed.v1 q1 is no accepted fact",
        retracted_proof,
    ),
    "an exported award has no evidence at all": (
        "cannot be judged",
        lines("announced", lambda line: line.pop("evidence")),
    ),
    "a stored proof names an award that is gone": (
        "rests on award another, gone",
        lines("announced", another_part, champion),
    ),
}


@pytest.mark.parametrize("case", SPOILED)
def test_a_wrong_store_is_caught(seen: Observations, case: str) -> None:
    words, corrupt = SPOILED[case]
    caught(corrupt(seen), "I4", words)
