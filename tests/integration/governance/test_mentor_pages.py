"""Public pages of mentors: on only while the mentor wants it, with links that were checked."""

import pytest

from engine.store.postgres.connection import transaction
from governance.errors import PageFault, PageRefused
from governance.mentors import exemplars, pages, voices
from governance.store import consents, exemplar_links, log, mentor_pages, page_voices
from governance.store.exemplar_links import ExemplarLink
from tests.integration.governance.committee_room import PROGRAM
from tests.integration.governance.lodge import SUBJECT, Lodge

GOOD = ("A portfolio about tides", "https://work.example/tides")


def fault(lodge: Lodge, act: object, *given: object, **named: object) -> PageFault:
    """The kind of refusal that a use case answers with."""
    with pytest.raises(PageRefused) as refusal, lodge.room.sitting() as sitting:
        act(sitting, PROGRAM, *given, **named)  # type: ignore[operator]
    return refusal.value.kind


def add(lodge: Lodge, learner: str | None = None, title: str = GOOD[0]) -> ExemplarLink:
    with lodge.room.sitting() as sitting:
        return exemplars.add(sitting, PROGRAM, SUBJECT, title, GOOD[1], learner)


def seen(lodge: Lodge) -> list[str]:
    """The titles that anybody may see."""
    with lodge.room.sitting() as sitting:
        known = exemplar_links.of_mentor(sitting.tx, PROGRAM, SUBJECT)
    return [link.title for link in exemplars.shown(known)]


def guided(lodge: Lodge, learner: str) -> None:
    """The mentor guides a learner, as facts have it."""
    lodge.accept(
        lodge.event(
            "deliverable.accepted", 30, deliverable_id=f"d-{learner}", learner_id=learner,
            loop_id="loop", cohort_id="c", kind="exemplar", accepted_by="learner",
        )
    )  # fmt: skip


def test_a_page_is_where_its_mentor_says_and_nobody_else_is(lodge: Lodge) -> None:
    """Given a page with an address, when another mentor wants that address, then it is refused, and
    so it stays after the page is off."""
    with lodge.room.sitting() as sitting:
        page = pages.write(sitting, PROGRAM, SUBJECT, "imani", shown=True, indexed=False)
    assert (page.shown, page.indexed) == (True, False)
    wanted = {"shown": True, "indexed": True}
    assert fault(lodge, pages.write, "jonas", "imani", **wanted) == "slug-of-another"
    with lodge.room.sitting() as sitting:
        pages.turn_off(sitting, PROGRAM, SUBJECT)
        pages.turn_off(sitting, PROGRAM, "jonas")
    assert fault(lodge, pages.write, "jonas", "imani", **wanted) == "slug-of-another"
    with lodge.room.sitting() as sitting:
        off = mentor_pages.at(sitting.tx, "imani")
        assert off is not None
        assert not off.shown
        moved = pages.write(sitting, PROGRAM, SUBJECT, "imani-o", shown=True, indexed=True)
        assert mentor_pages.of(sitting.tx, PROGRAM, SUBJECT) == moved
        assert mentor_pages.at(sitting.tx, "imani") is None
    assert fault(lodge, pages.write, "jonas", "No Slug", **wanted) == "bad-slug"


def test_a_link_is_seen_after_a_coordinator_accepted_it(lodge: Lodge) -> None:
    """Given a new link, then nobody sees it; when a coordinator accepts it, then everybody does;
    when they refuse it later, or the mentor removes it, then nobody does."""
    link = add(lodge)
    assert seen(lodge) == []
    for state, expected in (("accepted", [GOOD[0]]), ("refused", []), ("accepted", [GOOD[0]])):
        with lodge.room.sitting() as sitting:
            exemplars.check(sitting, PROGRAM, link.link_id, state, "cora")  # type: ignore[arg-type]
        assert seen(lodge) == expected
    assert fault(lodge, exemplars.remove, "jonas", link.link_id) == "unknown-link"
    with lodge.room.sitting() as sitting:
        exemplars.remove(sitting, PROGRAM, SUBJECT, link.link_id)
    assert seen(lodge) == []
    assert fault(lodge, exemplars.check, link.link_id, "accepted", "cora") == "unknown-link"
    assert fault(lodge, exemplars.check, "no-link", "accepted", "cora") == "unknown-link"
    with lodge.room.sitting() as sitting:
        entries = log.of_program(sitting.tx, PROGRAM)
        log.verify(sitting.tx)
    checks = [entry for entry in entries if entry.kind == "exemplar.checked"]
    assert [entry.details["state"] for entry in checks] == ["accepted", "refused", "accepted"]
    assert all(GOOD[0] not in entry.body and SUBJECT not in entry.body for entry in checks)


