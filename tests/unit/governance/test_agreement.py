"""What follows from how far raters agree: more seats, rows in doubt, a pause, alarms."""

from decimal import Decimal

import pytest

from governance.rules.calibration.agreement import (
    AgreementFall,
    AgreementHeld,
    RowAgreement,
    band,
    falls,
    is_paused,
    is_spread_wide,
    seats_more,
    unreliable_rows,
)
from governance.rules.calibration.terms import CalibrationTerms

TERMS = CalibrationTerms()


def held(raters: int = 4, **rows: str | None) -> AgreementHeld:
    """A calibration with these alphas."""
    return AgreementHeld(
        raters,
        tuple(
            RowAgreement(row, None if alpha is None else Decimal(alpha), None, None, 32)
            for row, alpha in rows.items()
        ),
    )


@pytest.mark.parametrize(
    ("alpha", "expected"),
    [
        ("1", "good"),
        ("0.800000", "good"),
        ("0.799999", "fair"),
        ("0.667000", "fair"),
        ("0.666999", "poor"),
        ("-0.2", "poor"),
    ],
)
def test_at_its_limit_an_alpha_is_the_better_of_two_bands(alpha: str, expected: str) -> None:
    assert band(Decimal(alpha), 4, TERMS) == expected


def test_an_undefined_alpha_is_neither_good_nor_poor() -> None:
    assert band(None, 4, TERMS) == "undefined"
    alone = [held(growth=None)]
    assert seats_more(alone, TERMS) == 0
    assert unreliable_rows(alone, TERMS) == ()
    assert not is_paused([*alone, *alone], TERMS)


def test_too_few_raters_say_nothing() -> None:
    assert band(Decimal("0.1"), 3, TERMS) == "too_few"
    assert unreliable_rows([held(3, growth="0.1")], TERMS) == ()


def test_panels_get_a_fourth_seat_where_a_row_is_not_good() -> None:
    assert seats_more([held(growth="0.9", inclusion="0.8")], TERMS) == 0
    assert seats_more([held(growth="0.9", inclusion="0.7")], TERMS) == 1
    assert seats_more([held(growth="0.9", inclusion="0.2")], TERMS) == 1
    assert seats_more([], TERMS) == 0


def test_only_the_last_one_with_enough_raters_counts() -> None:
    earlier = held(growth="0.5", inclusion="0.9")
    assert unreliable_rows([held(growth="0.9"), earlier], TERMS) == ()
    assert unreliable_rows([held(2, growth="0.9"), earlier], TERMS) == ("growth",)


def test_unreliable_rows_are_sorted() -> None:
    assert unreliable_rows([held(scoping="0.1", feedback="0.2", narrative="0.9")], TERMS) == (
        "feedback",
        "scoping",
    )


def test_decisions_pause_when_the_same_row_is_poor_twice_running() -> None:
    poor, good = held(growth="0.5"), held(growth="0.9")
    assert is_paused([poor, poor], TERMS)
    assert is_paused([poor, held(3, growth="0.9"), poor], TERMS), "too few in between"
    assert not is_paused([poor], TERMS)
    assert not is_paused([poor, good, poor], TERMS)
    assert not is_paused([good, poor, poor], TERMS)


def test_two_rows_poor_one_time_each_pause_nothing() -> None:
    first = held(growth="0.5", inclusion="0.9")
    second = held(growth="0.9", inclusion="0.5")
    assert not is_paused([second, first], TERMS)


def test_a_fall_by_more_than_a_tenth_is_an_alarm() -> None:
    before = held(growth="0.900000", inclusion="0.9", scoping="0.9", feedback=None)
    now = held(growth="0.799999", inclusion="0.8", scoping=None, feedback="0.1")
    assert falls([now, before], TERMS) == (
        AgreementFall("growth", Decimal("0.900000"), Decimal("0.799999")),
    )
    assert falls([before, now], TERMS) == (), "a rise is none"
    assert falls([now], TERMS) == ()


def test_more_than_a_third_of_panels_far_apart_is_an_alarm() -> None:
    assert not is_spread_wide(0, 0)
    assert not is_spread_wide(1, 3)
    assert is_spread_wide(2, 5)
    assert is_spread_wide(1, 2)
