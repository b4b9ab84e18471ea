"""What somebody from outside gives to be checked, and what is answered.

A text, a picture with one in it, or a link to a shared award here. Links to elsewhere are not
opened: nothing is fetched.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from credentials import baking
from credentials.baking import NoBakedCredential, PictureFault
from credentials.signing import SigningKeys
from credentials.verification import BadCredential, CredentialClaims, CredentialFault, verified
from web.sharing import public
from web.sharing.public import EndedShare, PublicAward, UnknownShare
from web.store import credentials
from web.store.credentials import StoredCredential
from web.views.moment import Moment


class LinkFault(Enum):
    """Why a link leads to no credential."""

    ELSEWHERE = "links to other sites are not opened"
    NOTHING_THERE = "there is no shared award at this link"


Fault = CredentialFault | PictureFault | LinkFault


@dataclass(frozen=True, slots=True)
class ValidCredential:
    """Ours, unchanged, not withdrawn. `share_id`: where the award is shown today; None while its
    program has no public pages."""

    claims: CredentialClaims
    share_id: str | None


@dataclass(frozen=True, slots=True)
class ExpiredCredential:
    """Ours, unchanged, not withdrawn, and past its end: `at`. `share_id` as of a valid one."""

    claims: CredentialClaims
    share_id: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class WithdrawnCredential:
    """Ours, but no longer good. `claims`: None of a link, whose page no longer says what was there;
    `at`: since when; None if that is only now seen."""

    claims: CredentialClaims | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class InvalidCredential:
    """No credential of ours, or one that says nothing now."""

    fault: Fault


Checked = ValidCredential | ExpiredCredential | WithdrawnCredential | InvalidCredential


@dataclass(frozen=True, slots=True)
class Checker:
    """Checks at one moment. `host`: scheme and host of our pages; `now`: the present."""

    moment: Moment
    keys: SigningKeys
    host: str
    now: datetime

    def file(self, content: bytes) -> Checked:
        """A picture, or a file with a credential as text."""
        try:
            text = baking.unbake(content) if baking.is_png(content) else content.decode()
        except NoBakedCredential as refused:
            return InvalidCredential(refused.fault)
        except UnicodeDecodeError:
            return InvalidCredential(CredentialFault.NO_CREDENTIAL)
        return self.credential(text)

    def text(self, text: str) -> Checked:
        """A credential, or a link to a shared award."""
        given = text.strip()
        begin = f"{self.host}/a/"
        if given.startswith(begin):
            return self.share(given.removeprefix(begin).partition("/")[0])
        if given.lower().startswith(("http://", "https://")):
            return InvalidCredential(LinkFault.ELSEWHERE)
        return self.credential(given)

    def share(self, share_id: str) -> Checked:
        """The credential of a shared award."""
        try:
            there = public.look(self.moment, share_id)
        except UnknownShare:
            return InvalidCredential(LinkFault.NOTHING_THERE)
        if isinstance(there, EndedShare):
            return WithdrawnCredential(None, None)
        assert there.credential.signed is not None, "what is shown is signed"
        return self.credential(there.credential.signed)

    def credential(self, text: str) -> Checked:
        """A credential as it was signed."""
        try:
            claims = verified(text, self.keys, self.host, self.now)
        except BadCredential as refused:
            return InvalidCredential(refused.fault)
        stored = credentials.find(self.moment.directory, str(claims.credential_id))
        if stored is None:
            return InvalidCredential(CredentialFault.NOT_RECORDED)
        if stored.revoked is not None:
            return WithdrawnCredential(claims, stored.revoked)
        return self._now(claims, stored)

    def _now(self, claims: CredentialClaims, stored: StoredCredential) -> Checked:
        """Whether the award is still held and shown: its list may be a moment behind. What was
        withdrawn was so before or after it expired, and counts less than what has only expired."""
        there = public.look(self.moment, stored.share_id)
        if isinstance(there, EndedShare) and there.why != "forbidden":
            return WithdrawnCredential(claims, None)
        share_id = there.share_id if isinstance(there, PublicAward) else None
        if claims.valid_until is not None and claims.has_expired(self.now):
            return ExpiredCredential(claims, share_id, claims.valid_until)
        return ValidCredential(claims, share_id)
