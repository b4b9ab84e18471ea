"""A person over all loops, page by page, equal to what each loop's board shows."""

from collections.abc import Sequence

from engine.queries import boards, person
from engine.queries.person import BadgesOfPerson
from engine.queries.snapshot import Reader
from tests.integration.handlers.harness import Harness
from tests.support.given import kudos, meeting, quiz


def read(
    reader: Reader, who: str, after: str = "", limit: int = 20, also: Sequence[str] = ()
) -> BadgesOfPerson:
    with reader.snapshot() as snapshot:
        return person.read(snapshot, "program", who, after, limit, also)


def in_three_loops(harness: Harness) -> None:
    """Ann holds silver in loop b and bronze in loop c; two people gave her kudos, in a and b."""
    harness.tell(
        *(meeting(f"m{n}", "ann", "ben", at=n, loop_id="b") for n in range(1, 11)),
        *(meeting(f"m{n}", "ann", "dan", at=n + 10, loop_id="c") for n in range(1, 6)),
        kudos("k1", "ben", "ann", "trust", loop_id="b"),
        kudos("k2", "ben", "ann", "trust", loop_id="b"),
        kudos("k3", "eve", "ann", "creativity", loop_id="a"),
        quiz("q1", "ann"),
        kudos("k4", "eve", "fay", "trust", loop_id="d"),
    )


def test_the_best_of_each_badge_is_over_all_loops(harness: Harness, reader: Reader) -> None:
    in_three_loops(harness)

    ann = read(reader, "ann")

    badges = {badge.badge: badge for badge in ann.badges}
    momentum = badges["momentum"].best
    assert momentum is not None
    assert (momentum.level, momentum.awarded_at[:10]) == ("silver", "2026-03-10")
    assert badges["momentum"].loops_held == 2
    certified = badges["mentorloop-certified"]
    assert certified.best is not None
    assert certified.loops_held == 0
    assert (badges["trust"].best, badges["trust"].total) == (None, 2)
    assert badges["excellence"].best is None
    summary = ann.summary
    assert (summary.held, summary.of, summary.kudos, summary.givers) == (4, 10, 3, 2)


def test_loops_are_paged_by_id(harness: Harness, reader: Reader) -> None:
    in_three_loops(harness)

    first = read(reader, "ann", limit=2)
    second = read(reader, "ann", after=str(first.next), limit=2)

    assert [loop.loop_id for loop in first.loops] == ["a", "b"]
    assert [loop.loop_id for loop in second.loops] == ["c"]
    assert (first.next, second.next) == ("b", None)


def test_each_loop_shows_what_its_board_shows(harness: Harness, reader: Reader) -> None:
    in_three_loops(harness)
    with harness.transaction() as tx:
        tx.execute("UPDATE awards SET decided = true WHERE occurrence = 'silver'")

    ann = read(reader, "ann")

    with reader.snapshot() as snapshot:
        whole = boards.of_program(snapshot, "program")
        for loop in ann.loops:
            (board,) = boards.of_loop(snapshot, "program", loop.loop_id).loops
            (shown,) = (p for p in board.participants if p.participant_id == "ann")
            assert shown.badges == loop.badges
            assert board in whole.loops


def test_somebody_of_whom_nothing_is_known_has_nothing_yet(
    harness: Harness, reader: Reader
) -> None:
    in_three_loops(harness)

    nobody = read(reader, "nobody")

    assert nobody.loops == ()
    assert nobody.summary.held == 0
    assert all(badge.best is None and not badge.total for badge in nobody.badges)


def test_loops_known_from_elsewhere_are_among_the_others_with_nothing_begun(
    harness: Harness, reader: Reader
) -> None:
    in_three_loops(harness)
    known = ["é", "a", "d", "bb", "B", "bb"]

    first = read(reader, "ann", limit=3, also=known)
    second = read(reader, "ann", after=str(first.next), limit=3, also=known)
    third = read(reader, "ann", after=str(second.next), limit=3, also=known)

    assert [loop.loop_id for loop in first.loops] == ["B", "a", "b"]
    assert [loop.loop_id for loop in second.loops] == ["bb", "c", "d"]
    assert [loop.loop_id for loop in third.loops] == ["é"]
    assert (first.next, second.next, third.next) == ("b", "d", None)
    for loop in (*first.loops, *second.loops, *third.loops):
        of_loop = [badge for badge in loop.badges if badge.scope == "loop"]
        begun = any(badge.begun for badge in of_loop if badge.badge != "mentorloop-champion")
        assert begun == (loop.loop_id in "abc")
    plain = {loop.loop_id: loop for loop in read(reader, "ann").loops}
    assert [loop for loop in first.loops if loop.loop_id in plain] == [plain["a"], plain["b"]]


def test_a_loop_names_all_who_are_counted_there(harness: Harness, reader: Reader) -> None:
    in_three_loops(harness)
    with harness.transaction() as tx:
        tx.execute(
            "UPDATE awards SET decided = true, recipient = 'gil', loop = 'e' "
            "WHERE occurrence = 'silver' AND recipient = 'ben'"
        )

    ann = read(reader, "ann", also=["d", "e", "new"])

    assert {loop.loop_id: loop.participants for loop in ann.loops} == {
        "a": ("ann",),
        "b": ("ann", "ben"),
        "c": ("ann", "dan"),
        "d": ("fay",),
        "e": ("gil",),
        "new": (),
    }
