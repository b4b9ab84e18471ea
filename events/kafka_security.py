"""How to prove oneself to a Kafka cluster, and how to keep others from listening."""

import ssl
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

MECHANISMS = ("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512")


@dataclass(frozen=True, slots=True)
class Security:
    """TLS and SASL settings. Files are PEM; without `ca_file` the system's authorities count.

    SASL without TLS is refused with ValueError: it would send the login in the clear.
    """

    tls: bool = False
    ca_file: str | None = None
    certificate_file: str | None = None
    key_file: str | None = None
    key_password: str | None = field(default=None, repr=False)
    sasl_mechanism: str | None = None
    username: str | None = None
    password: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if self.sasl_mechanism is None:
            if self.username is not None or self.password is not None:
                raise ValueError(
                    "a username or password without sasl_mechanism would be ignored; "
                    f"set sasl_mechanism to one of {', '.join(MECHANISMS)}"
                )
        elif self.sasl_mechanism not in MECHANISMS:
            raise ValueError(f"sasl_mechanism must be one of {', '.join(MECHANISMS)}")
        elif not self.tls:
            raise ValueError("SASL without TLS would send the login in the clear; set tls=True")
        elif self.username is None or self.password is None:
            raise ValueError("SASL needs a username and a password")
        if self.key_file is not None and self.certificate_file is None:
            raise ValueError("a key_file without certificate_file would be ignored; set both")
        files = (self.ca_file, self.certificate_file)
        if not self.tls and any(file is not None for file in files):
            raise ValueError("a ca_file or certificate_file without TLS would be ignored; set tls")

    @property
    def protocol(self) -> str:
        """Kafka's name for the combination."""
        if not self.tls:
            return "PLAINTEXT"
        return "SSL" if self.sasl_mechanism is None else "SASL_SSL"

    def context(self) -> ssl.SSLContext:
        """What TLS needs. Raises ValueError for a file that cannot be used, naming it."""
        files = {"ca": self.ca_file, "certificate": self.certificate_file, "key": self.key_file}
        for name, file in files.items():
            if file is not None and not Path(file).is_file():
                raise ValueError(f"{name}_file: there is no file {file}")
        try:
            context = ssl.create_default_context(cafile=self.ca_file)
        except OSError:
            raise ValueError(f"ca_file: {self.ca_file} holds no certificate in PEM") from None
        if self.certificate_file is not None:
            try:
                # Without a password, OpenSSL would ask the terminal for one.
                context.load_cert_chain(
                    self.certificate_file, self.key_file, self.key_password or ""
                )
            except OSError:
                raise ValueError(
                    "certificate_file, key_file: the two are not a certificate in PEM and its key, "
                    "or key_password does not open the key"
                ) from None
        return context

    def kafka_python_options(self) -> dict[str, Any]:
        """The settings in kafka-python's words, only those that are set. Raises ValueError as
        `context` does."""
        options = {
            "security_protocol": self.protocol,
            "ssl_context": self.context() if self.tls else None,
            "sasl_mechanism": self.sasl_mechanism,
            "sasl_plain_username": self.username,
            "sasl_plain_password": self.password,
        }
        return {name: value for name, value in options.items() if value is not None}

    def librdkafka_options(self) -> dict[str, str]:
        """The settings in librdkafka's words, only those that are set."""
        options = {
            "security.protocol": self.protocol,
            "ssl.ca.location": self.ca_file,
            "ssl.certificate.location": self.certificate_file,
            "ssl.key.location": self.key_file,
            "ssl.key.password": self.key_password,
            "sasl.mechanism": self.sasl_mechanism,
            "sasl.username": self.username,
            "sasl.password": self.password,
        }
        return {name: value for name, value in options.items() if value is not None}
