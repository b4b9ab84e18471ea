"""Pages and API of rewards, the bench and pairings: who is shown what, and what a form does."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from engine.catalog import loader
from engine.queries.snapshot import Reader
from governance.committee import Committee
from governance.rewards import benches, cycles, lotteries
from governance.store import people
from governance.store.bench import Offer
from governance.store.people import Officer
from governance.store.people import Role as Part
from tests.integration.governance.stage_holders import hold, trained
from tests.integration.web.people_surface import (
    PeopleSurface,
    Role,
    bearer,
    coordinator,
    described_person,
    described_program,
    participant,
    surface,
)
from tests.support.asgi import WebAnswer
from tests.support.case_keys import case_keys
from tests.support.databases import new_database

PROGRAM = "aurora"
MASTERS = ("imani", "jonas", "lena", "mateo", "noor", "priya")
COORDINATOR = coordinator(PROGRAM)
WORDS = "Her learners explain their work to strangers, and <enjoy> it."


def me(name: str) -> Role:
    return participant(PROGRAM, name)


@pytest.fixture(scope="module")
def guild(
    postgres_url: str, _with_all_schemas: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[PeopleSurface]:
    """Six masters, a committee of three, two newcomers; the cycles have begun."""
    folder: Path = tmp_path_factory.mktemp("rewards")
    with (
        new_database(postgres_url, _with_all_schemas) as url,
        surface(url, folder, loader.find("recognition")) as there,
    ):
        everybody = (*MASTERS, "kofi", "tomas", "ruth", "sam", "wei")
        there.describe(
            described_program(PROGRAM, name="Aurora Guild"),
            *(described_person(PROGRAM, who, display_name=who.title()) for who in everybody),
        )
        hold(there, "master-mentor", *MASTERS)
        trained(there, "kofi", 60)
        trained(there, "tomas", 30)
        governance = there.pools.governance
        assert governance is not None
        room = Committee(governance, Reader(there.pools.reader), case_keys(), lambda: there.now)
        with room.sitting() as sitting:
            parts: dict[str, Part] = {"ruth": "chair", "sam": "member", "vera": "auditor"}
            for who, part in parts.items():
                people.write(
                    sitting.tx, Officer(PROGRAM, who, frozenset({part})), "cora", there.now
                )
            for who in MASTERS:
                benches.offer(sitting, PROGRAM, who, Offer(PROGRAM, who, True, "design"))
        with room.sitting() as sitting:
            cycles.begin_due(sitting, PROGRAM)
        yield there


def post(
    guild: PeopleSurface, path: str, role: Role, fields: Mapping[str, object], **claims: Any
) -> WebAnswer:
    headers = bearer(role, **claims) | {"Content-Type": "application/x-www-form-urlencoded"}
    return guild.client.ask(
        "POST", f"/p/{PROGRAM}/{path}", headers, urlencode(fields, doseq=True).encode()
    )


def sign(guild: PeopleSurface, who: str, participant_id: str, words: str = "") -> WebAnswer:
    fields = {
        "reward": "spotlight", "cycle": "2026-Q4", "participant": participant_id, "words": words,
    }  # fmt: skip
    fresh = int(guild.now.timestamp())
    return post(guild, "rewards/choices", me(who), fields, auth_time=fresh)


def rewards(guild: PeopleSurface, who: Role) -> dict[str, Any]:
    answer = guild.get(f"/v1/programs/{PROGRAM}/rewards", who)
    assert answer.status == 200, answer.body
    return dict(answer.json())


def kept(name: str, answer: WebAnswer) -> str:
    """The text of a page; left in a folder if somebody wants to look at it."""
    assert answer.status == 200, answer.body
    if folder := os.environ.get("PAGES_KEPT_IN"):
        (Path(folder) / f"{name}.html").write_bytes(answer.body)
    return answer.body.decode()


def test_everybody_reads_rules_cycles_and_draws_and_nobody_others_rewards(
    guild: PeopleSurface,
) -> None:
    text = kept("rewards-learner", guild.get(f"/p/{PROGRAM}/rewards", me("wei")))
    assert "Drawn by lot among everybody eligible" in text
    assert "Check the draw" in text
    assert not any(f">{who.title()}<" in text for who in MASTERS)
    seen = rewards(guild, me("wei"))
    by_name = {one["reward"]: one for one in seen["rewards"]}
    assert by_name["stipend-master"]["cycles"][0]["granted"] == 6
    assert (seen["mine"], seen["choices"], seen["spotlights"]) == ([], [], [])


def test_a_winner_sees_their_own_and_the_draw_holds(guild: PeopleSurface) -> None:
    seen = rewards(guild, me("imani"))
    assert {"stipend-master", "annual-event"} <= {one["reward"] for one in seen["mine"]}
    by_name = {one["reward"]: one for one in seen["rewards"]}
    (cycle,) = by_name["conference"]["cycles"]
    answer = guild.get(f"/v1/programs/{PROGRAM}/draws/{cycle['draw_id']}", me("wei"))
    draw = answer.json()
    assert draw["faults"] == []
    assert draw["seed"] == cycle["seed"]
    assert lotteries.verify(draw["document"]) == []
    text = kept("draw", guild.get(f"/p/{PROGRAM}/draws/{cycle['draw_id']}", me("wei")))
    assert "It was drawn by the rules" in text
    assert draw["seed"] in text


@pytest.mark.parametrize("draw_id", ["nobody", "a8098c1a-f86e-11da-bd1a-00112444be1e"])
def test_a_draw_that_is_not_there_is_not_found(guild: PeopleSurface, draw_id: str) -> None:
    for path in (f"/v1/programs/{PROGRAM}/draws/", f"/p/{PROGRAM}/draws/"):
        assert guild.get(path + draw_id, me("wei")).status == 404


def test_the_committee_chooses_and_who_is_shown_agrees(guild: PeopleSurface) -> None:
    assert sign(guild, "wei", "jonas", WORDS).status == 404
    assert sign(guild, "ruth", "jonas", "").status == 422
    assert sign(guild, "ruth", "jonas", WORDS).status == 303
    kept("rewards-member", guild.get(f"/p/{PROGRAM}/rewards", me("sam")))
    assert sign(guild, "sam", "jonas").status == 303
    assert rewards(guild, me("wei"))["spotlights"] == []
    page = kept("rewards-asked", guild.get(f"/p/{PROGRAM}/rewards", me("jonas")))
    assert "The committee would like to show this of you" in page
    assert "&lt;enjoy&gt;" in page
    asked = {"reward": "spotlight", "cycle": "2026-Q4"}
    for given, shown in (("true", ["jonas"]), ("false", []), ("true", ["jonas"])):
        answer = post(guild, "rewards/consents", me("jonas"), {**asked, "given": given})
        assert answer.status == 303
        spotlights = rewards(guild, me("wei"))["spotlights"]
        assert [one["person"]["participant_id"] for one in spotlights] == shown
    assert "Jonas" in kept("rewards-shown", guild.get(f"/p/{PROGRAM}/rewards", me("wei")))


def test_a_signature_needs_a_fresh_sign_in(guild: PeopleSurface) -> None:
    stale = int(guild.now.timestamp()) - 600
    fields = {"reward": "special-project", "cycle": "2026", "participant": "lena"}
    answer = post(guild, "rewards/choices", me("ruth"), fields, auth_time=stale)
    assert answer.status == 401
    assert b"Sign in again" in answer.body


def test_a_coordinator_draws_and_confirms_the_bench(guild: PeopleSurface) -> None:
    page = kept("bench-master", guild.get(f"/p/{PROGRAM}/bench", me("imani")))
    assert "I offer to sit on the bench" in page
    assert "6 people offer" not in page
    assert post(guild, "bench/proposals", me("imani"), {}).status == 404
    assert post(guild, "bench/proposals", COORDINATOR, {}).status == 303
    kept("bench-proposal", guild.get(f"/p/{PROGRAM}/bench", COORDINATOR))
    shown = guild.get(f"/v1/programs/{PROGRAM}/bench", COORDINATOR).json()
    proposal = shown["proposal"]
    assert guild.get(f"/v1/programs/{PROGRAM}/bench", me("imani")).json()["proposal"] is None
    draw = f"/v1/programs/{PROGRAM}/draws/{proposal['draw_id']}"
    assert guild.get(draw, me("imani")).status == 404
    assert guild.get(draw, COORDINATOR).json()["faults"] == []
    chosen = [one["participant_id"] for one in proposal["chosen"]]
    fields = {"draw_id": proposal["draw_id"], "people": chosen}
    assert post(guild, "bench/confirmations", COORDINATOR, fields).status == 303
    again = post(guild, "bench/confirmations", COORDINATOR, fields)
    assert again.status == 409
    assert b"Somebody else has confirmed" in again.body
    page = kept("bench", guild.get(f"/p/{PROGRAM}/bench", me("wei")))
    assert all(f"{who.title()}" in page for who in chosen)


def test_a_coordinator_pairs_newcomers_and_ends_a_pairing(guild: PeopleSurface) -> None:
    assert post(guild, "pairings/proposals", COORDINATOR, {}).status == 303
    kept("pairings-proposal", guild.get(f"/p/{PROGRAM}/pairings", COORDINATOR))
    shown = guild.get(f"/v1/programs/{PROGRAM}/pairings", COORDINATOR).json()
    pairs = shown["proposal"]["pairs"]
    newcomers = [one["newcomer"]["participant_id"] for one in pairs]
    assert newcomers == ["kofi", "tomas"]
    fields = {"draw_id": shown["proposal"]["draw_id"], "people": newcomers}
    assert post(guild, "pairings/confirmations", COORDINATOR, fields).status == 303
    kept("pairings", guild.get(f"/p/{PROGRAM}/pairings", COORDINATOR))
    mine = guild.get(f"/v1/programs/{PROGRAM}/pairings", me("kofi")).json()
    assert [one["newcomer"]["participant_id"] for one in mine["pairings"]] == ["kofi"]
    assert mine["proposal"] is None
    kept("pairings-mine", guild.get(f"/p/{PROGRAM}/pairings", me("kofi")))
    ended = {"record_id": mine["pairings"][0]["record_id"], "seen_through": "true"}
    assert post(guild, "pairings/ends", me("kofi"), ended).status == 404
    assert post(guild, "pairings/ends", COORDINATOR, ended).status == 303
    assert post(guild, "pairings/ends", COORDINATOR, ended).status == 422
