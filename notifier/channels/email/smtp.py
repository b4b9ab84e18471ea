"""Conversations with a mail server: one message at a time, each within a bounded time.

What the server says may quote an address, so of its words only the codes go further.
"""

import asyncio
import re
import ssl
from dataclasses import dataclass
from types import TracebackType
from typing import Literal, Self

import aiosmtplib
from aiosmtplib import SMTPException, SMTPResponseException, SMTPServerDisconnected

from notifier.channels.email.server import SmtpServer

SECONDS = 60.0
"""For a whole message, from its sender to the server's word that it has it."""

_ENHANCED = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
_FULL = 552
"""On a recipient: a mailbox that is full. It may have room again."""


class SmtpAway(Exception):
    """There is no mail server to speak with: it does not answer, lets us not in, or cannot
    encrypt."""


Outcome = Literal["accepted", "later", "address", "message", "in-doubt"]
"""accepted: the server has it · later: it does not want it now · address, message: it wants it
never, because of the recipient or of what it is · in-doubt: it may have it."""


@dataclass(frozen=True, slots=True)
class Reply:
    """How it went. `why`: the server's codes, or what happened; never its words."""

    outcome: Outcome
    why: str


class SmtpSession:
    """Messages to one server, over one connection while there is something to send. Not for
    several threads. `seconds`: for connecting, and for each message."""

    def __init__(
        self,
        server: SmtpServer,
        local_hostname: str,
        seconds: float = SECONDS,
        tls_context: ssl.SSLContext | None = None,
    ) -> None:
        self._server = server
        self._local_hostname = local_hostname
        self._seconds = seconds
        self._tls_context = tls_context
        self._runner = asyncio.Runner()
        self._client: aiosmtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.rest()
        self._runner.close()

    def connect(self) -> None:
        """Be connected. Raises SmtpAway."""
        if self._client is None or not self._client.is_connected:
            self._client = self._runner.run(self._connected())

    def send(self, sender: str, recipient: str, message: bytes) -> Reply:
        """Hand a message over. A connection that was lost while it rested is made again. Raises
        SmtpAway: nothing of it was sent."""
        kept = self._client is not None and self._client.is_connected
        self.connect()
        reply = self._runner.run(self._sent(sender, recipient, message))
        if reply is None and kept:
            self.connect()
            reply = self._runner.run(self._sent(sender, recipient, message))
        return reply or Reply("later", "the connection was lost")

    def rest(self) -> None:
        """End the connection until there is more to send."""
        if self._client is not None:
            self._runner.run(_quit(self._client))
            self._client = None

    async def _connected(self) -> aiosmtplib.SMTP:
        server = self._server
        client = aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            username=server.user,
            password=server.password,
            use_tls=server.tls,
            start_tls=server.starttls,
            local_hostname=self._local_hostname,
            timeout=self._seconds,
            tls_context=self._tls_context,
        )
        try:
            async with asyncio.timeout(self._seconds):
                await client.connect()
        except SMTPResponseException as error:
            codes = _codes(error.code, error.message)
            raise SmtpAway(f"the mail server refuses us: {codes}") from None
        except (SMTPException, OSError, TimeoutError, ValueError) as error:
            raise SmtpAway(f"the mail server is away: {_named(error)}") from None
        return client

    async def _sent(self, sender: str, recipient: str, message: bytes) -> Reply | None:
        """How it went; None if the connection was lost before any of the message was sent."""
        assert self._client is not None
        client, step = self._client, "sender"
        try:
            async with asyncio.timeout(self._seconds):
                await client.mail(sender)
                step = "recipient"
                await client.rcpt(recipient)
                step = "message"
                await client.data(message)
        except SMTPResponseException as error:
            if client.is_connected:
                await _reset(client)
            return Reply(_refusal(step, error.code), _codes(error.code, error.message))
        except (SMTPException, OSError, TimeoutError) as error:
            client.close()
            if step == "message":
                return Reply("in-doubt", _named(error))
            if isinstance(error, SMTPServerDisconnected | ConnectionError):
                return None
            return Reply("later", _named(error))
        return Reply("accepted", "")


def _refusal(step: str, code: int) -> Outcome:
    if code < 500 or step == "sender" or (step == "recipient" and code == _FULL):
        return "later"
    return "address" if step == "recipient" else "message"


async def _reset(client: aiosmtplib.SMTP) -> None:
    """Leave nothing of a message that was refused; give the connection up if that fails."""
    try:
        async with asyncio.timeout(5):
            await client.rset()
    except (SMTPException, OSError, TimeoutError):
        client.close()


async def _quit(client: aiosmtplib.SMTP) -> None:
    try:
        async with asyncio.timeout(2):
            await client.quit()
    except (SMTPException, OSError, TimeoutError):
        client.close()


def _codes(code: int, text: str) -> str:
    enhanced = _ENHANCED.search(text)
    return f"{code} {enhanced.group()}" if enhanced else str(code)


def _named(error: Exception) -> str:
    """What happened, by its kind: texts of errors may quote what was sent."""
    if isinstance(error, TimeoutError):
        return "no answer in time"
    if isinstance(error, SMTPServerDisconnected):
        return "the connection was lost"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    cause = error.__cause__
    if isinstance(cause, OSError) and cause.strerror:
        return cause.strerror
    return type(error).__name__
