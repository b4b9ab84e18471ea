"""A letter as bytes for a mail server: text and HTML, with the headers of a notification."""

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from typing import Any

import jinja2

from notifier.channels.email.letter import Letter
from notifier.rules.wording import one_line

_LISTED = ("list-unsubscribe", "list-unsubscribe-post", "message-id")


class _Policy(EmailPolicy):
    """Lines of 7 bits. Addresses of the web stay whole: folded by the rules for words, a long one
    would be encoded, and no mail program would read it."""

    def fold(self, name: str, value: Any) -> str:
        """A header as lines."""
        if name.lower() in _LISTED:
            return f"{name}: {value}".replace(", ", ",\r\n ") + "\r\n"
        return str(super().fold(name, value))

    def fold_binary(self, name: str, value: Any) -> bytes:
        """The same as bytes."""
        if name.lower() in _LISTED:
            return self.fold(name, value).encode("ascii")
        return super().fold_binary(name, value)


_WIRE = _Policy(linesep="\r\n", cte_type="7bit")

_TEMPLATES = jinja2.Environment(
    loader=jinja2.PackageLoader("notifier.channels.email", "templates"),
    autoescape=jinja2.select_autoescape(["html"]),
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


class BadAddress(Exception):
    """What the directory has is no address that a mail can go to. Never quotes it."""


@dataclass(frozen=True, slots=True)
class MailEnvelope:
    """Whom a letter is from and to. `sender`: the address of every letter; `mailto`: one that ends
    e-mails, if there is one."""

    sender: str
    program_name: str
    recipient: str
    recipient_name: str
    message_id: str
    date: datetime
    settings_link: str
    mailto: str | None = None


def domain_of(sender: str) -> str:
    """The domain of an address."""
    return sender.rpartition("@")[2]


def compose(letter: Letter, envelope: MailEnvelope) -> EmailMessage:
    """The message. Raises BadAddress for a recipient that can have none."""
    message = EmailMessage(policy=_WIRE)
    message["From"] = _address(envelope.sender, envelope.program_name)
    message["To"] = _address(envelope.recipient, envelope.recipient_name)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(envelope.date)
    message["Message-ID"] = envelope.message_id
    message["Auto-Submitted"] = "auto-generated"
    if letter.unsubscribe is not None:
        ways = [f"<{letter.unsubscribe}>"]
        if envelope.mailto is not None:
            ways.append(f"<mailto:{envelope.mailto}?subject=unsubscribe>")
        message["List-Unsubscribe"] = ", ".join(ways)
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    values = {
        "letter": letter,
        "program": one_line(envelope.program_name),
        "settings": envelope.settings_link,
        "colours": COLOURS,
    }
    message.set_content(_TEMPLATES.get_template("letter.txt").render(values))
    message.add_alternative(_TEMPLATES.get_template("letter.html").render(values), subtype="html")
    return message


def _address(address: str, name: str) -> Address:
    local, at, domain = address.rpartition("@")
    try:
        ascii_domain = domain.encode("idna").decode() if at and domain else ""
        local.encode("ascii")
        known = Address(one_line(name), addr_spec=f"{local}@{ascii_domain}")
    except (ValueError, IndexError, AttributeError):
        raise BadAddress("it cannot stand in a message") from None
    except Exception as error:  # email.errors are many, of no common class but this
        if type(error).__module__ != "email.errors":
            raise
        raise BadAddress("it cannot be read") from None
    if not local or not ascii_domain:
        raise BadAddress("it cannot be read")
    return known


COLOURS = {
    "bronze": ("#A9683A", "#E3B48E", "#4A2810"),
    "silver": ("#7C8791", "#D3DAE0", "#2A3238"),
    "gold": ("#B8860B", "#F3D074", "#4A3500"),
    "plain": ("#0F5C4C", "#BFE3D6", "#0B3B31"),
    "trust": ("#3473B4", "#3473B4", "#FFFFFF"),
    "networking": ("#865CC4", "#865CC4", "#FFFFFF"),
    "expertise": ("#B5651D", "#B5651D", "#FFFFFF"),
    "commitment": ("#1E7F5C", "#1E7F5C", "#FFFFFF"),
    "creativity": ("#C2416B", "#C2416B", "#FFFFFF"),
}
"""Rim, face and mark, the same in both themes, as badges have them on pages."""
