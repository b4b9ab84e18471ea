"""Links to exemplars: a mentor adds and removes them, a coordinator checks each, and a learner
whose work one shows is asked for their consent."""

from collections.abc import Sequence
from uuid import uuid4

from engine.queries import eligibility, public_mentor
from engine.queries.errors import UnknownProgram
from governance.committee import Sitting
from governance.errors import PageFault, PageRefused
from governance.rules.mentors import links
from governance.rules.mentors.links import LinkState
from governance.store import consents, exemplar_links, log
from governance.store.consents import ConsentSubject
from governance.store.exemplar_links import ExemplarLink

_FAULTS: dict[str, PageFault] = {"title": "bad-title", "address": "bad-address"}


def learners_of(sitting: Sitting, program: str, mentor: str) -> frozenset[str]:
    """The learners with whom somebody worked, as facts have it."""
    try:
        facts = eligibility.facts_of(sitting.engine, program, mentor)
        return public_mentor.learners(facts, mentor)
    except UnknownProgram:
        return frozenset()


def add(
    sitting: Sitting, program: str, mentor: str, title: str, address: str, learner: str | None
) -> ExemplarLink:
    """Keep a link of a mentor. `learner`: whose work it shows, who is asked at once; None: of
    nobody.

    Raises:
        PageRefused: bad-title, bad-address, too-many-links, not-their-learner
    """
    wrong = links.wrong_in(title, address)
    if wrong is not None:
        raise PageRefused(_FAULTS[wrong])
    if learner is not None and learner not in learners_of(sitting, program, mentor):
        raise PageRefused("not-their-learner")
    if len(exemplar_links.of_mentor(sitting.tx, program, mentor)) >= links.MOST_LINKS:
        raise PageRefused("too-many-links")
    link = ExemplarLink(str(uuid4()), program, mentor, title.strip(), address, learner, sitting.now)
    exemplar_links.add(sitting.tx, link)
    if learner is not None:
        subject = ConsentSubject("exemplar", link.link_id, link.title, link.address)
        consents.ask(sitting.tx, program, learner, mentor, subject, sitting.now)
    return link


def remove(sitting: Sitting, program: str, mentor: str, link_id: str) -> None:
    """Take a link away. Raises PageRefused (unknown-link)."""
    if not exemplar_links.remove(sitting.tx, program, mentor, link_id, sitting.now):
        raise PageRefused("unknown-link")


def check(sitting: Sitting, program: str, link_id: str, state: LinkState, by: str) -> None:
    """Write how a coordinator checked a link, in the log too; the latest check counts.

    Raises:
        PageRefused: unknown-link
    """
    if not exemplar_links.check(sitting.tx, program, link_id, state, by, sitting.now):
        raise PageRefused("unknown-link")
    body = {"link": link_id, "state": state}
    log.note(sitting.tx, program, None, "exemplar.checked", by, body, sitting.now)


def shown(known: Sequence[ExemplarLink]) -> list[ExemplarLink]:
    """Of these links those that anybody may see, in their order."""
    agreed = {link.link_id for link in known if link.agreed}
    return [
        link for link in known if links.is_shown(link.state, link.link_id, link.learner, agreed)
    ]
