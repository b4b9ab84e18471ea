"""Steps of a case are news for people: on their pages, under the role of governance, each once."""

from dataclasses import replace
from typing import Any

from governance import notices
from governance.notices import News
from governance.store.cases import Case
from tests.integration.governance.committee_room import PROGRAM, CommitteeRoom


def notify(room: CommitteeRoom, case: Case, news: News, *to: str) -> None:
    with room.sitting() as sitting:
        notices.notify(sitting, case, news, to)


def news(room: CommitteeRoom) -> list[tuple[Any, ...]]:
    """Who was notified of what, whether the case is theirs, and whether their page shows it."""
    return room.harness.rows(
        "SELECT n.participant, n.news, n.own, i.id IS NOT NULL FROM notify.case_news n "
        "LEFT JOIN notify.items i USING (news_id) ORDER BY n.participant, n.news"
    )


def test_a_step_is_news_once_however_often_it_is_made(room: CommitteeRoom) -> None:
    case = room.open()
    for _ in range(2):
        notify(room, case, "acknowledged", "imani", "imani")
    assert news(room) == [("imani", "acknowledged", True, True)]
    assert room.harness.rows("SELECT count(*) FROM notify.items") == [(1,)]


def test_the_next_pack_and_the_next_state_are_news_again(room: CommitteeRoom) -> None:
    case = room.open(state="settling", pack=1)
    for step in (case, replace(case, pack=2), replace(case, pack=2, state="on_desk"), case):
        notify(room, step, "frozen", "imani")
    assert news(room) == [("imani", "frozen", True, True)] * 3


def test_others_are_notified_of_a_case_that_is_not_theirs(room: CommitteeRoom) -> None:
    notify(room, room.open(), "seat", "ruth", "sam")
    assert news(room) == [("ruth", "seat", False, True), ("sam", "seat", False, True)]


def test_who_wants_none_on_their_page_still_gets_the_e_mail(room: CommitteeRoom) -> None:
    with room.harness.transaction() as tx:
        tx.execute(
            "INSERT INTO notify.preferences (program, participant, version, appearance, in_app_off)"
            " VALUES (%s, 'imani', 1, 'auto', '{recognition}')",
            PROGRAM,
        )
    notify(room, room.open(), "decided", "imani")
    assert news(room) == [("imani", "decided", True, False)]


def test_nobody_is_notified_of_a_step_that_is_rolled_back(room: CommitteeRoom) -> None:
    case = room.open()
    try:
        with room.sitting() as sitting:
            notices.notify(sitting, case, "decided", ["imani"])
            raise InterruptedError
    except InterruptedError:
        pass
    assert news(room) == []
