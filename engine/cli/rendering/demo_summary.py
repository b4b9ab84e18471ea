"""What `badge-engine demo --show` ends with: a look around while everything is still there.

A board or three, the awards that went out, and what was refused. Nothing here is specific to one
history: the loops shown are those in which people have reached most.
"""

from collections import Counter
from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

from engine.catalog.model import Catalog
from engine.cli.console.tables import table
from engine.cli.rendering import board
from engine.intake.report import Report
from engine.projections.award import Award
from engine.queries import boards
from engine.queries.snapshot import Snapshot
from engine.store.awards import awards
from engine.store.dead_letters import listing
from engine.store.dead_letters.listing import DeadLetterFilter

_BOARDS = 3
_LATEST = 5


def show(snapshot: Snapshot, report: Report, out: Console) -> None:
    """Print the summary."""
    tx = snapshot.tx
    standing = [announced.award for announced in awards.standing(tx)]
    catalog = snapshot.generations.default(tx).catalog
    refused = [
        (entry.reason, entry.detail)
        for entry in listing.matching(tx, DeadLetterFilter(open_only=False))
    ]
    for loop in _interesting(standing):
        out.print()
        board.show(boards.of_loop(snapshot, *loop), out)
    out.print()
    _programs(standing, out)
    _badges(standing, catalog, out)
    _latest(standing, out)
    _refused(refused, out)
    out.print(
        f"\n{report.records:,} records: {report.applied:,} facts accepted, {report.duplicates:,} "
        f"duplicates, {report.retractions:,} retractions, {len(refused):,} refused; "
        f"{report.awards:,} awards stand.",
        soft_wrap=True,
    )


def _interesting(standing: Iterable[Award]) -> list[tuple[str, str]]:
    """Of each program, the loop with most achievements a person, as (program, loop)."""
    reached: Counter[tuple[str, str]] = Counter()
    people: dict[tuple[str, str], set[str]] = {}
    for award in standing:
        if award.loop is not None:
            place = (award.program, award.loop)
            reached[place] += award.giver is None
            people.setdefault(place, set()).add(award.recipient)
    best: dict[str, tuple[str, str]] = {}
    for place in sorted(people, key=lambda place: (-reached[place] / len(people[place]), place)):
        best.setdefault(place[0], place)
    return list(best.values())[:_BOARDS]


def _programs(standing: Iterable[Award], out: Console) -> None:
    """What stands in each program."""
    loops: dict[str, set[str]] = {}
    people: dict[str, set[str]] = {}
    achievements: Counter[str] = Counter()
    kudos: Counter[str] = Counter()
    for award in standing:
        loops.setdefault(award.program, set()).update([award.loop] if award.loop else [])
        people.setdefault(award.program, set()).add(award.recipient)
        (achievements if award.giver is None else kudos)[award.program] += 1
    shown = table("program", "loops", "people", "achievements", "kudos", title="Where awards stand")
    for program in sorted(people):
        counts = (len(loops[program]), len(people[program]), achievements[program], kudos[program])
        shown.add_row(program, *map(str, counts))
    _to_the_right(shown, 1)
    out.print(shown)


def _badges(standing: Iterable[Award], catalog: Catalog, out: Console) -> None:
    """How many awards of each badge stand, and of which levels."""
    counts = Counter((award.badge, award.level) for award in standing)
    shown = table("badge", "standing", "of them", title="The awards that went out")
    for badge in catalog.badges:
        by_level = {level: n for (name, level), n in counts.items() if name == badge.name}
        levels = [f"{by_level.get(x.name, 0)} {x.name}" for x in badge.levels if x.name]
        shown.add_row(badge.title, str(sum(by_level.values())), " · ".join(levels))
    _to_the_right(shown, 1, 2)
    out.print(shown)


def _latest(standing: Iterable[Award], out: Console) -> None:
    """The last awards by date, with what each rests on."""
    shown = table("since (UTC)", "who", "badge", "because of", title="The latest of them")
    for award in sorted(standing, key=lambda award: (award.time, award.id))[-_LATEST:]:
        badge = f"{award.badge} {award.level or ''}".rstrip()
        shown.add_row(award.time[:10], award.recipient, badge, _because(award))
    out.print(shown)


def _because(award: Award) -> str:
    """Such as "10 x meeting.completed"; of kudos, who gave them."""
    if award.giver is not None:
        return f"given by {award.giver}"
    kinds = Counter(_brief(item.type) for item in award.evidence)
    return ", ".join(f"{number} x {kind}" for kind, number in sorted(kinds.items()))


def _brief(event_type: str) -> str:
    return event_type.removeprefix("mentoring.").rpartition(".v")[0] or event_type


def _refused(refused: Iterable[tuple[str, str]], out: Console) -> None:
    """The dead letters, alike ones counted together."""
    alike = Counter(refused)
    if alike:
        shown = table("", "reason", "detail", title="The dead letters")
        shown.columns[1].no_wrap = True
        for (reason, detail), number in sorted(alike.items()):
            shown.add_row(str(number), reason, detail)
        out.print(shown)


def _to_the_right(shown: Table, first: int, end: int | None = None) -> None:
    for column in shown.columns[first:end]:
        column.justify = "right"
