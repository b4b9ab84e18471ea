"""How to prove oneself to a Kafka cluster, and how to keep others from listening."""

from dataclasses import dataclass, field

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

    @property
    def protocol(self) -> str:
        """Kafka's name for the combination."""
        if not self.tls:
            return "PLAINTEXT"
        return "SSL" if self.sasl_mechanism is None else "SASL_SSL"

    def kafka_python_options(self) -> dict[str, str]:
        """The settings in kafka-python's words, only those that are set."""
        options = {
            "security_protocol": self.protocol,
            "ssl_cafile": self.ca_file,
            "ssl_certfile": self.certificate_file,
            "ssl_keyfile": self.key_file,
            "ssl_password": self.key_password,
            "sasl_mechanism": self.sasl_mechanism,
            "sasl_plain_username": self.username,
            "sasl_plain_password": self.password,
        }
        return {name: value for name, value in options.items() if value is not None}
