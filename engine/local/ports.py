"""Free TCP ports for servers that are started and started again."""

import random
import socket

# Below the range the system takes for outgoing connections (from 32768 on Linux, 49152 on macOS):
# a client that keeps trying while a server is down must not be given the server's own port.
_CANDIDATES = range(20_000, 30_000)


def free_ports(count: int) -> list[int]:
    """`count` different ports on 127.0.0.1 that nobody listens on at present."""
    ports: list[int] = []
    for port in random.sample(_CANDIDATES, len(_CANDIDATES)):
        if len(ports) == count:
            break
        if _is_free(port):
            ports.append(port)
    return ports


def port_or_another(port: int) -> int:
    """This port of 127.0.0.1 if nobody listens on it, else a free one."""
    return port if _is_free(port) else free_ports(1)[0]


def _is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
