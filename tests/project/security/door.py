"""A TCP door to a PostgreSQL server on a Unix socket, with TLS or without.

It stands for a server with `ssl = on`: the embedded one is built without OpenSSL. A client's
first word is whether it may have TLS; the door answers that, and passes on what follows.
"""

import selectors
import socket
import ssl
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_SSL_REQUEST = struct.pack("!ii", 8, 80877103)
_GSS_REQUEST = struct.pack("!ii", 8, 80877104)


@contextmanager
def door(path: str, context: ssl.SSLContext | None = None) -> Iterator[int]:
    """A door to the socket at `path` for the length of the block; gives its port on 127.0.0.1."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=_serve, args=(listener, path, context), daemon=True).start()
        try:
            yield listener.getsockname()[1]
        finally:
            listener.shutdown(socket.SHUT_RDWR)


def _serve(listener: socket.socket, path: str, context: ssl.SSLContext | None) -> None:
    with suppress(OSError):  # the door was closed
        while True:
            client, _ = listener.accept()
            threading.Thread(target=_lead, args=(client, path, context), daemon=True).start()


def _lead(client: socket.socket, path: str, context: ssl.SSLContext | None) -> None:
    server = socket.socket(socket.AF_UNIX)
    with client, server, suppress(OSError):
        server.connect(path)
        while (word := client.recv(8, socket.MSG_PEEK)) in (_SSL_REQUEST, _GSS_REQUEST):
            client.recv(8)
            if word == _SSL_REQUEST and context is not None:
                client.sendall(b"S")
                client = context.wrap_socket(client, server_side=True)
                break
            client.sendall(b"N")
        with client:
            _pass_on(client, server)


def _pass_on(client: socket.socket, server: socket.socket) -> None:
    other = {client: server, server: client}
    with selectors.DefaultSelector() as ready:
        ready.register(client, selectors.EVENT_READ)
        ready.register(server, selectors.EVENT_READ)
        while True:
            for key, _ in ready.select():
                source = client if key.fileobj is client else server
                while data := source.recv(65_536):
                    other[source].sendall(data)
                    # What TLS has read and not yet given, no selector sees.
                    if not isinstance(source, ssl.SSLSocket) or not source.pending():
                        break
                else:
                    return
