"""Why an award is gained, lost or dated otherwise: a line for the person who decides."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from engine.catalog import renames
from engine.catalog.model import Badge, Catalog, Level, Scope
from engine.catalog.renames import BadgeLevel
from engine.fact import Place
from engine.projections.award import Award, Kind
from engine.projections.holdings import NOTHING, MeasuredStanding, evaluate
from engine.projections.state import State, Values
from engine.store.awards.differences import Difference
from engine.store.generations import pointers
from engine.store.generations.live import Generations
from engine.store.postgres.connection import Transaction
from engine.store.projections import measures, people
from events.instants import Instant

_AT_ONCE = 1_000


class Reasons:
    """Explains differences between a generation, by its number, and those that programs are
    under. Raises CatalogAltered."""

    def __init__(self, tx: Transaction, generations: Generations, number: int) -> None:
        self._tx = tx
        live = pointers.live(tx)
        known = generations.numbered(tx, {number, *live.values()})
        self._new = known[number]
        self._old = {name: known[of].catalog for name, of in live.items()}

    def explained(self, differences: Iterable[Difference]) -> Iterator[tuple[Difference, str]]:
        """Each difference with its reason."""
        waiting = iter(differences)
        while part := list(islice(waiting, _AT_ONCE)):
            here = {_place(item.award) for item in part if item.award.loop is not None}
            catalog, number = self._new.catalog, self._new.id
            rows = measures.read(self._tx, catalog, number, here)
            who = {(item.award.program, item.award.recipient) for item in part}
            values = people.of(self._tx, catalog, number, who)
            states = {place: row.state for place, row in rows.items()}
            for item in part:
                yield item, self._reason(item, states, values)

    def _reason(
        self,
        item: Difference,
        states: Mapping[Place, State],
        values: Mapping[tuple[str, str], Values],
    ) -> str:
        award, new = item.award, self._new.catalog
        old = self._old.get(award.program, new)
        name = f"{award.badge} {award.level or ''}".strip()
        was, now = _level(old, award, new), _level(new, award, new)
        if item.kind is Kind.MOVED and item.ends_otherwise:
            announced = item.announced.award.valid_until if item.announced is not None else None
            return f"{_end(award.valid_until)} now, was announced {_end(announced)}"
        kudos = new.badge.get(award.badge)
        if kudos is not None and kudos.repeatable is not None:
            counts = "does now" if item.computed is not None else "does not any more"
            return f"each fact that counts for {award.badge} is one; this one {counts}"
        if item.kind is Kind.RENAMED and item.announced is not None:
            stored = item.announced.award
            return f"was {stored.badge} {stored.level or ''}".strip()
        if now is None:
            return f"{name} no longer exists in the new catalog"
        same = was is not None and was.criterion.canonical() == now.criterion.canonical()
        if item.announced is not None and item.computed is not None and same:
            return f"{name} was announced before facts were known that belong earlier"
        standing = self._standing(new.badge[award.badge], award, states, values)
        have, _ = now.criterion.progress(standing)
        words = f"{name} {'needs' if same else 'now needs'} {now.criterion.words()}"
        before = f" (was {was.criterion.words()})" if was is not None and not same else ""
        return f"{words}{before}; has {have:g}"

    def _standing(
        self,
        badge: Badge,
        award: Award,
        states: Mapping[Place, State],
        values: Mapping[tuple[str, str], Values],
    ) -> MeasuredStanding:
        catalog = self._new.catalog
        above = values.get((award.program, award.recipient), list(catalog.initial_values))
        held = evaluate(catalog, "program", above)
        scope: Scope = badge.scope
        mine = above
        if scope == "loop":
            state = states.get(_place(award), {}) if award.loop is not None else {}
            mine = state.get(award.recipient, list(catalog.initial_values))
            own = evaluate(catalog, "loop", mine, held)
        else:
            own = held
        standing = MeasuredStanding(catalog, scope, mine, held if scope == "loop" else NOTHING)
        standing.held.update(own)
        return standing


def _level(catalog: Catalog, award: Award, new: Catalog) -> Level | None:
    """The level of an award in a catalog; the award has the names of the new one, or of before."""
    name = BadgeLevel(award.badge, award.level)
    name = renames.between(new, catalog).get(name, name)
    badge = catalog.badge.get(name.badge)
    levels = badge.levels if badge is not None else ()
    return next((level for level in levels if level.name == (name.level or "")), None)


def _end(valid_until: Instant | None) -> str:
    return f"valid until {valid_until}" if valid_until is not None else "valid without end"


def _place(award: Award) -> Place:
    return Place(award.program, award.loop, None)
