"""Generations and their differences as operators see them: nothing is changed here."""

from collections.abc import Mapping, Sequence
from typing import Literal, get_args

from pydantic import Field

from engine.projections.award import Kind
from engine.queries import diff_lines
from engine.queries.diff_lines import Line
from engine.store.awards import differences
from engine.store.awards.differences import DifferenceFilter
from engine.store.generations import labels, replays
from engine.store.generations.labels import Label
from engine.store.generations.live import Generations
from engine.store.generations.replays import Replay
from engine.store.postgres.connection import Transaction
from web.views.model import InstantText, View

Change = Literal["gained", "lost", "moved", "renamed"]
CHANGES: tuple[Change, ...] = get_args(Change)
KINDS: Mapping[Change, Kind] = {
    "gained": Kind.ADDED, "lost": Kind.LOST, "moved": Kind.MOVED, "renamed": Kind.RENAMED,
}  # fmt: skip
_CHANGE_OF: Mapping[Kind, Change] = {kind: change for change, kind in KINDS.items()}
_MOST_PROGRAMS = 20

_COMMANDS: Mapping[str, Sequence[str]] = {
    "planned": ("build",),
    "building": ("build",),
    "ready": ("diff", "approve"),
    "approved": ("diff", "cutover"),
    "live": ("rollback",),
}


class GenerationShown(View):
    """A generation. `programs`: those it is of, at most 20 of them; null for all. `commands`: what
    may be run next, at a terminal."""

    generation: int
    status: str
    catalog: str
    digest: str
    planned: InstantText
    programs: list[str] | None
    program_count: int | None
    commands: list[str]


class GenerationsShown(View):
    """All of them, latest first."""

    items: list[GenerationShown]


class BadgeDifference(View):
    """How many awards of a badge differ, and how many stand."""

    badge: str
    gained: int
    lost: int
    moved: int
    renamed: int
    standing: int


class AwardDifference(View):
    """One award that differs. `announced_at`: of a moved one, its date as it was announced."""

    change: Change
    award_id: str
    program_id: str
    loop_id: str | None
    recipient_id: str
    badge: str
    level: str | None
    awarded_at: str
    announced_at: str | None
    why: str


class DiffShown(View):
    """What a cutover would change, as far as the generation was brought up to date: `command` does
    that, and shows all."""

    generation: GenerationShown
    counts: list[BadgeDifference] = Field(description="Of badges of which anything differs")
    items: list[AwardDifference]
    next: str | None
    command: str


class NoDiff(Exception):
    """A generation that has no diff: it is not built, or was switched to. `generation`: it."""

    def __init__(self, generation: GenerationShown) -> None:
        super().__init__("there is no diff")
        self.generation = generation


def generations(tx: Transaction) -> GenerationsShown:
    """All of them; two statements."""
    every = replays.every(tx)
    names = labels.labels(tx, (replay.catalog for replay in every))
    return GenerationsShown(
        items=[_generation(replay, names[replay.catalog]) for replay in reversed(every)]
    )


def diff(
    tx: Transaction,
    known: Generations,
    number: int,
    wanted: DifferenceFilter,
    after: str | None,
    limit: int,
) -> DiffShown:
    """A page of a generation's diff; seven statements. Raises NoSuchGeneration, NoDiff,
    CatalogAltered."""
    replay = replays.get(tx, number)
    if replay.status not in ("ready", "approved"):
        raise NoDiff(_generation(replay, None))
    lines = diff_lines.page(tx, known, replay, wanted, after, limit + 1)
    counts = differences.counts(tx, replay)
    return DiffShown(
        generation=_generation(replay, None),
        counts=[
            BadgeDifference(
                badge=badge,
                gained=of[Kind.ADDED],
                lost=of[Kind.LOST],
                moved=of[Kind.MOVED],
                renamed=of[Kind.RENAMED],
                standing=of["standing"],
            )
            for badge, of in counts.items()
            if any(of[kind] for kind in KINDS.values())
        ],
        items=[_line(line) for line in lines[:limit]],
        next=str(lines[limit - 1].award["award_id"]) if len(lines) > limit else None,
        command=f"badge-replay diff {number} --output diff.html",
    )


def _generation(replay: Replay, label: Label | None) -> GenerationShown:
    programs = None if replay.programs is None else sorted(replay.programs)
    return GenerationShown(
        generation=replay.id,
        status=replay.status,
        catalog="" if label is None else f"{label.name} version {label.version}",
        digest="" if label is None else label.digest,
        planned=replay.created_at,
        programs=None if programs is None else programs[:_MOST_PROGRAMS],
        program_count=None if programs is None else len(programs),
        commands=[f"badge-replay {verb} {replay.id}" for verb in _COMMANDS.get(replay.status, ())],
    )


def _line(line: Line) -> AwardDifference:
    award = line.award
    return AwardDifference(
        change=_CHANGE_OF[line.kind],
        award_id=award["award_id"],
        program_id=award["program_id"],
        loop_id=award["loop_id"],
        recipient_id=award["recipient_id"],
        badge=award["badge"],
        level=award["level"],
        awarded_at=award["awarded_at"],
        announced_at=line.announced_at,
        why=line.why,
    )
