"""Terms are merged where they touch; good standing is within one of them."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from engine.projections.terms import Term, merged
from events.instants import Instant, from_datetime
from tests.support.examples import examples

START = datetime(2024, 5, 10, tzinfo=UTC)


def day(number: int) -> Instant:
    return from_datetime(START + timedelta(days=number))


def in_standing(awards: Iterable[tuple[Instant, Instant | None]], at: Instant) -> bool:
    return any(term.covers(at) for term in merged(awards))


AWARDS = st.lists(
    st.tuples(st.integers(0, 30), st.one_of(st.none(), st.integers(1, 10))).map(
        lambda pair: (day(pair[0]), None if pair[1] is None else day(pair[0] + pair[1]))
    ),
    max_size=8,
)


def test_nobody_who_holds_nothing_has_a_term() -> None:
    assert merged([]) == ()
    assert not in_standing([], day(0))


def test_a_renewal_in_time_goes_on_and_a_late_one_begins_another_term() -> None:
    first = Instant("2024-05-10T10:00:00.000000Z"), Instant("2026-05-10T22:00:00.000000Z")
    in_time = Instant("2026-04-02T10:00:00.000000Z"), Instant("2028-04-02T22:00:00.000000Z")
    late = Instant("2026-09-01T10:00:00.000000Z"), Instant("2028-09-01T22:00:00.000000Z")
    assert merged([in_time, first]) == (Term(first[0], in_time[1]),)
    assert merged([late, first]) == (Term(*first), Term(*late))


def test_terms_that_touch_are_one_and_an_instant_between_them_parts_them() -> None:
    touching = [(day(0), day(5)), (day(5), day(9))]
    assert merged(touching) == (Term(day(0), day(9)),)
    after = from_datetime(START + timedelta(days=5, microseconds=1))
    assert len(merged([(day(0), day(5)), (after, day(9))])) == 2


def test_the_end_is_the_first_instant_that_is_not_in_the_term() -> None:
    end = Instant("2026-05-10T22:00:00.000000Z")
    award = [(Instant("2024-05-10T10:00:00.000000Z"), end)]
    assert in_standing(award, Instant("2026-05-10T21:59:59.999999Z"))
    assert not in_standing(award, end)
    assert in_standing(award, award[0][0])
    assert not in_standing(award, Instant("2024-05-10T09:59:59.999999Z"))


def test_what_has_no_end_takes_in_all_that_begins_later() -> None:
    assert merged([(day(3), None), (day(5), day(9)), (day(0), day(1))]) == (
        Term(day(0), day(1)),
        Term(day(3), None),
    )


@examples(300)
@given(AWARDS, st.integers(-1, 45))
def test_an_instant_is_in_a_term_where_some_award_holds_at_it(
    awards: list[tuple[Instant, Instant | None]], number: int
) -> None:
    at = day(number)
    naive = any(begins <= at and (ends is None or at < ends) for begins, ends in awards)
    assert in_standing(awards, at) == naive
    terms = merged(awards)
    for one, following in pairwise(terms):
        assert one.ends is not None
        assert one.ends < following.begins
