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
    people = sorted(set(to))
    if not people:
        return
    chosen = preferences.of_people(sitting.tx, [(case.program, person) for person in people])
    case_news.add(
        sitting.tx,
        [
            CaseNotice(
                rules.news_id(case.case_id, person, news, case.state, case.pack or 0),
                case.case_id,
                case.program,
                person,
                news,
                own=person == case.subject,
                in_app="recognition"
                not in chosen.get((case.program, person), NOTHING_CHOSEN).in_app_off,
            )
            for person in people
        ],
        sitting.now,
    )
