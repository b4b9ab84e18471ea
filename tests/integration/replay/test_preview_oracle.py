"""What a history gives does not depend on who folds it, nor on the order it is told in."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from replay.build.preview import Preview, preview
from tests.support.examples import examples
from tests.support.given import LATEST, MENTORLOOP
from tests.support.histories import histories
from tests.verification.oracle.histories import NOW, history
from tests.verification.oracle.oracle import answer


def _assert_as_the_oracle_says(records: list[bytes]) -> Preview:
    said = answer(records, NOW)
    got = preview(records, MENTORLOOP, LATEST)
    assert [award.as_json() for award in got.awards] == said.awards
    assert list(got.invitations) == said.invitations
    assert got.report.as_json() == said.report
    return got


@examples(25)
@given(histories(200))
def test_a_preview_says_what_the_oracle_says(records: list[bytes]) -> None:
    _assert_as_the_oracle_says(records)


@examples(15)
@given(histories(60, bad=0.6))
def test_a_preview_counts_refusals_as_the_oracle_does(records: list[bytes]) -> None:
    _assert_as_the_oracle_says(records)


def test_the_histories_reach_every_badge_and_every_way_to_be_champion() -> None:
    held = set()
    for seed in range(4):
        records = history(seed, 600, programs=1, loops=1 + seed % 2, people=3 + seed)
        for award in _assert_as_the_oracle_says(records).awards:
            held.add((award.badge, award.level))
            if award.badge == "mentorloop-champion":
                held.add((award.badge, award.evidence[0].type))
    assert held == {
        *(("excellence", level) for level in ("bronze", "silver", "gold")),
        *(("momentum", level) for level in ("bronze", "silver", "gold")),
        ("mentorloop-certified", None),
        ("growing-together", None),
        ("mentorloop-champion", None),
        ("mentorloop-champion", "award"),
        ("mentorloop-champion", "mentoring.milestone.completed.v1"),
        *((kind, None) for kind in MENTORLOOP.repeatable),
    }


@examples(25)
@given(histories(120, conflicts=False), st.integers())
def test_the_order_of_telling_changes_neither_awards_nor_invitations(
    records: list[bytes], seed: int
) -> None:
    told = preview(records, MENTORLOOP, LATEST)
    shuffled = Random(seed).sample(records, len(records))
    again = preview(shuffled, MENTORLOOP, LATEST)
    assert again.awards == told.awards
    assert again.invitations == told.invitations
    assert again.report == told.report


@examples(15)
@given(histories(100), st.integers())
def test_telling_everything_twice_is_telling_it_once(records: list[bytes], seed: int) -> None:
    once = preview(records, MENTORLOOP, LATEST)
    twice = preview([*records, *records], MENTORLOOP, LATEST)
    assert twice.awards == once.awards
    assert twice.report.applied == once.report.applied
    assert twice.report.retractions == once.report.retractions
