"""The address that a web process listens at."""

import os
import socket

from web.settings import WebSettings


class AddressTaken(Exception):
    """The address to listen at cannot be had."""


def listening(settings: WebSettings) -> socket.socket:
    """A socket there. Raises AddressTaken."""
    host, port = settings.address
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise AddressTaken(
            f"BADGE_WEB_BIND={settings.bind}: {os.strerror(error.errno or 0)}"
        ) from None
