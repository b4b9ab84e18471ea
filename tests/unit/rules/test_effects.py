"""Effects: a kind is one file; whatever it gives is published the same way."""

import json
from dataclasses import dataclass, replace
from typing import ClassVar

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from engine.awards.messages import messages
from engine.awards.transitions import AwardChanges
from engine.fact import Fact
from engine.rules.effects import Outgoing
from engine.rules.effects.kudos_invited import InviteKudos
from engine.store.generations.live import Generation
from events.award_ids import invitation_id, message_id
from events.schemas.kudos_invited import KudosInvited
from events.schemas.model import Data
from events.schemas.values import Name
from tests.support.given import MENTORLOOP, QUIZ, instant, quiz, survey
from tests.support.histories import accepted

_IDS = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=128)


class QuizCheered(Data):
    """What an effect that does not exist gives."""

    TYPE: ClassVar = "mentoring.quiz.cheered.v1"

    quiz_id: Name


@dataclass(frozen=True, slots=True)
class CheerQuiz:
    """An effect that does not exist: whoever passes a quiz is cheered."""

    event: str = QUIZ

    def of(self, fact: Fact) -> Outgoing | None:
        person = str(fact.data["participant_id"])
        cheered = QuizCheered(quiz_id=str(fact.data["quiz_id"]))
        return Outgoing(person, f"cheer/{fact.id}", cheered.TYPE, cheered.body())

    def canonical(self) -> object:
        return "cheer_quiz"


def _published(*records: bytes) -> list[tuple[bytes | None, dict[str, object]]]:
    catalog = replace(MENTORLOOP, effects=(*MENTORLOOP.effects, CheerQuiz()))
    facts = accepted(records, catalog)
    sent = messages(Generation(1, 1, catalog), AwardChanges(), lambda _who: {}, facts)
    return [(message.key, json.loads(message.value)) for message in sent]


def test_an_effect_is_published_to_its_recipient_under_an_id_of_what_it_is_about() -> None:
    [(key, event)] = _published(quiz("q-1", "ann", at=3, quiz_id="course"))
    assert key == b"ann"
    assert event["type"] == "mentoring.quiz.cheered.v1"
    assert event["id"] == message_id("cheer/q-1", 1)
    assert event["time"] == instant(3)
    assert event["data"] == {"quiz_id": "course"}


def test_effects_of_several_kinds_are_published_by_recipient_and_time() -> None:
    published = _published(
        quiz("q-2", "ben", at=3), survey("s", "ben", "ann", 5, at=2), quiz("q-1", "ann", at=4)
    )
    assert [(key, event["type"]) for key, event in published] == [
        (b"ann", "mentoring.quiz.cheered.v1"),
        (b"ben", "mentoring.kudos.invited.v1"),
        (b"ben", "mentoring.quiz.cheered.v1"),
    ]
    invitation = invitation_id("program", "loop", "s", "ben")
    assert published[1][1]["id"] == message_id(invitation, 1)


def test_two_effects_that_give_the_same_invitation_give_it_once() -> None:
    """Given conditions that overlap, as of a catalog that includes another, when both are met, the
    respondent is invited once."""
    catalog = replace(MENTORLOOP, effects=(*MENTORLOOP.effects, InviteKudos(())))
    (fact,) = accepted((survey("s-1", "ben", "ann", 5, at=3),), catalog)
    assert len(catalog.effects_of(fact)) == 1


@given(st.lists(_IDS, min_size=4, max_size=9, unique=True))
def test_an_invitation_is_what_subscribers_read_it_with(names: list[str]) -> None:
    """Given a survey with whatever ids, when it invites, then the invitation that is written is the
    one that its model reads, and would write."""
    loop, survey_id, who, *about = names
    sent = survey(survey_id, who, "", at=3, loop_id=loop, about_ids=about)
    (fact,) = accepted((sent,), MENTORLOOP)
    (outgoing,) = MENTORLOOP.effects_of(fact)
    read = KudosInvited.model_validate_json(msgspec.json.encode(outgoing.data))
    assert msgspec.json.encode(read.body()) == msgspec.json.encode(outgoing.data)
    assert set(read.about_ids) == set(about)
