"""A page or an answer takes at most 9 statements, however many loops somebody has."""

import pytest

from tests.integration.limits.counting import counted
from tests.integration.web.people_surface import (
    PeopleSurface,
    coordinator,
    described_loop,
    described_person,
    described_program,
    participant,
)
from tests.integration.web.privacy import adopt
from tests.support.given import kudos, meeting

MOST = 9
"""One of them, on My progress, is for the cases of the committee; no other answer takes so many."""

ASKED = {
    "/v1/me": 2,
    "/v1/programs/acme/catalog": 3,
    "/v1/programs/acme/me/badges": 6,
    "/v1/programs/acme/me/badges?loop=loop00": 6,
    "/v1/programs/acme/me/badges/momentum?loop=loop00": 5,
    "/v1/programs/acme/me/badges/trust": 5,
    "/v1/programs/acme/me/awards/{award}": 4,
    "/v1/programs/acme/me/partners": 6,
    "/v1/programs/acme/me/highlights": 5,
    "/v1/programs/acme/me/notifications": 6,
    "/v1/programs/acme/me/invitations": 3,
    "/v1/programs/acme/me/preferences": 2,
    "/v1/programs/acme/people/ana/summary": 5,
    "/v1/programs/acme/people/wen/badges": 6,
    "/v1/programs/acme/loops/loop00/board": 8,
    "/v1/programs/acme/report": 3,
    "/v1/programs/acme/report/people": 2,
    "/v1/programs/acme/report/people?filter=near": 2,
    "/v1/programs/acme/highlights": 4,
    "/v1/programs/acme/me/recognition": 6,
    "/v1/programs/acme/me/recognition/certified/facts?line=0": 6,
    "/v1/programs/acme/mentors/wen/recognition": 6,
    "/v1/programs/acme/rubrics": 4,
    "/v1/programs/acme/rubrics/practice/1": 4,
    "/p/acme/progress": 9,
    "/p/acme/progress/certified/facts?line=0": 8,
    "/p/acme/people/wen/progress": 8,
    "/p/acme/people/wen/progress/certified/facts?line=0": 8,
    "/p/acme/rubrics": 8,
    "/p/acme/policy": 8,
    "/p/acme/overview": 5,
    "/p/acme/people": 5,
    "/p/acme/people?q=a&sort=-received": 6,
    "/p/acme/people/ana/board": 8,
    "/p/acme/loops/loop00/board": 8,
    "/p/acme/highlights/all": 7,
    "/p/acme/kudos": 8,
    "/p/acme/kudos?loop=loop00": 8,
    "/p/acme/kudos/momentum": 8,
    "/p/acme/kudos/trust": 8,
    "/p/acme/give": 8,
    "/p/acme/given": 8,
    "/p/acme/highlights": 8,
    "/p/acme/awards/{award}/share": 8,
    "/p/acme/notifications": 8,
    "/p/acme/people/ana": 7,
    "/p/acme/settings": 4,
}
"""By address, the most statements of its answer: one for the session among them, BEGIN and COMMIT
not counted. Lower them, never raise them."""


def grow(surface: PeopleSurface, loops: int) -> None:
    """Let somebody have so many loops, with something in each."""
    names = [f"loop{number:02}" for number in range(loops)]
    surface.describe(
        described_program("acme", self_match=True),
        *(described_person("acme", name) for name in ("wen", "ana", "bob")),
        *(described_loop("acme", name, "wen", "ana", "bob", name=name) for name in names),
    )
    surface.harness.tell(
        *(
            meeting(f"m{loops}-{n}", "wen", "ana", at=n + 1, program_id="acme", loop_id=name)
            for name in names
            for n in range(5)
        ),
        *(
            kudos(f"k{loops}", "ana", "wen", "trust", program_id="acme", loop_id=name)
            for name in names
        ),
    )


@pytest.mark.parametrize("loops", [1, 30])
def test_an_answer_takes_few_statements(empty_surface: PeopleSurface, loops: int) -> None:
    adopt(empty_surface)
    grow(empty_surface, loops)
    who = (participant("acme", "wen"), coordinator("acme"))
    cookie = f"__Host-badges={empty_surface.sign_in(*who)}"
    ((award,),) = empty_surface.harness.rows(
        "SELECT award_id::text FROM awards WHERE recipient = 'wen' AND badge = 'momentum' LIMIT 1"
    )
    counts = {}
    for address in ASKED:
        path = address.format(award=award)
        for _ in range(2):  # the first reads the catalog, once a process
            with counted() as statements:
                answer = empty_surface.get(path, cookie=cookie)
        assert answer.status == 200, path
        counts[address] = statements.total()
    assert {at: n for at, n in counts.items() if n > ASKED[at]} == {}
    assert max(counts.values()) <= MOST


def test_a_report_takes_as_few_statements_however_many_loops_there_are(
    empty_surface: PeopleSurface,
) -> None:
    """Given a program of one loop and of thirty, when they are counted again, then in as many."""
    counts = []
    for loops in (1, 30):
        grow(empty_surface, loops)
        empty_surface.move(seconds=61)
        of_each = []
        for what in ("report", "report/people", "report/people?filter=near"):
            with counted() as statements:
                empty_surface.get(f"/v1/programs/acme/{what}", coordinator("acme"))
            of_each.append(statements.total())
        counts.append(of_each)
    assert counts[0] == counts[1]
    assert max(counts[0]) <= MOST


def test_a_session_is_looked_up_in_one_statement(empty_surface: PeopleSurface) -> None:
    cookie = f"__Host-badges={empty_surface.sign_in(participant('acme', 'wen'))}"
    with counted() as statements:
        empty_surface.get("/v1/me", cookie=cookie)
    assert sum(n for text, n in statements.items() if "web.sessions" in text) == 1
