"""Every fault of a catalog file is named with its line, all of them at once."""

from pathlib import Path

import pytest

from engine.catalog.loader import CatalogError, find, parse

GOOD = """\
catalog: small
version: 1
measures:
  meetings:
    event: mentoring.meeting.completed.v1
    who: attendee_ids
    aggregate: count
  topics:
    event: mentoring.milestone.completed.v1
    who: participant_id
    aggregate: {distinct: milestone}
badges:
  regular:
    name: Regular
    description: Comes often
    levels:
      bronze:
        at_least: {meetings: 2}
      silver:
        at_least: {meetings: 4}
  member:
    name: Member
    description: Belongs
    scope: program
    criterion:
      at_least: {meetings: 1}
  master:
    name: Master
    description: Has it all
    criterion:
      all_of:
        - holds: [regular, member]
        - includes_all: {topics: [a, b]}
  thanks:
    name: Thanks
    description: Was thanked
    repeatable:
      event: mentoring.kudos.given.v1
      who: recipient_id
effects:
  invite:
    kudos_invited:
      event: mentoring.survey.submitted.v1
      where:
        rating: {at_least: 4}
"""

# The line to replace, by what, and the fault: its line (of the new text) and words of it.
ONE_FAULT = [
    ("    aggregate: count", "    aggregate: median", 7, "no aggregate is called `median`"),
    ("    aggregate: count", "    aggregate: {sum: attendee_ids}", 7, "is not a number"),
    ("    aggregate: count", "    aggregate: {sum: nothing}", 7, "no field `nothing`"),
    ("    aggregate: count", "    aggregate: {distinct: nothing}", 7, "no field `nothing`"),
    ("    aggregate: count", "    aggregate: {count: 1}", 7, "`count` takes no options"),
    ("    aggregate: {distinct: milestone}", "    aggregate: {distinct: nope}", 11, "no field"),
    ("    aggregate: {distinct: milestone}", "    aggregate: count", 33, "a distinct measure"),
    ("    aggregate: count", "    where: {}", 4, "lacks `aggregate`"),
    ("    who: attendee_ids", "    who: meeting_id", 6, "must be one of attendee_ids, mentor_ids"),
    ("    event: mentoring.meeting.completed.v1", "    event: nothing.v1", 5, "must be one of"),
    (
        "    event: mentoring.meeting.completed.v1",
        "    event: mentoring.fact.retracted.v1",
        5,
        "must be one of",
    ),
    ("        at_least: {meetings: 4}", "        at_least: {nothing: 4}", 20, "`nothing`"),
    ("        at_least: {meetings: 4}", "        at_least: {meetings: 2}", 19, "out of order"),
    ("        at_least: {meetings: 4}", "        at_least: {meetings: 1}", 19, "out of order"),
    ("        at_least: {meetings: 4}", '        at_least: {meetings: "4"}', 20, "a number"),
    ("        at_least: {meetings: 4}", "        at_least: {meetings: true}", 20, "a number"),
    ("        at_least: {meetings: 4}", "        at_least: {meetings: .inf}", 20, "a number"),
    ("        at_least: {meetings: 4}", "        at_least: {meetings: .nan}", 20, "a number"),
    ("        at_least: {meetings: 4}", "        at_least: {meetings: 1e999}", 20, "a number"),
    ("        at_least: {meetings: 4}", "        at_least: {meetings: !!int x}", 20, "cannot be"),
    ("        at_least: {meetings: 4}", "        at_least: {meetings: 0}", 20, "above 0"),
    ("        at_least: {meetings: 4}", "        at_most: {meetings: 4}", 20, "no criterion is"),
    ("        at_least: {meetings: 4}", "        at_least: [meetings]", 20, "must be a mapping"),
    (
        "        at_least: {meetings: 4}",
        "        at_least: {meetings: 4, topics: 1}",
        20,
        "write `all_of: [{at_least: {meetings: …}}, {at_least: {topics: …}}]`",
    ),
    (
        "        at_least: {meetings: 4}",
        "        - at_least: {meetings: 4}",
        19,
        "write `all_of: […]` if every one of these",
    ),
    (
        "      at_least: {meetings: 1}",
        "      {at_least: {meetings: 1}, holds: [regular]}",
        25,
        "write `all_of: [{at_least: …}, {holds: …}]`",
    ),
    (
        "        at_least: {meetings: 4}",
        "        not: {at_least: {meetings: 4}}",
        20,
        "one more fact would take the badge away",
    ),
    (
        "        at_least: {meetings: 4}",
        "        in_last: {days: 30}",
        20,
        "it may fall with one more fact",
    ),
    ("    aggregate: count", "    aggregate: {mean: duration_minutes}", 7, "it may fall with one"),
    ("        rating: {at_least: 4}", "        rating: 5", 45, "write `rating: {equals: 5}`"),
    ("        - holds: [regular, member]", "        - holds: [nobody]", 32, "no badge is called"),
    ("        - holds: [regular, member]", "        - holds: []", 32, "at least one entry"),
    ("        - holds: [regular, member]", "        - holds: [thanks]", 32, "is repeatable"),
    ("        - holds: [regular, member]", "        - holds: [master]", 27, "master -> master"),
    (
        "        - holds: [regular, member]",
        "        - holds: [{badge: regular, level: gold}]",
        32,
        "must be one of bronze, silver",
    ),
    (
        "        - holds: [regular, member]",
        "        - holds: [{badge: member, level: gold}]",
        32,
        "has no levels",
    ),
    ("        - holds: [regular, member]", "        - holds: [{level: gold}]", 32, "badge's name"),
    (
        "        - includes_all: {topics: [a, b]}",
        "        - includes_all: {topics: []}",
        33,
        "at least one entry",
    ),
    (
        "        - includes_all: {topics: [a, b]}",
        "        - includes_all: {topics: [1]}",
        33,
        "must be text",
    ),
    ("        - includes_all: {topics: [a, b]}", "        - includes_all: {x: [a]}", 33, "`x`"),
    ("      at_least: {meetings: 1}", "      holds: [regular]", 21, "belongs to the program and"),
    ("    scope: program", "    scope: cohort", 24, "must be one of loop, program"),
    ("    name: Member", "    nickname: Member", 22, "has no `nickname`"),
    ("    name: Member", "    category: [trophy]", 22, "category must be text"),
    ("    name: Member", '    category: ""', 22, "category must be text"),
    ("    name: Member", f"    category: {'c' * 129}", 22, "at most 128 characters"),
    ("    name: Member", "    name: [Member]", 22, "name must be text"),
    ("    name: Thanks", "    scope: program", 34, "its scope is the loop of each fact"),
    ("    description: Was thanked", "", 34, "lacks `description`"),
    ("      who: recipient_id", "      who: kind", 39, "must be one of giver_id, recipient_id"),
    ("      who: recipient_id", "      aggregate: count", 39, "has no `aggregate`"),
    ("        rating: {at_least: 4}", "        rating: {at_least: five}", 45, "a number"),
    ("        rating: {at_least: 4}", "        rating: {above: 4}", 45, "has no `above`"),
    ("        rating: {at_least: 4}", "        rating: {}", 45, "at least one of"),
    ("        rating: {at_least: 4}", "        survey: {at_least: 4}", 45, "is text"),
    ("        rating: {at_least: 4}", "        survey: {equals: pulse}", 45, "never `pulse`"),
    ("        rating: {at_least: 4}", "        survey: {one_of: []}", 45, "at least one entry"),
    ("        rating: {at_least: 4}", "        about_ids: {equals: ann}", 45, "is a list"),
    ("        rating: {at_least: 4}", "        stars: {at_least: 4}", 45, "no field `stars`"),
    ("    kudos_invited:", "    send_flowers:", 42, "no effect is called `send_flowers`"),
    (
        "      event: mentoring.survey.submitted.v1",
        "      event: mentoring.quiz.passed.v1",
        43,
        "must be one of mentoring.survey.submitted.v1",
    ),
    ("catalog: small", "", 2, "lacks `catalog`"),
    ("version: 1", "", 1, "lacks `version`"),
    ("version: 1", "version: 2026-13-45", 2, "cannot be read"),
    ("version: 1", "colour: red", 2, "has no `colour`"),
    ("  member:", "  regular:", 21, "`regular` is given twice"),
    ("  topics:", "  meetings:", 8, "`meetings` is given twice"),
    ("  topics:", "  thanks:", 34, "a measure already has"),
    ("  member:", "  [member]:", 21, "a key must be text"),
    ("  member:", '  "mem\\x1fber":', 21, "control character"),
    ("  member:", f"  {'m' * 129}:", 21, "at most 128"),
    ("      silver:", f"      {'s' * 129}:", 19, "at most 128"),
    ("version: 1", "version: [1", 3, "not YAML"),
    ("version: 1", "version: *unknown", 2, "not YAML"),
    ("version: 1", "version: !!python/name:os.system x", 2, "no values of the tag"),
    ("version: 1", "version: \x07", 2, "not YAML"),
    ("effects:", "---\neffects:", 40, "not YAML"),
    ("version: 1", "version: &again {a: *again}", 2, "may not contain itself"),
]


