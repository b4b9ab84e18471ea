"""A real mail server on a loopback address, which does with mail what a test says.

Its mails are read back with the standard library's parser.
"""

import asyncio
import email.policy
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

Behaviour = Callable[[str], str | None]
"""What the server answers at a step, by the recipient's address; None: as usual."""


def as_usual(_address: str) -> None:
    """Accepts."""


@dataclass(frozen=True)
class Arrived:
    """A mail as it came: the parsed message, its bytes, and to whom."""

    message: EmailMessage
    raw: bytes
    to: str

    @property
    def id(self) -> str:
        """Its Message-ID."""
        return str(self.message["Message-ID"])

    @property
    def text(self) -> str:
        """The part in plain text."""
        return self._part("plain")

    @property
    def html(self) -> str:
        """The part in HTML."""
        return self._part("html")

    def _part(self, kind: str) -> str:
        part = self.message.get_body((kind,))
        assert part is not None
        assert part.get_content_type() == f"text/{kind}"
        return str(part.get_content())


@dataclass
class MailServer:
    """The server: what it answers, and what came. `data` decides before the mail is kept, `after`
    when it is kept, so that a mail can be there although its sender hears otherwise."""

    rcpt: Behaviour = as_usual
    data: Behaviour = as_usual
    after: Behaviour = as_usual
    mail: Behaviour = as_usual
    hang: str = ""
    """A step at which it says nothing more: rcpt, or data."""
    arrived: list[Arrived] = field(default_factory=list)
    conversations: int = 0
    port: int = 0

    @property
    def url(self) -> str:
        """Its address."""
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, answers: list[str]
    ) -> list[str]:
        self.conversations += 1
        session.host_name = hostname
        return answers

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        refusal = self.mail(address)
        if refusal is not None:
            return refusal
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.hang == "rcpt":
            await asyncio.Event().wait()
        refusal = self.rcpt(address)
        if refusal is not None:
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        (to,) = envelope.rcpt_tos
        refusal = self.data(to)
        if refusal is not None:
            return refusal
        raw = envelope.original_content
        assert raw is not None
        message = message_from_bytes(raw, policy=email.policy.default)
        self.arrived.append(Arrived(message, raw, to))
        if self.hang == "data":
            await asyncio.Event().wait()
        return self.after(to) or "250 OK"


@contextmanager
def mail_server(
    tls: ssl.SSLContext | None = None, port: int = 0, **behaviour: Any
) -> Iterator[MailServer]:
    """A server for the length of the block. `tls`: what it offers by STARTTLS, and requires."""
    server = MailServer(**behaviour)
    loop = asyncio.new_event_loop()

    def protocol() -> SMTP:
        return SMTP(
            server, hostname="mail.test", loop=loop, tls_context=tls, require_starttls=bool(tls)
        )

    listening = loop.run_until_complete(loop.create_server(protocol, "127.0.0.1", port))
    server.port = listening.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield server
    finally:
        asyncio.run_coroutine_threadsafe(_end(listening), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _end(listening: asyncio.Server) -> None:
    """Close the listener and every conversation."""
    listening.close()
    ours = asyncio.current_task()
    tasks = [task for task in asyncio.all_tasks() if task is not ours]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
