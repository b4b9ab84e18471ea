"""Live projections compared with the fold of the ledger: drift is a bug, or a change by hand."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from engine.audit import sampling
from engine.audit.sampling import WHOLE, Sample
from engine.store.awards import awards
from engine.store.generations import pointers
from engine.store.generations.live import Generation, Generations
from engine.store.postgres.connection import Transaction


@dataclass(slots=True)
class Audit:
    """What was compared, and what differs, a line each."""

    facts: int = 0
    places: int = 0
    awards: int = 0
    whole: bool = True
    drift: list[str] = field(default_factory=list)


def audit(tx: Transaction, program: str | None = None, facts_at_most: int = WHOLE) -> Audit:
    """Compare every program, or one. Awards kept by decision are left out: facts do not justify
    them. `tx` must be a snapshot."""
    result = Audit()
    under: dict[int, set[str]] = {}
    for name, number in pointers.live(tx).items():
        if program in (None, name):
            under.setdefault(number, set()).add(name)
    known = Generations()
    for number, programs in sorted(under.items()):
        generation = known.get(tx, number)
        sample = sampling.draw(tx, generation, programs.__contains__, facts_at_most)
        result.facts += sample.facts
        result.places += len(sample.places)
        result.whole = result.whole and sample.whole
        result.drift += _measures(tx, generation, sample)
        for program_, name in sampling.other_people(tx, generation, sample):
            result.drift.append(f"values of {name} in program {program_}")
        result.drift += _awards(tx, result, generation, programs, sample)
    return result


def _measures(tx: Transaction, generation: Generation, sample: Sample) -> Iterator[str]:
    for place in sampling.other_measures(tx, generation, sample):
        yield f"measures of {place.program}/{place.loop or place.participant}"


def _awards(
    tx: Transaction, counted: Audit, generation: Generation, programs: set[str], sample: Sample
) -> Iterator[str]:
    asked = sample.holds()
    wanted = {award.id: award for award in sample.expected.awards if asked(award)}
    counted.awards += len(wanted)
    for item in awards.standing(tx):
        award = item.award
        if award.program not in programs or item.decided or not asked(award):
            continue
        expected = wanted.pop(award.id, None)
        if expected is None:
            yield f"award {award.id} ({award.badge} of {award.recipient}) stands, and is not earned"
        # What an earlier catalog gave may stay valid as long as it was announced to be.
        elif item.catalog == generation.catalog_id and award.valid_until != expected.valid_until:
            yield (
                f"award {award.id} ({award.badge} of {award.recipient}) is valid until "
                f"{award.valid_until or 'no end'}, and is earned until "
                f"{expected.valid_until or 'no end'}"
            )
    for award in wanted.values():
        yield f"award {award.id} ({award.badge} of {award.recipient}) is earned, and does not stand"
