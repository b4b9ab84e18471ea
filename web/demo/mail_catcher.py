"""A mail server of a demonstration: it delivers nothing, and shows in a browser what it was given.

Each mail is kept in a folder as it came (.eml) and as its HTML, with a list of all.
"""

import email.policy
import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from engine.local.ports import free_ports, port_or_another

_PORT = 8025
_LIST = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="color-scheme" content="light dark">
<meta name="viewport" content="width=device-width"><title>Mails</title>
<h1>{count} mails</h1>
<ul>
{lines}
</ul>
"""
_CONTENT_ID = re.compile(r'src="cid:[^"]*"')


class MailCatcher:
    """Keeps mails in a folder. `smtp_url`: where to send them; `url`: where to look at them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lines: list[str] = []
        self._smtp_port = free_ports(1)[0]
        self.port = port_or_another(_PORT)

    @property
    def smtp_url(self) -> str:
        """For BADGE_NOTIFIER_SMTP_URL."""
        return f"smtp://127.0.0.1:{self._smtp_port}"

    @property
    def url(self) -> str:
        """The list of mails."""
        return f"http://127.0.0.1:{self.port}/"

    @property
    def count(self) -> int:
        """How many mails came."""
        return len(self._lines)

    async def handle_DATA(  # noqa: N802  # called by aiosmtpd
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Keep a mail."""
        content = envelope.content
        assert isinstance(content, bytes)
        mail = message_from_bytes(content, policy=email.policy.default)
        assert isinstance(mail, EmailMessage)
        number = self.count + 1
        (self._folder / f"{number:03}.eml").write_bytes(content)
        shown = mail.get_body(("html", "plain"))
        page = "" if shown is None else shown.get_content()
        (self._folder / f"{number:03}.html").write_text(_CONTENT_ID.sub('src="data:,"', page))
        subject, to = html.escape(str(mail["Subject"])), html.escape(str(mail["To"]))
        self._lines.append(
            f'<li><a href="{number:03}.html">{subject}</a>, to {to}'
            f' (<a href="{number:03}.eml">as it came</a>)</li>'
        )
        self._write_list()
        return "250 kept"

    @contextmanager
    def running(self) -> Iterator["MailCatcher"]:
        """Take mails and show them for the length of the block."""
        self._folder.mkdir(parents=True, exist_ok=True)
        for old in (*self._folder.glob("*.eml"), *self._folder.glob("*.html")):
            old.unlink()
        self._write_list()
        controller = Controller(self, hostname="127.0.0.1", port=self._smtp_port)
        shown = ThreadingHTTPServer(
            ("127.0.0.1", self.port), partial(_Quiet, directory=str(self._folder))
        )
        Thread(target=shown.serve_forever, name="mails", daemon=True).start()
        controller.start()
        try:
            yield self
        finally:
            controller.stop()
            shown.shutdown()
            shown.server_close()

    def _write_list(self) -> None:
        text = _LIST.format(count=self.count, lines="\n".join(reversed(self._lines)))
        (self._folder / "index.html").write_text(text)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing: the terminal is for the demonstration."""
