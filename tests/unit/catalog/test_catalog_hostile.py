"""A small file that expands to much, or is no catalog, is refused with its line, at once."""

import resource
from pathlib import Path
from time import process_time

import pytest

from engine.catalog.loader import CatalogError, load, parse

HEAD = "catalog: hostile\nversion: 1\nmeasures: {}\nbadges: {}\n"
MIB = 1 << 20


def _laughs(levels: int, wide: int) -> str:
    lines = ["a0: &a0 [" + ",".join(["lol"] * wide) + "]"]
    for n in range(1, levels):
        lines.append(f"a{n}: &a{n} [" + ",".join([f"*a{n - 1}"] * wide) + "]")
    return "\n".join(lines)


def _maps(levels: int) -> str:
    lines = ["x0: &x0 {k: 1}"]
    lines += [f"x{n}: &x{n} {{a: *x{n - 1}, b: *x{n - 1}}}" for n in range(1, levels)]
    return "\n".join(lines)


def _faults(text: str) -> list[tuple[int, str]]:
    with pytest.raises(CatalogError) as caught:
        parse(text)
    return [(fault.line, fault.message) for fault in caught.value.faults]


@pytest.fixture(autouse=True)
def _at_once_in_bounded_memory() -> object:
    began, before = process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    assert process_time() - began < 5  # what expands takes minutes
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200 << 10  # KiB


@pytest.mark.parametrize(
    ("text", "line"),
    [(_laughs(9, 9), 5), (_laughs(200, 3), 9), (_maps(30), 12), (_maps(3000), 12)],
    ids=["laughs", "long laughs", "maps", "long maps"],
)
def test_an_alias_that_expands_to_too_much_is_refused_where_it_stands(text: str, line: int) -> None:
    [(found, what)] = _faults(text)
    assert found == line
    assert "more than 20000 keys and values" in what


@pytest.mark.parametrize("text", ["x: &x [&y [*x, *x], *x]", "? &k [*k]\n: 1", "&a {b: &b [*a]}"])
def test_an_alias_that_contains_itself_is_refused(text: str) -> None:
    assert _faults(text) == [(1, "an alias may not contain itself")]


def test_aliases_that_stay_small_are_allowed() -> None:
    text = """\
catalog: shared
version: 1
measures:
  first: &all {event: mentoring.meeting.completed.v1, who: attendee_ids, aggregate: count}
  second: *all
badges:
  one: {name: One, description: &same Often, criterion: {at_least: {first: 1}}}
  two: {name: Two, description: *same, criterion: {at_least: {second: 1}}}
"""
    assert [badge.description for badge in parse(text).badges] == ["Often", "Often"]


def test_more_than_a_mebibyte_is_refused(tmp_path: Path) -> None:
    parse(HEAD + "#" * (MIB - len(HEAD)))
    for text in (HEAD + "#" * MIB, HEAD + "# " + "é" * (MIB // 2)):
        assert _faults(text) == [(1, f"too large: a catalog has at most {MIB} bytes")]
        file = tmp_path / "large.yaml"
        file.write_text(text, encoding="utf-8")
        with pytest.raises(CatalogError, match=r"large\.yaml:1: too large"):
            load(file)


def test_of_a_file_without_end_only_the_beginning_is_read() -> None:
    with pytest.raises(CatalogError, match="too large"):
        load(Path("/dev/zero"))


@pytest.mark.parametrize(
    "number",
    ["1" + ":59" * 300_000, "1:30", "190:20:30.15", "-1:00", "9" * 5_000, "0x" + "f" * 900_000],
    ids=lambda text: text[:20],
)
def test_a_number_in_base_60_or_without_end_is_refused(number: str) -> None:
    [(line, what)] = _faults(HEAD.replace("version: 1", f"version: {number}"))
    assert line == 2
    assert "base 60" in what or "at most 100 digits" in what
    assert len(what) < 200


@pytest.mark.parametrize(
    "value",
    [
        "!!python/name:os.system x",
        "!!python/object/apply:os.system [ls]",
        "!!python/object:os.system {a: b}",
        "!!set {a}",
        "!!binary aGk=",
        "!own x",
        "!!str [a]",
    ],
)
def test_what_has_a_tag_of_something_else_is_refused(value: str) -> None:
    [(line, what)] = _faults(HEAD.replace("version: 1", f"version: {value}"))
    assert line == 2
    assert "no values of the tag" in what


@pytest.mark.parametrize(
    "value",
    ['!!float ""', '!!int "_"', "!!timestamp abc", "!!bool maybe", "!!int 0b", "2026-13-45"],
)
def test_what_its_tag_does_not_fit_is_refused(value: str) -> None:
    [(line, what)] = _faults(HEAD.replace("version: 1", f"version: {value}"))
    assert (line, "cannot be read as" in what) == (2, True)


@pytest.mark.parametrize("escape", [r"\0", r"\e", r"\a", r"\x7f", r"\x9b", r"\r", r"\ud800"])
def test_control_characters_are_refused_wherever_they_stand(escape: str) -> None:
    label = HEAD.replace("catalog: hostile", f'catalog: "x{escape}y"')
    assert _faults(label) == [(1, "a text must not contain control characters")]
    key = HEAD.replace("measures: {}", f'measures: {{"x{escape}y": {{}}}}')
    assert _faults(key) == [(3, "a key must not contain control characters")]


@pytest.mark.parametrize("label", [r'"x\ny"', r'"x\ty"', "x" * 129])
def test_a_catalogs_name_and_version_are_one_short_line(label: str) -> None:
    for key, line in (("catalog: hostile", 1), ("version: 1", 2)):
        name = key.split(":")[0]
        [(found, what)] = _faults(HEAD.replace(key, f"{name}: {label}"))
        assert (found, what) == (line, f"{name} must be one line of at most 128 characters")


def test_a_description_may_have_several_lines() -> None:
    badge = '  a: {name: A, description: "Two\\nlines", criterion: {at_least: {m: 1}}}\n'
    measures = "  m: {event: mentoring.meeting.completed.v1, who: attendee_ids, aggregate: count}\n"
    text = f"catalog: c\nversion: 1\nmeasures:\n{measures}badges:\n{badge}"
    assert parse(text).badges[0].description == "Two\nlines"


def test_badges_may_ask_for_each_other_in_a_long_chain() -> None:
    meetings = "{event: mentoring.meeting.completed.v1, who: attendee_ids, aggregate: count}"
    lines = ["catalog: chain", "version: 1", f"measures: {{m: {meetings}}}", "badges:"]
    for n in range(1_700):
        criterion = f"{{holds: [b{n + 1}]}}" if n < 1_699 else "{at_least: {m: 1}}"
        lines.append(f"  b{n}: {{name: B, description: B, criterion: {criterion}}}")
    holdings = parse("\n".join(lines)).holdings
    assert [holding.badge for holding in holdings] == [f"b{n}" for n in reversed(range(1_700))]
