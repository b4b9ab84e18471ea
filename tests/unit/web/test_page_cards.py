"""What stands on a card, over all loops and in one."""

from engine.projections.loop_board import BadgeProgress, HeldLevel, NextLevel
from engine.queries.person import BestOfBadge
from events.instants import Instant
from web.rendering.cards import Card, of_loop, overview

AT = Instant("2026-04-29T17:00:00.000000Z")


def progress(*levels: str, ahead: NextLevel | None = None) -> BadgeProgress:
    held = tuple(HeldLevel(level, "award", AT, False) for level in levels)
    return BadgeProgress("momentum", "Momentum", "achievement", "loop", held, ahead, None, None)


def over_all(level: str | None) -> BestOfBadge:
    best = HeldLevel(level, "award", AT, False) if level else None
    return BestOfBadge("momentum", "Momentum", "achievement", best, None, 1)


def only(card_groups: list[object]) -> Card:
    [group] = card_groups
    [card] = group.cards  # type: ignore[attr-defined]
    assert isinstance(card, Card)
    return card


def test_a_card_shows_the_nearest_step_of_the_loops_with_the_level_it_shows() -> None:
    loops = [
        [progress("bronze", ahead=NextLevel("silver", 9, 10))],
        [progress("bronze", "silver", ahead=NextLevel("gold", 12, 15))],
        [progress("bronze", "silver", ahead=NextLevel("gold", 14, 15))],
    ]
    card = only([*overview([over_all("silver")], loops)])
    assert card.label == "Momentum, silver, 14 of 15 to gold"
    assert (card.art.frame, card.art.pips) == ("frame-levelled", 2)


def test_a_step_with_nothing_done_is_not_shown() -> None:
    card = only([*of_loop([progress(ahead=NextLevel("bronze", 0, 5))])])
    assert card.next is None
    assert card.label == "Momentum, not yet"
    assert card.art.frame == "frame-levelled"


def test_a_level_that_is_kept_by_decision_is_not_a_step_ahead() -> None:
    kept = progress("gold", ahead=NextLevel("gold", 3, 15))
    assert only([*of_loop([kept])]).label == "Momentum, gold"


def test_kudos_show_their_count() -> None:
    trust = BadgeProgress("trust", "Trust", "kudos", "loop", (), None, 2, 7)
    card = only([*of_loop([trust])])
    assert (card.count, card.label, card.art.classes) == (
        2,
        "Trust, 2 times",
        "art seal seal-trust",
    )


def test_groups_follow_the_order_of_the_catalog() -> None:
    trust = BadgeProgress("trust", "Trust", "kudos", "loop", (), None, 0, 0)
    assert [group.category for group in of_loop([progress(), trust])] == ["achievement", "kudos"]
