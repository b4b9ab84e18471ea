"""The public page of a mentor: what anybody sees of it, and when nobody does."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.store.postgres.connection import transaction
from governance.store import consents
from tests.integration.limits.counting import counted
from tests.integration.web.mentors_site import (
    ADDRESS,
    COORDINATOR,
    IMANI,
    LEARNERS,
    TITLE,
    WORDS,
    P,
    guided,
    mentors_site,
    post,
)
from tests.integration.web.people_surface import PeopleSurface, described_program, participant
from tests.integration.web.recognised import PROGRAM
from tests.support.databases import new_database

PAGE = "/m/imani-okonkwo"


@pytest.fixture
def there(postgres_url: str, _with_all_schemas: str, tmp_path: Path) -> Iterator[PeopleSurface]:
    with (
        new_database(postgres_url, _with_all_schemas) as url,
        mentors_site(url, tmp_path) as made,
    ):
        yield made


def turn_on(there: PeopleSurface, **fields: object) -> None:
    assert post(there, "/mentor-page", {"slug": "imani-okonkwo", **fields}).status == 303


def answered(there: PeopleSurface, learner: str, *, agrees: bool) -> None:
    """A learner answers what they are asked for, or takes it back."""
    assert there.pools.governance is not None
    with transaction(there.pools.governance) as tx:
        for one in consents.of_learner(tx, PROGRAM, learner):
            act = consents.answer if agrees else consents.withdraw
            act(tx, PROGRAM, learner, one.consent_id, there.now)


def test_it_is_off_until_it_is_turned_on_and_off_looks_like_absent(there: PeopleSurface) -> None:
    """Given no page, one that is off, and none at all, then the answers are the same but for what
    differs between any two."""
    absent = there.get("/m/nobody-here")
    assert there.get(PAGE).status == 404
    turn_on(there)
    assert there.get(PAGE).status == 200
    assert post(there, "/mentor-page/off", {}).status == 303
    off = there.get(PAGE)
    bare = re.compile(r"urn:uuid:[0-9a-f-]{36}")
    assert bare.sub("", off.text) == bare.sub("", absent.text)
    assert (off.status, absent.status) == (404, 404)


def test_it_has_stages_badges_and_what_was_given_and_asks_for_no_session(
    there: PeopleSurface,
) -> None:
    turn_on(there)
    answer = there.get(PAGE)
    for text in ("Imani Okonkwo", "A mentor of", "The Guild", "Proficient Mentor", "valid until",
                 "2 webinars", "1 guide", "Always Learning"):  # fmt: skip
        assert text in answer.text, text
    assert "set-cookie" not in {name for name, _ in answer.headers}


def test_search_engines_are_asked_not_to_list_it_unless_its_mentor_wants_that(
    there: PeopleSurface,
) -> None:
    turn_on(there)
    answer = there.get(PAGE)
    assert "noindex" in (answer.header("x-robots-tag") or "")
    assert '<meta name="robots" content="noindex">' in answer.text
    turn_on(there, indexed="true")
    answer = there.get(PAGE)
    assert "x-robots-tag" not in {name for name, _ in answer.headers}
    assert 'name="robots"' not in answer.text


def test_numbers_are_shown_of_five_learners_and_name_none(there: PeopleSurface) -> None:
    turn_on(there)
    assert "Portfolio gain" not in there.get(PAGE).text
    guided(there, LEARNERS[4], 4)
    there.move(seconds=61)
    answer = there.get(PAGE)
    assert re.search(r"Portfolio gain.*?>4<.*?over 5 learners or more", answer.text, re.DOTALL)
    for learner in LEARNERS:
        assert learner.title() not in answer.text
        assert f'"{learner}"' not in answer.text


def test_a_link_is_there_once_it_is_checked_and_while_the_learner_agrees(
    there: PeopleSurface,
) -> None:
    """Given a link to a learner's work, when it is checked and they agree, then it is there; when
    they withdraw that, then it is gone at once."""
    turn_on(there)
    link = {"title": TITLE, "address": ADDRESS, "learner": "lee"}
    assert post(there, "/mentor-page/links", link).status == 303
    assert TITLE not in there.get(PAGE).text
    waiting = there.get(f"{P}/exemplars", COORDINATOR).text
    (link_id,) = set(re.findall(r'name="link_id" value="([0-9a-f-]{36})"', waiting))
    assert "Lee Brandt" in waiting
    checked = {"link_id": link_id, "state": "accepted"}
    assert post(there, "/exemplars", checked, IMANI).status == 404
    assert post(there, "/exemplars", checked, COORDINATOR).status == 303
    assert TITLE not in there.get(PAGE).text
    answered(there, "lee", agrees=True)
    assert TITLE in there.get(PAGE).text
    assert ADDRESS in there.get(PAGE).text
    answered(there, "lee", agrees=False)
    assert TITLE not in there.get(PAGE).text


def test_a_testimonial_is_there_with_both_consents_and_without_its_author(
    there: PeopleSurface,
) -> None:
    turn_on(there)
    assert WORDS in there.get(f"{P}/mentor-page", IMANI).text
    wanted = {"testimonial_id": "t-1", "wanted": "true"}
    assert post(there, "/mentor-page/voices", wanted).status == 303
    assert WORDS not in there.get(PAGE).text
    answered(there, "lee", agrees=True)
    answer = there.get(PAGE)
    assert WORDS in answer.text
    assert "Lee" not in answer.text
    assert post(there, "/mentor-page/voices", {**wanted, "wanted": "false"}).status == 303
    assert WORDS not in there.get(PAGE).text


def test_what_cannot_be_saved_comes_back_with_what_was_typed(there: PeopleSurface) -> None:
    answer = post(there, "/mentor-page", {"slug": "No Good"})
    assert (answer.status, 'value="No Good"' in answer.text) == (422, True)
    link = {"title": "My <b>work</b>", "address": "http://insecure.example", "learner": "lee"}
    answer = post(there, "/mentor-page/links", link)
    assert answer.status == 422
    assert "My &lt;b&gt;work&lt;/b&gt;" in answer.text
    assert post(there, "/mentor-page/links/removed", {"link_id": "none"}).status == 404
    assert post(
        there, "/mentor-page/voices", {"testimonial_id": "none", "wanted": "true"}
    ).status == 404  # fmt: skip


def test_a_program_without_public_pages_has_none_of_these(there: PeopleSurface) -> None:
    turn_on(there)
    there.describe(described_program(PROGRAM, sharing={"public_pages": False}))
    assert there.get(PAGE).status == 404


def test_an_erasure_takes_the_page(there: PeopleSurface) -> None:
    turn_on(there)
    with there.harness.transaction() as tx:
        tx.one("SELECT web.erase_from_governance(%s, 'imani', now())", PROGRAM)
    assert there.get(PAGE).status == 404


def test_each_page_takes_few_statements(there: PeopleSurface) -> None:
    turn_on(there)
    cookie = f"__Host-badges={there.sign_in(IMANI)}"
    boss = f"__Host-badges={there.sign_in(COORDINATOR)}"
    most = {
        (PAGE, ""): 6, (f"{P}/mentor-page", cookie): 11, (f"{P}/exemplars", boss): 8,
        (f"{P}/policy", cookie): 9,
    }  # fmt: skip
    counts = {}
    for path, session in most:
        for _ in range(2):
            with counted() as statements:
                answer = there.get(path, **({"cookie": session} if session else {}))
        assert answer.status == 200, path
        counts[path, session] = statements.total()
    assert {at: n for at, n in counts.items() if n > most[at]} == {}


def test_others_find_no_page_to_keep(there: PeopleSurface) -> None:
    assert there.get(f"{P}/mentor-page", COORDINATOR).status == 404
    assert there.get(f"{P}/exemplars", IMANI).status == 404
    assert there.get(f"{P}/mentor-page", participant("elsewhere", "imani")).status == 404
