"""The links that a coordinator checks: what is linked to, by whom, and whose work it shows."""

from directory import names
from governance.rules.mentors.links import LinkState
from governance.rules.names_out import NamesOut
from governance.store import exemplar_links
from governance.store.exemplar_links import ExemplarLink
from web.views import people
from web.views.committee.docket import Docket
from web.views.model import InstantText, View
from web.views.people import Person


class CheckedLink(View):
    """A link. `named`: its title has a name of the mentor's learner in it; `agreed`: that learner
    agrees now, null where it shows nobody's work."""

    link_id: str
    mentor: Person
    title: str
    address: str
    learner: Person | None
    named: bool
    added_at: InstantText
    state: LinkState
    checked_at: InstantText | None
    agreed: bool | None


class LinksToCheck(View):
    """All links of a program that were not removed: those that wait first."""

    waiting: list[CheckedLink]
    checked: list[CheckedLink]


def read(docket: Docket) -> LinksToCheck:
    """The links of a program. Two statements."""
    tx, program = docket.sitting.tx, docket.program
    known = exemplar_links.of_program(tx, program)
    ids = {link.mentor for link in known} | {link.learner for link in known if link.learner}
    called = {name: people.of(one) for name, one in names.people(tx, program, ids).items()}
    lines = [_line(link, called) for link in known]
    return LinksToCheck(
        waiting=[line for line in lines if line.state == "waiting"],
        checked=[line for line in lines if line.state != "waiting"],
    )


def _line(link: ExemplarLink, called: dict[str, Person]) -> CheckedLink:
    learner = called[link.learner] if link.learner is not None else None
    return CheckedLink(
        link_id=link.link_id,
        mentor=called[link.mentor],
        title=link.title,
        address=link.address,
        learner=learner,
        named=learner is not None and _names(learner, link.title),
        added_at=link.added_at.isoformat(),
        state=link.state,
        checked_at=None if link.checked_at is None else link.checked_at.isoformat(),
        agreed=link.agreed if learner is not None else None,
    )


def _names(learner: Person, title: str) -> bool:
    return NamesOut([learner.display_name, learner.given_name]).of(title) != title