def _faults(text: str) -> list[tuple[int, str]]:
    with pytest.raises(CatalogError) as caught:
        parse(text, "small.yaml")
    return [(fault.line, fault.message) for fault in caught.value.faults]


def test_the_catalog_that_the_faults_are_put_into_is_good() -> None:
    assert parse(GOOD).name == "small"


@pytest.mark.parametrize(
    ("line", "instead", "number", "words"), ONE_FAULT, ids=[f"{c[1].strip()}" for c in ONE_FAULT]
)
def test_a_fault_is_named_with_its_line(line: str, instead: str, number: int, words: str) -> None:
    assert f"{line}\n" in GOOD
    found = _faults(GOOD.replace(f"{line}\n", f"{instead}\n", 1))
    assert any(at == number and words in what for at, what in found), found


def test_a_cycle_of_badges_is_named_at_every_badge_of_it() -> None:
    text = """\
catalog: c
version: 1
measures: {}
badges:
  a: {name: A, description: A, criterion: {holds: [b]}}
  b: {name: B, description: B, criterion: {any_of: [{holds: [c]}]}}
  c: {name: C, description: C, criterion: {holds: [a]}}
"""
    assert _faults(text) == [
        (5, "badge `a` asks for itself: a -> b -> c -> a"),
        (6, "badge `b` asks for itself: b -> c -> a -> b"),
        (7, "badge `c` asks for itself: c -> a -> b -> c"),
    ]