def test_a_link_to_the_work_of_a_learner_needs_their_consent_at_every_look(lodge: Lodge) -> None:
    """Given an accepted link to somebody's work, then it is seen from when they agree until they
    withdraw that, at once."""
    guided(lodge, "lee")
    link = add(lodge, "lee")
    with lodge.room.sitting() as sitting:
        exemplars.check(sitting, PROGRAM, link.link_id, "accepted", "cora")
    assert seen(lodge) == []
    with lodge.room.sitting() as sitting:
        (asked,) = consents.of_learner(sitting.tx, PROGRAM, "lee")
        assert (asked.subject.title, asked.subject.address) == GOOD
        assert consents.answer(sitting.tx, PROGRAM, "lee", asked.consent_id, sitting.now)
    assert seen(lodge) == [GOOD[0]]
    with lodge.room.sitting() as sitting:
        assert consents.withdraw(sitting.tx, PROGRAM, "lee", asked.consent_id, sitting.now)
    assert seen(lodge) == []


def test_what_cannot_be_kept_as_a_link_is_refused(lodge: Lodge) -> None:
    guided(lodge, "lee")
    assert fault(lodge, exemplars.add, SUBJECT, "", GOOD[1], None) == "bad-title"
    assert fault(lodge, exemplars.add, SUBJECT, "x", "http://a.example", None) == "bad-address"
    assert fault(lodge, exemplars.add, SUBJECT, *GOOD, "mio") == "not-their-learner"
    assert fault(lodge, exemplars.add, "jonas", *GOOD, "lee") == "not-their-learner"
    for number in range(12):
        add(lodge, title=f"Work {number}")
    assert fault(lodge, exemplars.add, SUBJECT, *GOOD, None) == "too-many-links"


def test_a_testimonial_is_on_the_page_with_both_consents(lodge: Lodge) -> None:
    """Given a learner's testimonial, when the mentor wants it on the page, then its author is asked
    once; only while both want it is it there."""
    for name, author, source in (("t1", "lee", "learner"), ("t2", "acme", "industry")):
        lodge.accept(
            lodge.event(
                "testimonial.given", 20, testimonial_id=name, author_id=author, source=source
            )
        )
    assert fault(lodge, voices.choose, SUBJECT, "t2") == "unknown-voice"
    assert fault(lodge, voices.choose, "jonas", "t1") == "unknown-voice"
    with lodge.room.sitting() as sitting:
        voices.choose(sitting, PROGRAM, SUBJECT, "t1")
        (voice,) = page_voices.of_mentor(sitting.tx, PROGRAM, SUBJECT)
        assert not voice.agreed
        (asked,) = consents.of_learner(sitting.tx, PROGRAM, "lee")
        consents.answer(sitting.tx, PROGRAM, "lee", asked.consent_id, sitting.now)
        (voice,) = page_voices.of_mentor(sitting.tx, PROGRAM, SUBJECT)
        assert voice.agreed
        voices.end(sitting, PROGRAM, SUBJECT, "t1")
        assert page_voices.of_mentor(sitting.tx, PROGRAM, SUBJECT) == []
        consents.withdraw(sitting.tx, PROGRAM, "lee", asked.consent_id, sitting.now)
        voices.choose(sitting, PROGRAM, SUBJECT, "t1")
        assert len(consents.of_learner(sitting.tx, PROGRAM, "lee")) == 1
        (voice,) = page_voices.of_mentor(sitting.tx, PROGRAM, SUBJECT)
        assert not voice.agreed
    assert fault(lodge, voices.end, SUBJECT, "t2") == "unknown-voice"


def test_an_erasure_takes_the_page_its_links_and_those_to_ones_work(lodge: Lodge) -> None:
    guided(lodge, "lee")
    add(lodge)
    add(lodge, "lee")
    with lodge.room.sitting() as sitting:
        pages.write(sitting, PROGRAM, SUBJECT, "imani", shown=True, indexed=False)
    for who, links in (("lee", 1), (SUBJECT, 1)):
        with transaction(lodge.room.harness.engine) as tx:
            row = tx.one("SELECT web.erase_from_governance(%s, %s, now())", PROGRAM, who)
        assert row is not None
        assert row[0]["exemplar_links"] == links
    with lodge.room.sitting() as sitting:
        assert mentor_pages.at(sitting.tx, "imani") is None
        assert exemplar_links.of_program(sitting.tx, PROGRAM) == []
