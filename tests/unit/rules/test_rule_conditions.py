"""Conditions of `where`: which facts meet them, and how they are written."""

import pytest

from engine.catalog.loader import CatalogError
from engine.catalog.model import Catalog
from engine.queries import wording
from tests.support.catalogs import badge_of, catalog_of
from tests.support.given import given, meeting
from tests.support.histories import accepted

MEETINGS = (
    "meetings: {{event: mentoring.meeting.completed.v1, who: attendee_ids, where: {where}, "
    "aggregate: count}}"
)


def _where(where: str) -> Catalog:
    return catalog_of(MEETINGS.format(where=where), badge_of("{at_least: {meetings: 1}}"))


def _counts(where: str, *records: bytes) -> list[bool]:
    (measure,) = _where(where).measures
    return [measure.counts(fact) for fact in accepted(records)]


def _fault(where: str) -> tuple[int, str]:
    with pytest.raises(CatalogError) as caught:
        _where(where)
    (fault,) = caught.value.faults
    return fault


ALONE = meeting("m1", "ann")
PAIR = meeting("m2", "ann", "ben", mentor_ids=["ben"])
THREE = meeting("m3", "ann", "ben", "cy", mentor_ids=["ben", "cy"])


@pytest.mark.parametrize(
    ("test", "counted"),
    [
        ("{at_least: 2}", [False, True, True]),
        ("{at_most: 2}", [True, True, False]),
        ("{equals: 2}", [False, True, False]),
        ("{equals: 2.0}", [False, True, False]),
        ("{one_of: [1, 3]}", [True, False, True]),
        ("{at_least: 2, at_most: 2}", [False, True, False]),
    ],
)
def test_the_number_of_entries_of_a_list_is_tested(test: str, counted: list[bool]) -> None:
    assert _counts(f"{{attendee_ids: {{size: {test}}}}}", ALONE, PAIR, THREE) == counted


@pytest.mark.parametrize("test", ["{equals: 0}", "{at_most: 5}", "{one_of: [0, 1]}"])
def test_the_size_of_an_absent_list_meets_no_test(test: str) -> None:
    assert _counts(f"{{mentor_ids: {{size: {test}}}}}", ALONE) == [False]
    empty = meeting("m4", "ann", mentor_ids=[])
    assert _counts(f"{{mentor_ids: {{size: {test}}}}}", empty) == [False]


def test_a_mentor_who_waits_alone_has_met_nobody() -> None:
    story = given(ALONE, PAIR, catalog=_where("{attendee_ids: {size: {at_least: 2}}}"))
    assert story.award("ann", "badge").evidence == ["m2"]


def test_sizes_and_values_are_tested_together() -> None:
    where = "{duration_minutes: {at_least: 30}, attendee_ids: {size: {at_least: 2}}}"
    long, short = (
        meeting(f"{minutes}", "ann", "ben", duration_minutes=minutes) for minutes in (40, 20)
    )
    alone = meeting("alone", "ann", duration_minutes=40)
    assert _counts(where, long, short, alone) == [True, False, False]


def test_a_repeatable_badge_and_an_effect_test_sizes_too() -> None:
    badge = (
        "trio: {name: T, description: T, repeatable: {event: mentoring.meeting.completed.v1, "
        "who: attendee_ids, where: {attendee_ids: {size: {equals: 3}}}}}"
    )
    story = given(PAIR, THREE, catalog=catalog_of("", badge))
    assert story.held("cy") == {"trio m3"}
    effect = (
        "effects: {invite: {kudos_invited: {event: mentoring.survey.submitted.v1, "
        "where: {about_ids: {size: {at_least: 2}}}}}}"
    )
    assert catalog_of("", badge, effect).effects


def test_a_size_is_part_of_the_digest_by_value_and_in_words() -> None:
    two, also_two, three = (
        _where(f"{{attendee_ids: {{size: {{at_least: {number}}}}}}}") for number in ("2", "2.0", 3)
    )
    assert two.digest == also_two.digest != three.digest
    (measure,) = two.measures
    assert wording.facts(measure).endswith("where number of attendee_ids at least 2")


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("{duration_minutes: 30}", "write `duration_minutes: {equals: 30}`"),
        ("{meeting_id: m1}", "write `meeting_id: {equals: m1}`"),
        ("{meeting_id: [m1, m2]}", "write `meeting_id: {one_of: [m1, m2]}`"),
        ("{duration_minutes: }", "such as `duration_minutes: {equals: VALUE}`"),
        ("{attendee_ids: 2}", "write `attendee_ids: {size: {at_least: 2}}`"),
        ("{attendee_ids: {at_least: 2}}", "write `attendee_ids: {size: {at_least: 2}}`"),
        ("{attendee_ids: {size: 2}}", "write `size: {equals: 2}`"),
        ("{attendee_ids: {size: {}}}", "must have at least one of equals, one_of"),
        ("{attendee_ids: {size: {above: 2}}}", "has no `above`"),
        ("{attendee_ids: {size: {equals: many}}}", "`attendee_ids` must be a number"),
        ("{attendee_ids: {size: {one_of: []}}}", "at least one entry"),
        ("{meeting_id: {size: {equals: 2}}}", "has no `size`"),
    ],
)
def test_a_fault_of_a_condition_says_what_to_write(where: str, words: str) -> None:
    line, what = _fault(where)
    assert (line, words in what) == (4, True), what


def test_a_private_field_is_called_private() -> None:
    measure = (
        "notes: {event: mentoring.kudos.given.v1, who: recipient_id, where: {message: {equals: a}},"
        " aggregate: {distinct: sealed_message}}"
    )
    with pytest.raises(CatalogError) as caught:
        catalog_of(measure, badge_of("{at_least: {notes: 1}}"))
    assert [what[:70] for _, what in caught.value.faults] == [
        "field `message` of mentoring.kudos.given.v1 is private: no rule may re",
        "field `sealed_message` of mentoring.kudos.given.v1 is private: no rule",
    ]
