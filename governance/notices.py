"""Whom a step of a case is news for: written with the step, in one transaction."""

from collections.abc import Collection

from governance.committee import Sitting
from governance.store.cases import Case
from notifier.rules import case_news as rules
from notifier.rules.preferences import NOTHING_CHOSEN
from notifier.store import case_news, preferences
from notifier.store.case_news import CaseNotice

News = rules.News
"""What has moved."""


def notify(sitting: Sitting, case: Case, news: News, to: Collection[str]) -> None:
    """Notify these people of what has moved: on their pages at once, and by e-mail when the
    notifier finds it. Once for each state and pack of the case, however often it is asked; `case`
    is as the step leaves it."""
    step = (case.case_id, case.state, case.pack or 0)
    _add(sitting, case.program, step, news, to, own=case.subject)


def notify_of(
    sitting: Sitting, program: str, about_id: str, news: News, people: Collection[str]
) -> None:
    """Notify people of what is no case: a request for a review, a calibration, a reward, a pairing.
    `about_id`: its id, a UUID, which the link leads to. Once for each of them."""
    _add(sitting, program, (about_id, "", 0), news, people)


def _add(
    sitting: Sitting,
    program: str,
    step: tuple[str, str, int],
    news: News,
    to: Collection[str],
    own: str | None = None,
) -> None:
    people = sorted(set(to))
    if not people:
        return
    about_id, state, pack = step
    chosen = preferences.of_people(sitting.tx, [(program, person) for person in people])
    case_news.add(
        sitting.tx,
        [
            CaseNotice(
                rules.news_id(about_id, person, news, state, pack),
                about_id,
                program,
                person,
                news,
                own=person == own,
                in_app="recognition"
                not in chosen.get((program, person), NOTHING_CHOSEN).in_app_off,
            )
            for person in people
        ],
        sitting.now,
    )
