"""The example history is what its script writes, and tells what its README says."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.catalog.loader import find
from engine.intake.refusal import REASONS
from events.instants import Instant
from examples.cast import LOOPS
from examples.make_history import HALF_YEAR, write
from replay.build.preview import Preview, preview

README = (HALF_YEAR.parent / "README.md").read_text(encoding="utf-8")
NOW = Instant("2026-07-01T00:00:00.000000Z")
LINES = HALF_YEAR.read_bytes().splitlines()

Keep = Callable[[bytes], bool]


def previewed(keep: Keep = lambda _line: True) -> Preview:
    return preview((line for line in LINES if keep(line)), find("mentorloop"), NOW)


def held(result: Preview, loop: str, person: str) -> dict[tuple[str, str | None], str]:
    """Badge and level -> time, of one person in one loop."""
    return {
        (award.badge, award.level): award.time
        for award in result.awards
        if (award.loop, award.recipient) == (loop, person)
    }


def events() -> Iterator[dict[str, object]]:
    for line in LINES:
        try:
            yield json.loads(line)
        except ValueError:
            continue


def table_row(name: str) -> int:
    row = re.search(rf"^\| {re.escape(name)} \| (\d+) \|", README, re.MULTILINE)
    assert row, f"README has no row for {name}"
    return int(row[1])


@pytest.fixture(scope="module")
def everything() -> Preview:
    return previewed()


def test_the_script_writes_the_committed_file_byte_for_byte(tmp_path: Path) -> None:
    count = write(tmp_path / "again.jsonl")

    assert (tmp_path / "again.jsonl").read_bytes() == HALF_YEAR.read_bytes()
    assert count == len(LINES)


def test_no_two_records_share_an_event_id() -> None:
    ids = Counter(event["id"] for event in events())

    assert [event_id for event_id, count in ids.items() if count > 1] == []


def test_readme_counts_the_lines_of_every_kind() -> None:
    kinds = Counter(str(event["type"]) for event in events())
    known = re.findall(r"^\| (mentoring\.\S+\.v1) \|", README, re.MULTILINE)

    assert {kind: table_row(kind) for kind in known} == {kind: kinds[kind] for kind in known}
    assert table_row("anything else") == len(LINES) - sum(kinds[kind] for kind in known)
    notes = sum("message" in event["data"] for event in events())  # type: ignore[operator]
    assert f"{notes} of them with a private note" in README


def test_readme_counts_every_outcome(everything: Preview) -> None:
    report = everything.report

    assert table_row("applied") == report.applied
    assert table_row("duplicates") == report.duplicates
    assert table_row("retractions") == report.retractions
    assert {reason: table_row(reason) for reason in REASONS} == dict(report.dead_letters)
    giving = f"giving {report.awards} awards and {len(everything.invitations)} invitations"
    assert giving in README


def test_readme_shows_three_lines_of_the_file() -> None:
    shown = re.search(r"```json\n(.*?)\n```", README, re.DOTALL)

    assert shown
    assert len(shown[1].splitlines()) == 3
    assert all(line.encode() in LINES for line in shown[1].splitlines())


def test_readme_counts_the_loops_and_people_of_every_program() -> None:
    people: dict[str, set[str]] = {}
    pairs, circles = Counter[str](), Counter[str]()
    for loop in LOOPS:
        people.setdefault(loop.program, set()).update(loop.people)
        (pairs if len(loop.people) == 2 else circles)[loop.program] += 1

    for program, everybody in people.items():
        row = re.search(rf"^\| {program}, [^|]*\|([^|]*)\| (\d+) \|$", README, re.MULTILINE)
        assert row, f"README has no row for {program}"
        assert int(row[2]) == len(everybody)
        counts = [pairs[program], circles[program]] if circles[program] else [pairs[program]]
        assert [int(n) for n in re.findall(r"\d+", row[1].replace("1:1", ""))] == counts


def test_there_is_a_dead_letter_for_every_reason(everything: Preview) -> None:
    assert all(everything.report.dead_letters[reason] >= 1 for reason in REASONS)


def test_amara_is_champion_by_milestones_alone(everything: Preview) -> None:
    amara = held(everything, "loop-amara-jonas", "amara.okafor")

    assert amara["mentorloop-champion", None].startswith("2026-05-27T")
    assert ("excellence", "gold") not in amara
    assert ("mentorloop-champion", None) not in held(everything, "loop-amara-jonas", "jonas.weber")


@pytest.mark.parametrize(
    ("loop", "person"),
    [("loop-priya-marek", "priya.raman"), ("loop-helena-mina", "mina.sato")],
)
def test_two_are_champion_by_every_other_badge(everything: Preview, loop: str, person: str) -> None:
    champion = next(
        award
        for award in everything.awards
        if (award.badge, award.loop, award.recipient) == ("mentorloop-champion", loop, person)
    )

    assert {item.type for item in champion.evidence} == {"award"}


def test_minas_course_was_passed_in_her_other_loop() -> None:
    without = previewed(lambda line: b"mina.sato-participant-course" not in line)
    course = [line for line in LINES if b"mina.sato-participant-course" in line]

    assert ("mentorloop-champion", None) not in held(without, "loop-helena-mina", "mina.sato")
    assert all(b"circle-data-platform" in line for line in course)


def test_jonas_is_certified_in_one_of_his_two_programs(everything: Preview) -> None:
    certified = {
        award.program
        for award in everything.awards
        if (award.badge, award.recipient) == ("mentorloop-certified", "jonas.weber")
    }
    programs = {a.program for a in everything.awards if a.recipient == "jonas.weber"}

    assert certified == {"northfield-alumni"}
    assert programs == {"northfield-alumni", "riverside-makers"}


def test_a_retraction_takes_gold_from_both_and_champion_from_wen(everything: Preview) -> None:
    loop = "loop-tomas-wen"
    before = previewed(lambda line: not (b"fact.retracted" in line and b"tomas-wen" in line))

    for person in ("tomas.herrera", "wen.zhao"):
        lost: set[tuple[str, str | None]] = {("momentum", "gold")}
        if person == "wen.zhao":
            lost.add(("mentorloop-champion", None))
        was, stays = held(before, loop, person), held(everything, loop, person)
        assert set(was) - set(stays) == lost
        assert all(was[award].startswith("2026-05-06T") for award in lost)
        assert ("momentum", "silver") in stays


def test_the_tenth_meeting_of_lena_and_arjun_is_earned_twice(everything: Preview) -> None:
    retracted = next(n for n, line in enumerate(LINES) if b"Entered for the wrong week" in line)
    catalog = find("mentorloop")

    def silver(result: Preview) -> str | None:
        return held(result, "loop-lena-arjun", "arjun.mehta").get(("momentum", "silver"))

    assert silver(preview(LINES[:retracted], catalog, NOW)) == "2026-05-25T08:34:12.000000Z"
    assert silver(preview(LINES[: retracted + 1], catalog, NOW)) is None
    assert silver(everything) == "2026-06-01T08:48:22.000000Z"


def test_a_late_meeting_moves_the_date_of_hanas_bronze(everything: Preview) -> None:
    late = next(n for n, line in enumerate(LINES) if b'"meeting_id":"hana-diego-2026-02-11","att'
                in line)  # fmt: skip
    announced = preview(LINES[:late], find("mentorloop"), NOW)

    def bronze(result: Preview) -> str:
        return held(result, "loop-hana-diego", "hana.suzuki")["momentum", "bronze"]

    assert bronze(announced).startswith("2026-03-25T")
    assert bronze(everything).startswith("2026-03-12T")


def test_one_retraction_arrives_before_its_fact() -> None:
    def where(mark: bytes) -> int:
        return next(n for n, line in enumerate(LINES) if mark in line)

    assert where(b'"fact_id":"bea-callum-2026-04-12"') < where(
        b'"meeting_id":"bea-callum-2026-04-12"'
    )


def test_a_mistaken_rating_is_retracted_and_the_right_one_counts_for_priya(
    everything: Preview,
) -> None:
    slip = b"priya-marek-mqs-2026-01-22-marek"
    bronze = next(
        award
        for award in everything.awards
        if (award.badge, award.level, award.loop, award.recipient)
        == ("excellence", "bronze", "loop-priya-marek", "priya.raman")
    )

    assert sum(slip + b"-first-try" in line for line in LINES) == 2
    assert slip.decode() in {item.id for item in bronze.evidence}


def test_jonas_stops_at_three_milestones() -> None:
    done = {
        event["data"]["milestone"]  # type: ignore[index]
        for event in events()
        if event["type"] == "mentoring.milestone.completed.v1"
        and event["data"]["participant_id"] == "jonas.weber"  # type: ignore[index]
        and event["data"]["loop_id"] == "loop-amara-jonas"  # type: ignore[index]
    }

    assert done == {"matched", "first-meeting", "grow-together"}


def test_retracted_kudos_are_gone_and_the_right_person_has_them(everything: Preview) -> None:
    kudos = {a.occurrence: a.recipient for a in everything.awards if a.badge == "trust"}

    assert kudos.get("kudos-for-tariq.haddad") == "tariq.haddad"
    assert "kudos-for-ben.osei" not in kudos


def test_sofia_and_daniel_have_not_met_since_march() -> None:
    meetings = [
        str(event["time"])[:10]
        for event in events()
        if event["type"] == "mentoring.meeting.completed.v1"
        and event["data"]["loop_id"] == "loop-sofia-daniel"  # type: ignore[index]
    ]

    assert len(meetings) == 7
    assert max(meetings) == "2026-03-06"
