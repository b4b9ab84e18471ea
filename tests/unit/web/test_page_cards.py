"""What stands on a card, over all loops and in one."""

from web.rendering.cards import Card, of_loop, overview
from web.views.badges import BadgeView, BestBadge, LevelAhead, LevelAwarded

AT = "2026-04-29T17:00:00.000000Z"


def awarded(level: str) -> LevelAwarded:
    return LevelAwarded(level=level, award_id="award", awarded_at=AT, by_decision=False)


def ahead(level: str, have: float, need: float) -> LevelAhead:
    return LevelAhead(level=level, have=have, need=need)


def progress(*levels: str, ahead: LevelAhead | None = None) -> BadgeView:
    return BadgeView(
        badge="momentum",
        name="Momentum",
        category="achievement",
        scope="loop",
        artwork="momentum",
        held=[awarded(level) for level in levels],
        next=ahead,
        count=None,
        total=None,
    )


def trust(count: int, total: int) -> BadgeView:
    return BadgeView(
        badge="trust",
        name="Trust",
        category="kudos",
        scope="loop",
        artwork="trust",
        held=[],
        next=None,
        count=count,
        total=total,
    )


def over_all(level: str | None) -> BestBadge:
    return BestBadge(
        badge="momentum",
        name="Momentum",
        category="achievement",
        artwork="momentum",
        best=awarded(level) if level else None,
        total=None,
        latest=None,
        loops_held=1,
    )


def only(card_groups: list[object]) -> Card:
    [group] = card_groups
    [card] = group.cards  # type: ignore[attr-defined]
    assert isinstance(card, Card)
    return card


def test_a_card_shows_the_nearest_step_of_the_loops_with_the_level_it_shows() -> None:
    loops = [
        [progress("bronze", ahead=ahead("silver", 9, 10))],
        [progress("bronze", "silver", ahead=ahead("gold", 12, 15))],
        [progress("bronze", "silver", ahead=ahead("gold", 14, 15))],
    ]
    card = only([*overview([over_all("silver")], loops)])
    assert card.label == "Momentum, silver, 14 of 15 to gold"
    assert (card.art.frame, card.art.pips) == ("frame-levelled", 2)


def test_a_step_with_nothing_done_is_not_shown() -> None:
    card = only([*of_loop([progress(ahead=ahead("bronze", 0, 5))])])
    assert card.next is None
    assert card.label == "Momentum, not yet"
    assert card.art.frame == "frame-levelled"


def test_a_level_that_is_kept_by_decision_is_not_a_step_ahead() -> None:
    kept = progress("gold", ahead=ahead("gold", 3, 15))
    assert only([*of_loop([kept])]).label == "Momentum, gold"


def test_kudos_show_their_count() -> None:
    card = only([*of_loop([trust(2, 7)])])
    assert (card.count, card.label, card.art.classes) == (
        2,
        "Trust, 2 times",
        "art seal seal-trust",
    )


def test_groups_follow_the_order_of_the_catalog() -> None:
    assert [group.category for group in of_loop([progress(), trust(0, 0)])] == [
        "achievement",
        "kudos",
    ]


def test_a_card_claims_no_step_below_what_is_held_in_a_loop_that_is_not_listed() -> None:
    lower = [[progress("bronze", ahead=ahead("silver", 2, 10))]]
    assert only([*overview([over_all("gold")], lower)]).label == "Momentum, gold"