def test_a_loop_badge_that_badges_of_the_program_alone_are_enough_for_is_refused() -> None:
    alone = GOOD.replace("all_of:", "any_of:").replace("[regular, member]", "[member]")
    ((line, what),) = _faults(alone)
    assert (line, "alone are enough" in what) == (27, True)
    parse(GOOD.replace("[regular, member]", "[member]"))


def test_a_badge_has_exactly_one_of_levels_criterion_and_repeatable() -> None:
    none = GOOD.replace("    criterion:\n      at_least: {meetings: 1}\n", "")
    assert any("exactly one of" in what and at == 21 for at, what in _faults(none))
    empty = GOOD.replace("    criterion:\n      at_least: {meetings: 1}\n", "    levels: {}\n")
    assert (25, "levels of `member` must have at least one level") in _faults(empty)


def test_all_faults_are_named_at_once_in_the_order_of_lines() -> None:
    text = GOOD.replace("aggregate: count", "aggregate: mean").replace("holds: [", "holds: [x, ")
    text = text.replace("{at_least: 4}", "{at_least: x}").replace("scope: program", "levels: {}")
    lines = [line for line, _ in _faults(text)]
    assert lines == sorted(lines)
    assert {7, 21, 32, 45} <= set(lines)


def test_an_unknown_event_is_one_fault_not_one_for_every_line_that_rests_on_it() -> None:
    text = GOOD.replace("mentoring.meeting.completed.v1", "nothing.v1")
    assert [line for line, _ in _faults(text)] == [5]


def test_a_wrong_event_hides_none_of_the_other_faults_of_its_measure() -> None:
    text = GOOD.replace(
        """    event: mentoring.meeting.completed.v1
    who: attendee_ids
    aggregate: count
""",
        """    event: mentoring.meeting.held.v1
    who: 7
    where:
      duration_minutes: 30
      attendee_ids: {size: 2}
      rating: {above: 4}
      when: {at_least: noon}
    aggregate: {mean: duration_minutes}
    colour: red
""",
    )
    assert [line for line, _ in _faults(text)] == [5, 6, 8, 9, 10, 11, 12, 13]


def test_the_message_names_file_and_line_of_each_fault() -> None:
    with pytest.raises(CatalogError, match=r"small\.yaml:2: version must be text"):
        parse(GOOD.replace("version: 1", "version: []"), "small.yaml")


@pytest.mark.parametrize("text", ["", "7", "[]", "# nothing", "catalog", "null"])
def test_what_is_no_mapping_is_no_catalog(text: str) -> None:
    assert (1, "a catalog must be a mapping") in _faults(text)


@pytest.mark.parametrize("deep", ["[" * 3000, "{a: " * 3000, "- " * 3000])
def test_nesting_without_end_is_a_fault_and_no_crash(deep: str) -> None:
    assert _faults(f"catalog: {deep}" if deep[0] != "-" else deep)


def test_a_catalog_is_found_by_its_name_or_by_its_path(tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(GOOD, encoding="utf-8")
    assert find("mentorloop").name == "mentorloop"
    assert find(str(file)).digest == parse(GOOD).digest
    assert find(str(file)).text == GOOD


@pytest.mark.parametrize("name", ["absent", "", ".", "mentorloop/", "../catalog/mentorloop"])
def test_a_catalog_that_is_not_there_is_a_catalog_error(name: str) -> None:
    with pytest.raises(CatalogError):
        find(name)


def test_a_missing_catalog_is_told_which_there_are() -> None:
    with pytest.raises(CatalogError, match=r"absent:0: no such catalog.*\(mentorloop"):
        find("absent")


def test_a_catalog_that_is_not_utf8_is_a_catalog_error(tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_bytes(b"catalog: x\nversion: \xff")
    with pytest.raises(CatalogError, match=r"own\.yaml:2: not UTF-8"):
        find(str(file))
