"""A board as tables: one per loop, with the badges that somebody in the program has begun."""

from rich.console import Console

from engine.cli.console.tables import table
from engine.projections.loop_board import BadgeProgress, ParticipantBadges
from engine.queries.boards import Board
from engine.rules.number_text import number

_Row = tuple[str, str, str]


def show(board: Board, out: Console) -> None:
    """Print a board."""
    begun = {
        badge.badge
        for loop in board.loops
        for person in loop.participants
        for badge in person.badges
        if badge.begun
    }
    out.print(
        f"{board.program_id} · catalog {board.catalog.name} version {board.catalog.version} · "
        "dates in UTC\n",
        soft_wrap=True,
    )
    for loop in board.loops:
        count = len(loop.participants)
        where = loop.loop_id if loop.loop_id is not None else "In no loop"
        title = f"{where} · {count} participant{'s' if count > 1 else ''}"
        shown = table("participant", "badge", "level and progress", "since", title=title)
        shown.columns[-1].no_wrap = True
        for person in loop.participants:
            name = person.participant_id
            for row in _rows(person, begun):
                shown.add_row(name, *row)
                name = ""
            shown.add_section()
        out.print(shown)


def _rows(person: ParticipantBadges, begun: set[str]) -> list[_Row]:
    """Badge, level and progress, since when: a row for each badge, and one for all kudos."""
    rows = [
        (badge.name, _progress(badge), badge.held[-1].awarded_at[:10] if badge.held else "")
        for badge in person.badges
        if badge.badge in begun and badge.count is None
    ]
    counted = [badge for badge in person.badges if badge.count]
    if counted:
        rows.append(("Kudos", " · ".join(map(_count, counted)), ""))
    return rows or [("", "nothing yet", "")]


def _count(badge: BadgeProgress) -> str:
    """Such as "Trust 3"."""
    kept = f" ({len(badge.held)} kept by decision)" if badge.held else ""
    return f"{badge.name}\N{NO-BREAK SPACE}{badge.count}{kept}"


def _progress(badge: BadgeProgress) -> str:
    """Such as "bronze · 7/10 to silver"."""
    words = []
    kept = {level.level for level in badge.held if level.by_decision}
    if badge.held:
        highest = badge.held[-1]
        decided = ", kept by decision" if highest.by_decision else ""
        words.append((highest.level or "held") + decided)
    if badge.next is not None and (badge.held or badge.next.have):
        level = f" to {badge.next.level}" if badge.next.level is not None else ""
        if badge.next.level in kept:  # what is held without the facts for it
            level = f" to earn {badge.next.level or 'it'}"
        words.append(f"{number(badge.next.have)}/{number(badge.next.need)}{level}")
    return " · ".join(words) or "–"
