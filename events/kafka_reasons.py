"""Why a Kafka cluster cannot be reached, in words for the person who set up the connection.

kafka-python raises that it gave up, after some time; what it met meanwhile it only logs.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

_LOGGER = "kafka.net.manager"

_CERTIFICATE = "it does not take our certificate, or asks for one"
_LOGIN = "it refuses the login: look at user name, password and mechanism"

# By the names or texts of the client's errors, the most specific first.
_WORDS = {
    "UnsupportedSaslMechanismError": "it does not offer this SASL mechanism there",
    "SaslAuthenticationFailedError": _LOGIN,
    "CERTIFICATE_VERIFY_FAILED": "its certificate is not one that the given CA file vouches for, "
    "or not for this host",
    "ALERT_CERTIFICATE_REQUIRED": _CERTIFICATE,  # a broker under a newer Java
    "SSLV3_ALERT": _CERTIFICATE,
    "UNEXPECTED_EOF": "it does not talk TLS there",
    "WRONG_VERSION_NUMBER": "it does not talk TLS there",
}
# What it means that a broker hangs up, by Kafka's name for how we talk to it.
_HUNG_UP = {
    "PLAINTEXT": "it ends the connection at once, as where TLS is expected",
    "SASL_SSL": _LOGIN,
}


class ConnectionErrors(logging.Handler):
    """The failures in the client's log while it tries to reach a cluster."""

    def __init__(self, protocol: str) -> None:
        super().__init__(logging.WARNING)
        self._protocol = protocol
        self._errors: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the errors of a line."""
        if isinstance(record.args, tuple):
            self._errors += [
                f"{type(value).__name__} {value}"
                for value in record.args
                if isinstance(value, Exception)
            ]

    @property
    def why(self) -> str:
        """The most specific reason, or "". It quotes neither a broker nor a library."""
        for sign, words in _WORDS.items():
            if any(sign in error for error in self._errors):
                return words
        hung_up = any("socket disconnected" in error for error in self._errors)
        return _HUNG_UP.get(self._protocol, "") if hung_up else ""


@contextmanager
def listening(protocol: str) -> Iterator[ConnectionErrors]:
    """Listen for the length of the block. `protocol`: Kafka's name for how we talk to it."""
    heard, logger = ConnectionErrors(protocol), logging.getLogger(_LOGGER)
    logger.addHandler(heard)
    try:
        yield heard
    finally:
        logger.removeHandler(heard)
