"""A consent holds from when it is given until it is withdrawn, and no moment longer."""

from governance.store import consents
from governance.store.consents import ConsentSubject
from tests.integration.governance.committee_room import PROGRAM, CommitteeRoom

VOICE = ConsentSubject("testimonial", "t-1")
LINK = ConsentSubject("exemplar", "link-1", "Water model", "https://works.example/water")


def _standing(room: CommitteeRoom, subject: ConsentSubject) -> bool:
    with room.sitting() as sitting:
        return consents.in_force(sitting.tx, PROGRAM, subject.purpose, subject.about)


def test_a_consent_that_is_asked_for_holds_only_when_the_learner_gave_it(
    room: CommitteeRoom,
) -> None:
    with room.sitting() as sitting:
        assert consents.ask(sitting.tx, PROGRAM, "lee", "imani", LINK, room.now)
        assert not consents.ask(sitting.tx, PROGRAM, "lee", "imani", LINK, room.now)
        (asked,) = consents.of_learner(sitting.tx, PROGRAM, "lee")
    assert (asked.state, asked.subject) == ("asked", LINK)
    assert not _standing(room, LINK)
    with room.sitting() as sitting:
        assert not consents.answer(sitting.tx, PROGRAM, "mio", asked.consent_id, room.now)
        assert not consents.answer(sitting.tx, PROGRAM, "lee", "no id", room.now)
        assert not consents.withdraw(sitting.tx, PROGRAM, "lee", "no id", room.now)
        assert consents.answer(sitting.tx, PROGRAM, "lee", asked.consent_id, room.now)
        assert not consents.answer(sitting.tx, PROGRAM, "lee", asked.consent_id, room.now)
    assert _standing(room, LINK)


def test_one_that_is_withdrawn_holds_no_more_and_can_be_given_as_another(
    room: CommitteeRoom,
) -> None:
    with room.sitting() as sitting:
        assert consents.give(sitting.tx, PROGRAM, "lee", "imani", VOICE, room.now)
        assert not consents.give(sitting.tx, PROGRAM, "lee", "imani", VOICE, room.now)
        (given,) = consents.of_learner(sitting.tx, PROGRAM, "lee")
        assert not consents.withdraw(sitting.tx, PROGRAM, "imani", given.consent_id, room.now)
        assert consents.withdraw(sitting.tx, PROGRAM, "lee", given.consent_id, room.now)
        assert not consents.withdraw(sitting.tx, PROGRAM, "lee", given.consent_id, room.now)
        assert not consents.answer(sitting.tx, PROGRAM, "lee", given.consent_id, room.now)
        assert not consents.in_force(sitting.tx, PROGRAM, "testimonial", "t-1")
        assert consents.give(sitting.tx, PROGRAM, "lee", "imani", VOICE, room.now)
        states = [each.state for each in consents.of_learner(sitting.tx, PROGRAM, "lee")]
    assert sorted(states) == ["given", "withdrawn"]
    assert _standing(room, VOICE)


def test_what_is_refused_was_never_given_and_may_be_asked_once_more(room: CommitteeRoom) -> None:
    with room.sitting() as sitting:
        consents.ask(sitting.tx, PROGRAM, "lee", "imani", LINK, room.now)
        (asked,) = consents.of_learner(sitting.tx, PROGRAM, "lee")
        assert consents.withdraw(sitting.tx, PROGRAM, "lee", asked.consent_id, room.now)
        (refused,) = consents.of_learner(sitting.tx, PROGRAM, "lee")
        assert refused.state == "refused"
        assert consents.ask(sitting.tx, PROGRAM, "lee", "imani", LINK, room.now)


def test_a_consent_is_for_one_mentor_one_purpose_and_one_thing(room: CommitteeRoom) -> None:
    with room.sitting() as sitting:
        consents.give(sitting.tx, PROGRAM, "lee", "imani", VOICE, room.now)
        tx = sitting.tx
        assert consents.in_force(tx, PROGRAM, "testimonial", "t-1", "imani")
        assert not consents.in_force(tx, PROGRAM, "testimonial", "t-1", "wei")
        assert not consents.in_force(tx, PROGRAM, "testimonial", "t-2")
        assert not consents.in_force(tx, PROGRAM, "exemplar", "t-1")
        assert not consents.in_force(tx, "borealis", "testimonial", "t-1")
        (one,) = consents.of_learner(tx, PROGRAM, "lee")
    assert (one.learner, one.subject, one.state) == ("lee", VOICE, "given")
