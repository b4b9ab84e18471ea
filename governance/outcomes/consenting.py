"""Consents of a learner, and a mentor's answers to warnings about their own learners."""

from engine.queries.outcomes.recorded import Voice
from engine.queries.outcomes.warnings import EarlyWarning
from governance.committee import Sitting
from governance.errors import CaseRefused
from governance.store import consents, warnings
from governance.store.consents import ConsentSubject
from governance.store.warnings import WarningAnswer

_NOTHING = "there is no consent of yours to change"


def consent_to_voice(sitting: Sitting, program: str, learner: str, voice: Voice) -> None:
    """A learner lets their mentor show a testimonial that the learner gave.

    Raises:
        CaseRefused: it is not theirs.
    """
    if voice.author != learner:
        raise CaseRefused("unknown-case", _NOTHING)
    subject = ConsentSubject("testimonial", voice.id)
    consents.give(sitting.tx, program, learner, voice.mentor, subject, sitting.now)


def give(sitting: Sitting, program: str, learner: str, consent_id: str) -> None:
    """A learner gives what they are asked for.

    Raises:
        CaseRefused: there is nothing of theirs to give.
    """
    if not consents.answer(sitting.tx, program, learner, consent_id, sitting.now):
        raise CaseRefused("unknown-case", _NOTHING)


def withdraw(sitting: Sitting, program: str, learner: str, consent_id: str) -> None:
    """A learner takes a consent back, or refuses it. At once nothing is shown by it any more.

    Raises:
        CaseRefused: nothing of theirs stands.
    """
    if not consents.withdraw(sitting.tx, program, learner, consent_id, sitting.now):
        raise CaseRefused("unknown-case", _NOTHING)


def answer(sitting: Sitting, program: str, warning: EarlyWarning, how: WarningAnswer) -> None:
    """A mentor answers a warning that stands about a learner of theirs. It goes to nobody: neither
    into the log nor to the committee."""
    warnings.answer(sitting.tx, program, warning, how, sitting.now)
