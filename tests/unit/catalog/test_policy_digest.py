"""What a policy is called by: what it says, in the order of stages, and nothing that awards follow
from."""

import hashlib
import json

import pytest

from engine.catalog.loader import parse
from engine.catalog.policy import NO_POLICY
from engine.rules.criteria.all_of import AllOf
from engine.rules.criteria.at_least import AtLeast
from engine.rules.criteria.holds import Holds
from engine.rules.criteria.in_standing import InStanding
from tests.support.given import MENTORLOOP
from tests.unit.catalog.policy_text import POLICY_TEXT

CATALOG = parse(POLICY_TEXT)
BARE = parse(POLICY_TEXT[: POLICY_TEXT.index("indicators:")])
CHANGES = [
    ("approvers: 2", "approvers: 3"),
    ("{value: 3.5, sample: 3}", "{value: 3.500001, sample: 3}"),
    ("{value: 3.5, sample: 3}", "{value: 3.5, sample: 4}"),
    ("{value: 2, in_last: {months: 6}}", "{value: 2, in_last: {months: 7}}"),
    ("{value: 2, in_last: {months: 6}}", "2"),
    ("in_standing: [novice]", "in_standing: [expert]"),
    ("by: [respondent_id]", "by: [respondent_id, loop_id]"),
    ("{share: {rating: {at_least: 4}}}", "{share: {rating: {at_least: 3}}}"),
    ("lead a loop", "lead two loops"),
    ("deliverables: [a dossier]", "deliverables: [a dossier, an hour]"),
    ("checkpoints: monthly", "checkpoints: weekly"),
    ("role: introductory", "role: basic"),
    ("[none, little, some, much, all]", "[none, few, some, much, all]"),
    ("practice/1", "practice/2"),
    ("rated_by: a panel", "rated_by: everybody"),
    ("score: the mean", "total: the mean"),
    ("kind: grant", "kind: bonus"),
    ("places: 2", "places: 3"),
    ("rest_cycles: 1", "rest_cycles: 2"),
    ("cycle: year", "cycle: quarter"),
    ("    consent: required\n", ""),
    ("    also: {at_least: {rise: {value: 1, sample: 2}}}\n", ""),
    ("members: [5, 9]", "members: [5, 8]"),
    ("settle_hours: 72", "settle_hours: 71"),
    ("silent_days: 21", "silent_days: 20"),
]


@pytest.mark.parametrize(("was", "now"), CHANGES, ids=[now for _, now in CHANGES])
def test_whatever_a_policy_says_is_in_its_digest_and_in_no_catalogs(was: str, now: str) -> None:
    assert was in POLICY_TEXT
    other = parse(POLICY_TEXT.replace(was, now, 1))
    assert other.policy.digest != CATALOG.policy.digest
    assert other.digest == CATALOG.digest


def test_a_catalog_without_a_policy_decides_alike_and_says_nothing() -> None:
    assert BARE.digest == CATALOG.digest
    assert not BARE.policy
    assert BARE.policy.digest == NO_POLICY.digest
    assert CATALOG.policy
    assert not MENTORLOOP.policy


@pytest.mark.parametrize(
    "key", ["indicators", "stages", "rubrics", "rewards", "governance", "watch"]
)
def test_one_part_alone_is_a_policy(key: str) -> None:
    lines = POLICY_TEXT.splitlines()
    start = lines.index(f"{key}:")
    end = next((n for n in range(start + 1, len(lines)) if lines[n][0] != " "), len(lines))
    part = "\n".join(lines[start:end]) + "\n"
    indicators = POLICY_TEXT[POLICY_TEXT.index("indicators:") : POLICY_TEXT.index("stages:")]
    needed = indicators if key in ("stages", "rewards") else ""
    assert parse(POLICY_TEXT[: POLICY_TEXT.index("indicators:")] + needed + part).policy


def test_the_order_of_stages_counts_and_that_of_others_does_not() -> None:
    policy = CATALOG.policy
    first, second = (
        POLICY_TEXT.index("  novice:\n    badge"),
        POLICY_TEXT.index("  expert:\n    badge"),
    )
    end = POLICY_TEXT.index("rubrics:")
    swapped = POLICY_TEXT[:first] + POLICY_TEXT[second:end] + POLICY_TEXT[first:second]
    assert parse(swapped + POLICY_TEXT[end:]).policy.digest != policy.digest
    start, stop = POLICY_TEXT.index("indicators:"), POLICY_TEXT.index("stages:")
    moved = POLICY_TEXT[:start] + POLICY_TEXT[stop:] + POLICY_TEXT[start:stop]
    assert parse(moved).policy.digest == policy.digest


def test_the_digest_is_of_the_canonical_json() -> None:
    policy = CATALOG.policy
    text = json.dumps(policy.canonical(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert policy.digest == hashlib.sha256(text.encode()).hexdigest()
    stages = json.loads(text)["stages"]
    assert [name for name, _ in stages] == ["novice", "expert"]


def test_equal_policies_written_otherwise_have_one_digest() -> None:
    long = POLICY_TEXT.replace("{meetings: 3}", "{meetings: {value: 3.0}}")
    noted = long.replace("indicators:", "# what a committee goes by\nindicators:")
    assert parse(noted).policy.digest == CATALOG.policy.digest


def test_stages_are_read_with_their_long_forms() -> None:
    expert = CATALOG.policy.stage["expert"]
    assert isinstance(expert.given, AllOf)
    standing, held, *numbers = expert.given.parts[:-1]
    assert standing == InStanding("novice")
    assert isinstance(held, Holds)
    asked = [
        (part.measure.name, part.number, part.sample, part.in_last)
        for part in numbers
        if isinstance(part, AtLeast)
    ]
    assert asked == [
        ("meetings", 3, None, None),
        ("meetings", 2, None, 6),
        ("rating", 3.5, 3, None),
        ("content", 0.8, 5, 12),
        ("rise", -0.5, 2, None),
        ("raters", 2, None, None),
    ]
    assert [part.words() for part in numbers][:5] == [
        "meetings at least 3",
        "meetings at least 2 in the last 6 months",
        "rating at least 3.5 over at least 3",
        "content at least 0.8 over at least 5 in the last 12 months",
        "rise at least -0.5 over at least 2",
    ]


def test_several_badges_are_parts_of_their_own() -> None:
    several = POLICY_TEXT.replace("in_standing: [novice]", "in_standing: [expert, novice, expert]")
    given = parse(several).policy.stage["expert"].given
    assert given is not None
    assert given.parts[0] == AllOf((InStanding("expert"), InStanding("novice")))
