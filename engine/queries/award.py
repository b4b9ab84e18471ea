"""One award as it was announced to its recipient, and what it rests on."""

from collections.abc import Iterable
from dataclasses import dataclass

from engine.catalog.model import Badge
from engine.queries.errors import UnknownAward
from engine.queries.snapshot import Snapshot
from engine.store.awards import awards, standing
from engine.store.awards.awards import Announced


@dataclass(frozen=True, slots=True)
class AwardOfPerson:
    """An award of somebody, standing or revoked. `badge`: as the catalog has it under which it was
    decided, `titles` those of all its badges. `below`: the awards that it rests on, by id."""

    announced: Announced
    badge: Badge
    titles: dict[str, str]
    below: dict[str, Announced]


def read(snapshot: Snapshot, program: str, participant: str, award_id: str) -> AwardOfPerson:
    """An award of this person, by its id (a UUID, in lower case).

    Raises:
        UnknownAward: there is none, or it is somebody else's. CatalogAltered
    """
    announced = awards.find(snapshot.tx, [award_id]).get(award_id)
    if announced is None or (announced.award.program, announced.award.recipient) != (
        program,
        participant,
    ):
        raise UnknownAward(f"no award {award_id} was ever announced")
    catalog = snapshot.catalog(announced.catalog)
    proof = announced.award.evidence
    below = awards.find(snapshot.tx, (item.id for item in proof if item.type == "award"))
    titles = {badge.name: badge.title for badge in catalog.badges}
    return AwardOfPerson(announced, catalog.badge[announced.award.badge], titles, below)


def of_id(snapshot: Snapshot, award_id: str) -> Announced | None:
    """An award as it was announced last, of anybody; None if there is none."""
    return awards.find(snapshot.tx, [award_id]).get(award_id)


def standing_revisions(snapshot: Snapshot, award_ids: Iterable[str]) -> dict[str, int]:
    """The revisions of those of these awards that stand, by id."""
    return standing.revisions(snapshot.tx, award_ids)
