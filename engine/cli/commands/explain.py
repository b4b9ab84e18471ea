"""`badge-engine explain`: why somebody holds a badge, or why not."""

from collections.abc import Iterator
from typing import Annotated
from uuid import UUID

import typer

from engine import bootstrap, settings
from engine.catalog.model import Badge, Catalog
from engine.cli.console.exit_codes import Failed, Unusable
from engine.cli.rendering import explanation as text
from engine.fact import Place
from engine.queries import wording
from engine.queries.explanations import award_of, cause, loops_of
from engine.queries.explanations import explain as read
from engine.queries.snapshot import generation_of, snapshot
from engine.store.awards import awards, history
from engine.store.dead_letters import entries
from engine.store.facts import retractions
from engine.store.generations.labels import labels
from engine.store.postgres.connection import Transaction


def explain(
    award: Annotated[
        UUID | None, typer.Argument(metavar="AWARD_ID", help="One award, by its id.")
    ] = None,
    program: Annotated[str | None, typer.Option(help="Or: of this program,")] = None,
    loop: Annotated[
        str | None, typer.Option(help="in this loop (default: every one they are in),")
    ] = None,
    participant: Annotated[str | None, typer.Option(help="this participant's")] = None,
    badge: Annotated[str | None, typer.Option(help="badge.")] = None,
) -> None:
    """Explain an award: criterion, evidence, catalog, dates announced and recomputed.

    Or explain a badge of a participant, held or not: what each part of it asks for, how much of
    that there is, and which facts count.
    """
    given = (program, participant, badge)
    if award is not None and any((*given, loop)):
        raise Unusable("give either AWARD_ID, or --program, --participant and --badge")
    loaded = settings.load()
    if award is None and (program is None or participant is None or badge is None):
        raise Unusable("give AWARD_ID, or all of --program, --participant and --badge")
    with bootstrap.database(loaded) as engine, snapshot(engine) as tx:
        if award is not None:
            lines = _award(tx, str(award))
        else:
            lines = _badge(tx, str(program), loop, str(participant), str(badge))
        for line in lines:
            typer.echo(line)


def _award(tx: Transaction, award_id: str) -> Iterator[str]:
    announced = awards.find(tx, [award_id]).get(award_id)
    if announced is None:
        raise Failed(f"no award {award_id} was ever announced")
    award = announced.award
    generation = generation_of(tx, award.program)
    named = labels(tx, [generation.catalog_id, announced.catalog])
    badge = generation.catalog.badge.get(award.badge)
    recomputed = explained = None
    if badge is not None:
        explained = read(tx, generation, award.program, award.loop, award.recipient, badge)
        recomputed = award_of(explained, generation, award.occurrence)
    below = awards.find(
        tx,
        [
            e.id
            for item in (award, recomputed)
            if item is not None
            for e in item.evidence
            if e.type == "award"
        ],
    )
    yield from text.award(
        announced,
        recomputed,
        named[announced.catalog],
        below,
        history.restatements(tx, award_id),
        None if announced.standing else cause(tx, announced),
    )
    yield ""
    if explained is None:
        yield f"{award.badge} of {award.recipient}: the program's catalog has no such badge now"
        return
    yield from text.heading(explained, named[generation.catalog_id])
    if badge is not None and badge.repeatable is not None:
        yield from (words for _, words in wording.criteria(badge))
    for level in explained.levels:
        if level.name == award.occurrence:
            mark = text.MET if level.status.met else text.NOT_MET
            yield f"{mark} {level.name or 'criterion'}: {level.status.words}"
            yield from text.criterion_parts(level.status, "    ")


def _badge(
    tx: Transaction, program: str, loop: str | None, participant: str, badge: str
) -> Iterator[str]:
    generation = generation_of(tx, program)
    found = _named(generation.catalog, badge)
    if loop is not None and not retractions.known(tx, Place(program, loop, None)):
        raise Failed(f"program {program} has no loop called {loop}: no fact of it was taken in")
    loops: list[str | None] = [None]
    if found.scope == "loop":
        loops = [loop] if loop is not None else list(loops_of(tx, generation, program, participant))
    for where in loops or [None]:
        explained = read(tx, generation, program, where, participant, found)
        said = {level.announced.catalog for level in explained.levels if level.announced}
        named = labels(tx, {generation.catalog_id, *said})
        yield from text.heading(explained, named[generation.catalog_id])
        for level in explained.levels:
            yield from text.level(level, named)
        if found.repeatable is not None:
            yield f"received {len(explained.counted)}"
        yield from text.counted(explained)
        yield ""
    yield from text.refused(entries.counts(tx))


def _named(catalog: Catalog, badge: str) -> Badge:
    found = catalog.badge.get(badge)
    if found is None:
        names = ", ".join(catalog.badge)
        raise Unusable(f"no badge is called {badge}; there are {names}")
    return found
