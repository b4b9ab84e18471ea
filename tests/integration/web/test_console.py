"""The console on a real database: what operators read and do, and what nobody else learns."""

import json

import pytest

from engine.queries import status_json
from tests.integration.cli.ingest import tell
from tests.integration.web.ops_surface import OpsSurface
from tests.integration.web.people_surface import OPS, coordinator, participant, service
from tests.support.asgi import WebAnswer
from tests.support.given import kudos, meeting

SECRET = "nobody else may read this"
SELF_KUDOS = kudos("k1", "ann", "ann", "trust", message=SECRET)
BROKEN = b"{\x1b[31m"
OTHERS = (participant("program", "ann"), coordinator("program"), service("program"))

API = (
    "/v1/ops/status",
    "/v1/ops/dead-letters",
    "/v1/ops/dead-letters/1",
    "/v1/ops/generations",
    "/v1/ops/generations/1/diff",
    "/v1/ops/jobs/7d0c9d5e-7f0a-4d3a-9a7e-000000000000",
    "/v1/ops/audit",
    "/v1/ops/audit/verification",
)
PAGES = (
    "/",
    "/ops",
    "/ops/partitions/0",
    "/ops/dead-letters",
    "/ops/dead-letters/1",
    "/ops/jobs/7d0c9d5e-7f0a-4d3a-9a7e-000000000000",
    "/ops/replay",
    "/ops/replay/1",
    "/ops/audit",
)


@pytest.fixture(scope="module")
def refused(ops: OpsSurface) -> OpsSurface:
    """With three refused records of two reasons."""
    tell(ops.console.pool, SELF_KUDOS, BROKEN, meeting("m1", "ann", "ben"), BROKEN)
    return ops


def test_who_is_no_operator_finds_nothing_at_the_console(refused: OpsSurface) -> None:
    """Whatever else they are, and whether it is there or not: one answer, byte for byte."""
    for paths, absent in ((API, "/v1/ops/nothing"), (PAGES, "/ops/nothing")):
        answers = [refused.get(path, *OTHERS) for path in paths] + [refused.get(absent)]
        assert {answer.status for answer in answers} == {404}
        assert len({_bare(answer) for answer in answers}) == 1


def test_strangers_are_asked_to_sign_in(refused: OpsSurface) -> None:
    assert {refused.client.ask("GET", path).status for path in API} == {401}
    assert {refused.client.ask("GET", path).status for path in PAGES} == {303}


def test_an_operator_signs_in_with_a_cookie_of_their_own(refused: OpsSurface) -> None:
    cookie = refused.sign_in(OPS)
    there = {"cookie": f"__Host-badges-ops={cookie}"}
    assert refused.client.ask("GET", "/", there).header("location") == "/ops"
    assert refused.client.ask("GET", "/ops", there).status == 200
    assert refused.client.ask("GET", "/ops", {"cookie": f"__Host-badges={cookie}"}).status == 303
    with refused.transaction() as tx:
        assert tx.rows("SELECT count(*) FROM web.sessions") == [(0,)]
    crossing = there | {"sec-fetch-site": "cross-site"}
    assert refused.client.ask("POST", "/ops/dead-letters/1/redrive", crossing).status == 403


def test_the_status_is_what_the_command_says_and_names_what_is_wrong(refused: OpsSurface) -> None:
    """Without Kafka: cursors as they are, ends unknown, and that Kafka is away."""
    answer = refused.get("/v1/ops/status")
    assert answer.status == 200
    shown = answer.json()
    said = status_json.values(refused.console.look().status, lambda topic: f"mentoring.{topic}")
    assert said.keys() <= shown.keys()
    assert shown["open_dead_letters"] == {"invalid": 1, "malformed": 2}
    assert [(p["partition"], p["cursor"], p["end"], p["lag"]) for p in shown["partitions"]] == [
        (0, 4, None, None)
    ]
    assert shown["kafka"]["asked"] is None
    assert {trouble["see"] for trouble in shown["troubles"]} == {
        "Kafka does not answer", "The worker ends with exit code 1", "Dead letters",
    }  # fmt: skip


def test_refused_records_are_listed_newest_first_without_what_they_hold(
    refused: OpsSurface,
) -> None:
    first = refused.get("/v1/ops/dead-letters?limit=2")
    assert [entry["id"] for entry in first.json()["items"]] == [3, 2]
    last = refused.get(f"/v1/ops/dead-letters?limit=2&after={first.json()['next']}").json()
    assert [(entry["id"], entry["reason"]) for entry in last["items"]] == [(1, "invalid")]
    assert last["next"] is None
    only = refused.get("/v1/ops/dead-letters?reason=malformed&partition=0").json()["items"]
    assert [entry["id"] for entry in only] == [3, 2]
    for path in ("/v1/ops/dead-letters", "/v1/ops/dead-letters/1", "/ops/dead-letters/1"):
        text = refused.get(path).text
        assert SECRET not in text
        assert "kudos_id" not in text


@pytest.mark.parametrize(
    "id", ["0", "-1", "1.0", "01", "99999999999999999999", "x", "%00", "1%2F2", "999", "1e3", "١"]
)
def test_an_id_that_none_has_is_not_found(refused: OpsSurface, id: str) -> None:
    id = id if id.isascii() else "%D9%A1"
    for path in (f"/v1/ops/dead-letters/{id}", f"/ops/dead-letters/{id}", f"/v1/ops/jobs/{id}"):
        assert refused.get(path).status == 404
    for path in (f"/v1/ops/dead-letters/{id}/reveal", f"/v1/ops/partitions/{id}/resume"):
        status = refused.post(path, {"reason": "why"} if "reveal" in path else {"because": "x"})
        assert status.status in (404, 409), path
    assert refused.get(f"/v1/ops/generations/{id}/diff").status == 404


