"""I1 and I6: proofs that hold, but are not those of the moment they were announced at."""

import pytest

from tests.support.given import instant
from tests.verification.checker.caught import Spoil, caught
from tests.verification.checker.corrupt import (
    edited,
    in_database,
    in_exports,
    index,
    lines,
    setting,
)
from tests.verification.checker.seen import Json, Observations
from tests.verification.oracle.reading import MEETING

AWARDED = "badge.awarded.v1"


def proof(day: int, *meetings: int) -> Json:
    """A date and the meetings that give it."""
    named = [{"type": MEETING, "id": f"m{number}"} for number in meetings]
    return {"awarded_at": instant(day), "evidence": named}


LATER = proof(6, 2, 3, 4, 5, 6)
"""Of a champion's meetings, those that would do for bronze if it were not for the first."""


def bronze(line: Json) -> bool:
    """The champion's, for meetings m1 to m5."""
    return bool(line["evidence"] == proof(5, 1, 2, 3, 4, 5)["evidence"])


def announced(seen: Observations) -> Observations:
    """An announcement that passes over the first meeting."""
    at = index(seen, AWARDED, bronze)
    return edited(seen, at, setting(**LATER), setting(time=LATER["awarded_at"]))


def as_recomputed(seen: Observations) -> Observations:
    return in_exports(seen, announced=seen.exports.recomputed)


def champion_of_others(seen: Observations) -> Observations:
    """The champion stays the champion, though with the date of another day."""

    def champion(line: Json) -> bool:
        return bool(line["badge"] == "mentorloop-champion" and line["program_id"] == "program")

    return lines("announced", setting(awarded_at=instant(14)), champion)(seen)


SPOILED: dict[str, tuple[str, str, Spoil]] = {
    "an announcement passes over an earlier fact": ("I6", f"passes over {MEETING} m1", announced),
    "late facts move what is stored": (
        *("I1", "and nothing it rests on was retracted"),
        lines("announced", setting(**LATER), bronze),
    ),
    "what is recomputed is stored": ("I1", "and nothing it rests on was retracted", as_recomputed),
    "a champion's stored date moves": (
        *("I1", "and nothing it rests on was retracted"),
        champion_of_others,
    ),
    "what was announced before a proof was put right is not kept": (
        *("I1", "nothing keeps that"),
        lambda seen: in_database(seen, restatements=()),
    ),
}


@pytest.mark.parametrize("case", SPOILED)
def test_a_proof_of_another_moment_is_caught(seen: Observations, case: str) -> None:
    invariant, words, corrupt = SPOILED[case]
    caught(corrupt(seen), invariant, words)
