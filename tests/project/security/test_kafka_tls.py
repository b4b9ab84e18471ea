"""The engine on a Kafka cluster that wants TLS and a login, or a certificate: all of it, by three
clients, with settings alone."""

import json
from pathlib import Path

import pytest

from engine.local.apache_kafka import ApacheKafka
from engine.stream.offsets import topics
from engine.stream.offsets.topics import BrokerUnreachable
from events.publisher import Publisher
from tests.end_to_end.deployment import Deployment, wait_until
from tests.project.security.conftest import PLAIN_PASSWORD, SCRAM_PASSWORD, Files, Pki
from tests.project.security.settings import settings
from tests.support.given import meeting

WAYS = [
    "SCRAM-SHA-512",
    pytest.param("PLAIN", marks=pytest.mark.verify),
    pytest.param("certificate", marks=pytest.mark.verify),
]


def _way(way: str, pki: Pki) -> tuple[str, Files]:
    if way == "certificate":
        return "SSL", pki.mutual
    return "SASL_SSL", pki.login(way, PLAIN_PASSWORD if way == "PLAIN" else SCRAM_PASSWORD)


@pytest.mark.parametrize("way", WAYS)
def test_everything_works_over_tls_and_nothing_shows_a_secret(
    way: str, secured_kafka: ApacheKafka, pki: Pki, database_url: str, tmp_path: Path
) -> None:
    listener, files = _way(way, pki)
    quick = {"PARTITIONS": "1", "SESSION_SECONDS": "6", "LOG_LEVEL": "debug"}
    address = secured_kafka.addresses[listener]
    secured = Deployment(address, database_url, tmp_path, files | quick)
    assert "made" in secured.run("migrate").stdout
    secured.publish(*(meeting(f"m{n}", "ann", at=n) for n in range(1, 6)))
    with secured.working() as worker:
        wait_until(lambda: _done(secured.status()))
        assert worker.terminate() == 0

    assert [award["badge"] for award in secured.export()] == ["momentum"]
    listed = secured.run("doctor").stdout
    assert f"Kafka over {listener}" in listed
    assert "SECRET" not in worker.logged() + listed


def _done(status: dict[str, object]) -> bool:
    return (status["applied"], status["lag"], status["unpublished"]) == (5, 0, 0)


WRONG = {
    "password of PLAIN": ("SASL_SSL", "it refuses the login"),
    "password of SCRAM": ("SASL_SSL", "it refuses the login"),
    "authority": ("SASL_SSL", "its certificate is not one that the given CA file vouches for"),
    "no certificate": ("SSL", "it does not take our certificate, or asks for one"),
    "a stranger's certificate": ("SSL", "it does not take our certificate, or asks for one"),
    "no TLS": ("SASL_SSL", "it ends the connection at once, as where TLS is expected"),
    "TLS where there is none": ("PLAINTEXT", "it does not talk TLS there"),
}


def _files(wrong: str, pki: Pki) -> Files:
    return {
        "password of PLAIN": pki.login("PLAIN", "SECRET-and-wrong"),
        "password of SCRAM": pki.login("SCRAM-SHA-512", "SECRET-and-wrong"),
        "authority": pki.login("PLAIN", PLAIN_PASSWORD)
        | {"KAFKA_CA_FILE": str(pki.other.certificate)},
        "no certificate": pki.trusting,
        "a stranger's certificate": pki.trusting
        | {
            "KAFKA_CERTIFICATE_FILE": str(pki.stranger.certificate),
            "KAFKA_KEY_FILE": str(pki.stranger.key),
        },
        "no TLS": {},
        "TLS where there is none": pki.trusting,
    }[wrong]


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_wrong_is_said_in_words(
    wrong: str, secured_kafka: ApacheKafka, pki: Pki, monkeypatch: pytest.MonkeyPatch
) -> None:
    listener, words = WRONG[wrong]
    loaded = settings(monkeypatch, secured_kafka.addresses[listener], _files(wrong, pki))
    monkeypatch.setattr(topics, "_QUICKLY_MS", 1_500)
    with pytest.raises(BrokerUnreachable) as refusal:
        topics.cluster(loaded)
    assert str(refusal.value).startswith(f"Kafka at {loaded.bootstrap}: {words}")
    assert "SECRET" not in str(refusal.value)


def test_a_command_with_a_wrong_password_says_so_in_one_line_without_it(
    secured_kafka: ApacheKafka, pki: Pki, database_url: str, tmp_path: Path
) -> None:
    files = pki.login("SCRAM-SHA-512", "SECRET-and-wrong")
    address = secured_kafka.addresses["SASL_SSL"]
    wrong = Deployment(address, database_url, tmp_path, files)
    refused = wrong.run("migrate", code=1)
    (line,) = refused.stderr.splitlines()
    assert line == f"error: Kafka at {address}: it refuses the login: " + (
        "look at user name, password and mechanism"
    )
    assert refused.stdout == ""


def test_a_publisher_of_another_service_is_told_why(
    secured_kafka: ApacheKafka, pki: Pki, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = pki.login("PLAIN", "SECRET-and-wrong")
    security = settings(monkeypatch, "any:1", files).security
    address = secured_kafka.addresses["SASL_SSL"]
    with pytest.raises(Exception, match="Unable to bootstrap") as refusal:
        Publisher(address, source="/x", security=security, delivery_timeout=1.5)
    text = json.dumps([str(refusal.value), *refusal.value.__notes__])
    assert "it refuses the login" in text
    assert "SECRET" not in text