def test_what_a_record_holds_is_shown_once_that_is_written_down(refused: OpsSurface) -> None:
    answer = refused.post("/v1/ops/dead-letters/1/reveal", {"reason": "a publisher asks"})
    assert answer.status == 200
    shown = answer.json()
    assert SECRET not in answer.text
    assert json.loads(shown["value"])["data"]["message"] == "(private note)"
    assert json.loads(shown["value"])["data"]["kudos_id"] == "k1"
    assert [json.loads(details) for _, _, details in refused.audited("reveal")] == [
        {"dead_letter": 1}
    ]
    assert refused.audited("reveal")[0][:2] == ("ada", "a publisher asks")
    page = refused.form("/ops/dead-letters/1/reveal", reason="again")
    assert "kudos_id" in page.text
    assert SECRET not in page.text
    assert len(refused.audited("reveal")) == 2
    assert "\\u001b" in refused.form("/ops/dead-letters/2/reveal", reason="odd").text


@pytest.mark.parametrize("reason", ["", "   ", "x" * 201, "a\x07b"])
def test_nothing_is_shown_or_closed_without_a_readable_reason(
    refused: OpsSurface, reason: str
) -> None:
    before = [*refused.audited("reveal"), *refused.audited("discard")]
    assert refused.post("/v1/ops/dead-letters/1/reveal", {"reason": reason}).status == 422
    discarding = {"ids": [1], "because": reason}
    assert refused.post("/v1/ops/dead-letters/discard", discarding).status == 422
    assert refused.post("/v1/ops/dead-letters/discard", {"ids": [1]}).status == 422
    shown = refused.form("/ops/dead-letters/1/reveal", reason=reason)
    assert shown.status == 422
    assert "kudos_id" not in shown.text
    assert refused.form("/ops/dead-letters/1/discard", because=reason).status == 422
    assert refused.form("/ops/dead-letters/discard", because=reason).status == 422
    assert [*refused.audited("reveal"), *refused.audited("discard")] == before


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"ids": []},
        {"ids": [0]},
        {"ids": [2**63]},
        {"ids": ["x"]},
        {"ids": list(range(1, 502))},
        {"ids": [1], "all": True},
        {"reason": "none such"},
        {"all": True, "more": 1},
        {"partition": -1},
    ],
)
def test_a_choice_must_say_which_records(refused: OpsSurface, body: object) -> None:
    assert refused.post("/v1/ops/dead-letters/redrive", body).status == 422


def test_a_partition_that_reads_on_is_not_resumed(refused: OpsSurface) -> None:
    answer = refused.post("/v1/ops/partitions/0/resume", {"because": "mended"})
    assert (answer.status, answer.json()["type"].rpartition("/")[2]) == (409, "not-ready")
    assert refused.get("/ops/partitions/0").status == 404


def test_the_audit_log_is_paged_and_checked(refused: OpsSurface) -> None:
    refused.post("/v1/ops/dead-letters/1/reveal", {"reason": "one more"})
    shown = refused.get("/v1/ops/audit?limit=1").json()
    assert [(entry["action"], entry["by"]) for entry in shown["items"]] == [("reveal", "ada")]
    assert refused.get(f"/v1/ops/audit?after={shown['next']}").status == 200
    checked = refused.get("/v1/ops/audit/verification").json()
    assert (checked["entry"], checked["broken"]) == (None, None)
    assert "as it was written" in refused.get("/ops/audit?check=true").text
    with refused.transaction() as tx:
        tx.execute("ALTER TABLE audit_log DISABLE TRIGGER USER")
        tx.execute("UPDATE audit_log SET reason = 'another' WHERE id = 1")
    try:
        assert refused.get("/v1/ops/audit/verification").json()["entry"] == 1
        assert "not as it was written" in refused.get("/ops/audit?check=true").text
    finally:
        with refused.transaction() as tx:
            tx.execute("UPDATE audit_log SET reason = 'a publisher asks' WHERE id = 1")
            tx.execute("ALTER TABLE audit_log ENABLE TRIGGER USER")


def test_one_is_discarded_at_once_and_says_what_became_of_others(refused: OpsSurface) -> None:
    body = {"ids": [3, 4_711], "because": "sent by mistake"}
    answer = refused.post("/v1/ops/dead-letters/discard", body)
    assert (answer.status, answer.json()) == (
        200, {"discarded": [3], "already": 0, "unknown": [4_711]},
    )  # fmt: skip
    assert refused.audited("discard")[-1][:2] == ("ada", "sent by mistake")
    assert refused.get("/v1/ops/dead-letters/3").json()["note"] == "sent by mistake"


def _bare(answer: WebAnswer) -> tuple[object, ...]:
    """An answer without what differs from each to the next."""
    text = answer.text
    for part in text.split("urn:uuid:")[1:]:
        text = text.replace(part[:36], "")
    headers = [(n, v) for n, v in answer.headers if n not in ("date", "content-length")]
    return answer.status, tuple(headers), text
