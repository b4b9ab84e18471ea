"""The proxy: passes all on, and refuses, falls silent and resets on command, with proof."""

import os
import socket
import threading
from collections.abc import Iterator

import pytest

from tests.integration.local.processes import wait_until
from tests.verification.faults.parts.echo import Echo, echo
from tests.verification.faults.parts.proxy import Proxy

pytestmark = pytest.mark.verify

SOON = 0.3  # seconds in which an echo would be there
LATE = 20.0


@pytest.fixture
def server() -> Iterator[Echo]:
    with echo() as running:
        yield running


@pytest.fixture
def proxy(server: Echo) -> Iterator[Proxy]:
    with Proxy(server.place) as running:
        yield running


def _client(proxy: Proxy) -> socket.socket:
    return socket.create_connection(("127.0.0.1", proxy.port), timeout=LATE)


def _echoes(client: socket.socket, data: bytes = b"kudos") -> bool:
    client.sendall(data)
    return _received(client, len(data)) == data


def _received(client: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size and (more := client.recv(size - len(data))):
        data += more
    return data


def _is_silent(client: socket.socket) -> bool:
    client.settimeout(SOON)
    try:
        client.recv(1)
    except TimeoutError:
        return True
    finally:
        client.settimeout(LATE)
    return False


def _assert_reset(client: socket.socket) -> None:
    with pytest.raises(ConnectionError):
        client.recv(1)


def test_what_is_sent_arrives_both_ways_however_much_it_is(proxy: Proxy) -> None:
    data = os.urandom(8_000_000)
    with _client(proxy) as client:
        sender = threading.Thread(target=client.sendall, args=(data,))
        sender.start()
        assert _received(client, len(data)) == data
        sender.join()
    assert proxy.counts.forwarded == 2 * len(data)
    assert proxy.counts.accepted == 1


def test_a_server_that_takes_no_more_holds_its_client_up_rather_than_fill_the_proxy() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        host, port = server.getsockname()
        with Proxy((host, port)) as proxy, _client(proxy) as client:
            connection, _ = server.accept()
            client.settimeout(SOON)
            with pytest.raises(TimeoutError):
                client.sendall(bytes(100_000_000))
            before = proxy.counts.forwarded
            assert before < 50_000_000
            assert len(connection.recv(8_000_000, socket.MSG_WAITALL)) == 8_000_000
            wait_until(lambda: proxy.counts.forwarded > before)
            connection.close()


def test_a_client_that_leaves_is_gone_for_the_server_too(proxy: Proxy, server: Echo) -> None:
    with _client(proxy) as client:
        assert _echoes(client)
        assert proxy.open == 1
    wait_until(lambda: server.ended == ["closed"])
    assert proxy.open == 0
    assert proxy.counts.reset == 0


def test_cut_resets_both_ends_of_what_is_open_and_serves_what_is_new(
    proxy: Proxy, server: Echo
) -> None:
    with _client(proxy) as first, _client(proxy) as second:
        assert _echoes(first)
        assert _echoes(second)
        assert proxy.cut() == 2
        _assert_reset(first)
        _assert_reset(second)
        wait_until(lambda: server.ended == ["reset", "reset"])
        with _client(proxy) as third:
            assert _echoes(third)
    assert proxy.counts.reset == 2


def test_refuse_turns_away_old_and_new_and_counts_them_until_healed(proxy: Proxy) -> None:
    with _client(proxy) as old:
        assert _echoes(old)
        assert proxy.refuse() == 1
        _assert_reset(old)
    with pytest.raises(ConnectionError), _client(proxy) as new:
        new.recv(1)
    assert (proxy.counts.refused, proxy.open) == (1, 0)
    assert proxy.heal() == 0
    with _client(proxy) as later:
        assert _echoes(later)


def test_a_blackhole_keeps_connections_open_and_lets_the_late_bytes_through_when_healed(
    proxy: Proxy, server: Echo
) -> None:
    with _client(proxy) as old:
        assert _echoes(old)
        assert proxy.blackhole() == 1
        with _client(proxy) as new:
            old.sendall(b"old")
            new.sendall(b"new")
            assert _is_silent(old)
            assert _is_silent(new)
            assert server.ended == []
            assert proxy.heal() == 2
            assert _received(old, 3) == b"old"
            assert _received(new, 3) == b"new"
    assert (proxy.counts.frozen, proxy.counts.held) == (2, 6)


def test_a_blackhole_can_end_with_a_reset_and_the_late_bytes_never_arrive(
    proxy: Proxy, server: Echo
) -> None:
    with _client(proxy) as client:
        assert _echoes(client)
        before = proxy.counts.forwarded
        proxy.blackhole()
        client.sendall(b"late")
        assert _is_silent(client)
        assert proxy.heal("reset") == 1
        _assert_reset(client)
        wait_until(lambda: server.ended == ["reset"])
    counts = proxy.counts
    assert (counts.held, counts.reset, counts.forwarded) == (4, 1, before)


def test_a_server_that_is_not_there_is_a_reset_and_counted(server: Echo) -> None:
    server.shutdown()  # or it would take one more connection while it is being closed
    server.server_close()
    with Proxy(server.place) as proxy:
        with pytest.raises(ConnectionError), _client(proxy) as client:
            client.recv(1)
        assert (proxy.counts.accepted, proxy.counts.unreachable, proxy.open) == (1, 1, 0)


def test_the_end_of_the_block_ends_all_connections_even_frozen_ones(server: Echo) -> None:
    with Proxy(server.place) as proxy:
        client = _client(proxy)
        assert _echoes(client)
        proxy.blackhole()
    with client:
        _assert_reset(client)
    wait_until(lambda: server.ended == ["reset"])
    with pytest.raises(ConnectionRefusedError):
        _client(proxy)
