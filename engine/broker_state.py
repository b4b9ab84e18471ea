"""What probes say of Kafka: whether somebody answers at one of its addresses."""

import socket

from engine.probes import READY

_AWAY = "away"
_SECONDS = 1.0


def of_kafka(bootstrap: str | None) -> str:
    """Ready or away. `bootstrap`: addresses, host:port, separated by commas; None: not set."""
    for address in (bootstrap or "").split(","):
        host, _, port = address.strip().rpartition(":")
        if not host or not port.isdigit():
            continue
        try:
            with socket.create_connection((host.strip("[]"), int(port)), _SECONDS):
                return READY
        except OSError:
            continue
    return _AWAY
