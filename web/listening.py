"""The address that a web process listens at."""

import os
import socket

from web.settings import WebSettings

_BACKLOG = 2048


class AddressTaken(Exception):
    """The address to listen at cannot be had."""


def listening(settings: WebSettings) -> socket.socket:
    """A socket there. Raises AddressTaken."""
    host, port = settings.address
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # TCP by name: asyncio sends small answers at once only where it sees that (40 ms otherwise).
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        raise AddressTaken(
            f"BADGE_WEB_BIND={settings.bind}: {os.strerror(error.errno or 0)}"
        ) from None
    return listener
