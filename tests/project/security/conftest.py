"""Fixtures: certificates, and a Kafka cluster that wants them, or a login."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from confluent_kafka.admin import AdminClient
from confluent_kafka.admin._scram import (
    ScramCredentialInfo,
    ScramMechanism,
    UserScramCredentialUpsertion,
)

from engine.local.apache_kafka import ApacheKafka, apache_kafka
from tests.project.security.certificates import KEY_PASSWORD, Authority, Certificate
from tests.support.parts import entered_kafka

USER = "engine"
PLAIN_PASSWORD = "SECRET-of-plain"
SCRAM_PASSWORD = "SECRET-of-scram"

Files = dict[str, str]
_JAAS = "org.apache.kafka.common.security"


@dataclass(frozen=True)
class Pki:
    """Which authority signed what. `server` is for localhost; `stranger` is from another one."""

    authority: Authority
    other: Authority
    server: Certificate
    client: Certificate
    stranger: Certificate

    @property
    def trusting(self) -> Files:
        """Settings to trust the server, by their names after BADGE_ENGINE_."""
        return {"KAFKA_TLS": "true", "KAFKA_CA_FILE": str(self.authority.certificate)}

    @property
    def mutual(self) -> Files:
        """The same with a certificate of our own, its key locked."""
        return self.trusting | {
            "KAFKA_CERTIFICATE_FILE": str(self.client.certificate),
            "KAFKA_KEY_FILE": str(self.client.locked_key),
            "KAFKA_KEY_PASSWORD": KEY_PASSWORD,
        }

    def login(self, mechanism: str, password: str) -> Files:
        """The same with a login."""
        return self.trusting | {
            "KAFKA_SASL_MECHANISM": mechanism,
            "KAFKA_USERNAME": USER,
            "KAFKA_PASSWORD": password,
        }


@pytest.fixture(scope="session")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Pki:
    """The certificates of this run."""
    folder = tmp_path_factory.mktemp("pki")
    authority, other = Authority(folder / "authority"), Authority(folder / "other")
    server = authority.issue("localhost", "DNS:localhost", "IP:127.0.0.1")
    return Pki(authority, other, server, authority.issue(USER), other.issue(USER))


@pytest.fixture(scope="session")
def secured_kafka(pki: Pki, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApacheKafka]:
    """A broker that listens to SASL_SSL (PLAIN and SCRAM-SHA-512) and to SSL with certificates of
    clients. (Plaintext is there for its set-up.)"""
    keystore = tmp_path_factory.mktemp("broker") / "server.pem"
    keystore.write_text(pki.server.both)
    plain = f'{_JAAS}.plain.PlainLoginModule required user_{USER}="{PLAIN_PASSWORD}";'
    options = {
        "ssl.keystore.type": "PEM",
        "ssl.keystore.location": str(keystore),
        "ssl.truststore.type": "PEM",
        "ssl.truststore.location": str(pki.authority.certificate),
        "listener.name.ssl.ssl.client.auth": "required",
        "sasl.enabled.mechanisms": "PLAIN,SCRAM-SHA-512",
        "listener.name.sasl_ssl.plain.sasl.jaas.config": plain,
        "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config": (
            f"{_JAAS}.scram.ScramLoginModule required;"
        ),
    }
    with ExitStack() as stack:
        kafka = entered_kafka(stack, apache_kafka(options, ["SASL_SSL", "SSL"]))
        _add_scram_user(kafka.bootstrap)
        yield kafka


def _add_scram_user(bootstrap: str) -> None:
    secret = ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096)
    wanted = UserScramCredentialUpsertion(USER, secret, SCRAM_PASSWORD.encode())
    admin = AdminClient({"bootstrap.servers": bootstrap})
    for done in admin.alter_user_scram_credentials([wanted]).values():
        done.result(30)
