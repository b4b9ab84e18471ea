"""People as other people see them."""

from collections.abc import Iterable, Mapping

from directory.membership import DescribedLoop
from directory.names import DirectoryPerson
from web.views.model import View


class Person(View):
    """Somebody of a program. The id is a pseudonym of the platform."""

    participant_id: str
    display_name: str
    given_name: str | None
    avatar_url: str | None


def of(person: DirectoryPerson) -> Person:
    """Somebody as the directory has them."""
    return Person(
        participant_id=person.participant_id,
        display_name=person.display_name,
        given_name=person.given_name,
        avatar_url=person.avatar_url,
    )


def listed(known: Mapping[str, DirectoryPerson], ids: Iterable[str]) -> list[Person]:
    """These people, by name."""
    people = [of(known[participant]) for participant in ids]
    return sorted(people, key=lambda person: (person.display_name, person.participant_id))


def others(loop: DescribedLoop, participant: str) -> list[Person]:
    """Who else is in a loop, by name."""
    members = {member.participant_id: member.person for member in loop.members}
    return listed(members, (name for name in members if name != participant))
