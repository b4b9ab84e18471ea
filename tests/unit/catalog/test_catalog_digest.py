"""The digest: the same for catalogs that decide alike, another for any that does not."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from engine.catalog.loader import parse
from tests.support.catalogs import EVERY_KIND, EVERY_KIND_TEXT
from tests.support.examples import examples
from tests.support.given import MENTORLOOP


def _changed(old: str, new: str) -> str:
    assert EVERY_KIND_TEXT.count(old) >= 1, old
    return parse(EVERY_KIND_TEXT.replace(old, new, 1)).digest


def _shuffled(value: object, data: st.DataObject) -> object:
    """The same mapping with its keys in another order; levels keep theirs, which decides."""
    if isinstance(value, list):
        return [_shuffled(item, data) for item in value]
    if not isinstance(value, dict):
        return value
    keys = list(value) if "short" in value else data.draw(st.permutations(list(value)))
    return {key: _shuffled(value[key], data) for key in keys}


@examples(15)
@given(st.data())
def test_the_order_of_keys_does_not_count(data: st.DataObject) -> None:
    shuffled = _shuffled(yaml.safe_load(EVERY_KIND_TEXT), data)
    catalog = parse(yaml.safe_dump(shuffled, sort_keys=False))
    assert catalog.digest == EVERY_KIND.digest
    assert catalog.measures == EVERY_KIND.measures


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("catalog: every-kind", "catalog: another-name # and a comment"),
        ("version: 1", "version: '2.0'"),
        ("name: Veteran", "name: Vétéran"),
        ("description: Met many", "description: Met very many"),
        ("{meetings: 3}", "{meetings: 3.0}"),
        ("[3, 5]", "[5.0, 3]"),
        ("[mqs, post_meeting]", "[post_meeting, mqs]"),
        ("{at_most: 100000}", "{at_most: 1.0e+5}"),
        ("[{badge: talker, level: short}, sociable, scholar]",
         "[scholar, sociable, {level: short, badge: talker}, sociable]"),
    ],
)  # fmt: skip
def test_names_descriptions_comments_and_spellings_do_not_count(old: str, new: str) -> None:
    assert _changed(old, new) == EVERY_KIND.digest


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{minutes: 45.5}", "{minutes: 45.6}"),
        ("{minutes: 120}", "{minutes: 121}"),
        ("{met: 3}", "{met: 4}"),
        ("[3, 5]", "[3, 4, 5]"),
        ("{meetings: 2}", "{meetings: 1}"),
        ("{meetings: 3}", "{meetings: 4}"),
        ("{quizzes: 2}", "{quizzes: 3}"),
        ("{scores: 1.6}", "{scores: 1.5}"),
        ("{at_most: 100000}", "{at_most: 100001}"),
        ("{at_most: 100000}", "{at_least: 100000}"),
        ("rating: {at_least: 3}", "rating: {at_least: 2}"),
        ("one_of: [mqs, post_meeting]", "one_of: [mqs]"),
        ("who: attendee_ids", "who: mentor_ids"),
        ("{sum: duration_minutes}", "count"),
        ("{distinct: quiz_id}", "{distinct: attempt_id}"),
        ("level: short", "level: long"),
        ("      short:", "      brief:"),
        ("all_of:", "any_of:"),
        ("{equals: thanks}", "{equals: thank}"),
        ("scope: program\n    criterion: {at_least", "criterion: {at_least"),
    ],
)
def test_whatever_decides_counts(old: str, new: str) -> None:
    text = EVERY_KIND_TEXT
    if new in ("      brief:", "criterion: {at_least"):
        # What asks for the badge or level changes with it, or the catalog would have faults.
        text = text.replace("level: short", "level: brief" if "brief" in new else "level: short")
    if new == "criterion: {at_least":
        text = text.replace("    scope: program\n    criterion:\n", "    criterion:\n")
    assert old in text
    assert parse(text.replace(old, new, 1)).digest != EVERY_KIND.digest


def test_the_order_of_the_ways_of_any_of_counts_for_it_decides_ties() -> None:
    one = "- at_least: {meetings: 3}"
    text = EVERY_KIND_TEXT.replace(f"        {one}\n", "", 1)
    text = text.replace("      any_of:\n", f"      any_of:\n        {one}\n", 1)
    assert parse(text).digest != EVERY_KIND.digest


def test_an_effect_counts() -> None:
    text = MENTORLOOP.text
    invited_at = text.index("effects:")
    assert parse(text[:invited_at]).digest != MENTORLOOP.digest
    moved = text.replace("rating: {at_least: 4}", "rating: {at_least: 5}")
    assert parse(moved).digest != MENTORLOOP.digest
    assert parse(text.replace("invite-kudos", "another")).digest == MENTORLOOP.digest


@examples(15)
@given(st.sampled_from(["3", "6", "9", "5", "10", "15"]), st.integers(1, 30))
def test_any_threshold_of_mentorloop_counts(threshold: str, instead: int) -> None:
    for measure in ("top_ratings", "meetings_attended"):
        old = f"{{at_least: {{{measure}: {threshold}}}}}"
        text = MENTORLOOP.text
        if old in text and str(instead) != threshold:
            levels = [3, 6, 9] if measure == "top_ratings" else [5, 10, 15]
            wanted = [instead if level == int(threshold) else level for level in levels]
            if wanted == sorted(set(wanted)):
                changed = text.replace(old, f"{{at_least: {{{measure}: {instead}}}}}")
                assert parse(changed).digest != MENTORLOOP.digest
