"""What can go wrong with a request: RFC 9457 problem details, and one exception that carries them.

A problem never quotes what it was about: absent and forbidden are the same answer, byte for byte
but for `instance`.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

MEDIA_TYPE = "application/problem+json"
_TYPES = "https://schemas.mentoring.example/problems/"

Kind = Literal[
    "already-open",
    "already-signed",
    "authenticate-again",
    "bad-request",
    "cross-site",
    "gone",
    "idempotency-key-missing",
    "idempotency-key-reused",
    "in-progress",
    "internal",
    "invalid",
    "job-running",
    "key-erased",
    "method-not-allowed",
    "not-allowed",
    "not-found",
    "not-in-state",
    "not-ready",
    "not-standing",
    "outcome-not-offered",
    "pack-changed",
    "pack-not-opened",
    "precondition-failed",
    "precondition-required",
    "recused",
    "too-large",
    "too-late",
    "too-many-requests",
    "unauthenticated",
    "unavailable",
    "unsupported-media-type",
]

STATUS: Mapping[Kind, int] = {
    "bad-request": 400,
    "idempotency-key-missing": 400,
    "unauthenticated": 401,
    "authenticate-again": 401,
    "cross-site": 403,
    "not-found": 404,
    "method-not-allowed": 405,
    "already-open": 409,
    "already-signed": 409,
    "in-progress": 409,
    "job-running": 409,
    "not-allowed": 409,
    "not-in-state": 409,
    "not-ready": 409,
    "not-standing": 409,
    "outcome-not-offered": 409,
    "pack-not-opened": 409,
    "recused": 409,
    "too-late": 409,
    "gone": 410,
    "key-erased": 410,
    "pack-changed": 412,
    "precondition-failed": 412,
    "too-large": 413,
    "unsupported-media-type": 415,
    "invalid": 422,
    "idempotency-key-reused": 422,
    "precondition-required": 428,
    "too-many-requests": 429,
    "internal": 500,
    "unavailable": 503,
}

_TITLES: Mapping[Kind, tuple[str, str]] = {
    "bad-request": ("The request cannot be read", "Its body is not JSON."),
    "unauthenticated": ("Sign in first", "The request has no valid token or session."),
    "authenticate-again": (
        "Sign in again first",
        "A signature needs that you signed in within the five minutes before it.",
    ),
    "already-open": ("There is an open case of this already", "One is decided at a time."),
    "already-signed": ("You have signed this otherwise", "A member signs a pack once."),
    "key-erased": (
        "The evidence is gone for good",
        "The person it is about was erased, and it with them.",
    ),
    "not-allowed": ("This is not allowed here", "The rules of the committee do not let you."),
    "not-in-state": ("The case is in another state", "Read it again to see what may be done now."),
    "outcome-not-offered": (
        "This outcome may not be signed",
        "Read the case again to see which ones may.",
    ),
    "pack-changed": ("The evidence has changed", "Open the pack again before you sign."),
    "pack-not-opened": ("You have not opened the pack", "Open it before you sign."),
    "recused": ("You keep out of this case", "A conflict of interest was declared or found."),
    "cross-site": (
        "The request comes from another site",
        "Requests that change something must come from a page of this site.",
    ),
    "not-found": ("Nothing is here", "There is nothing at this address that you may see."),
    "method-not-allowed": ("This address does not take that method", "See the Allow header."),
    "idempotency-key-missing": (
        "The request needs an Idempotency-Key",
        "Send the header with 16 to 64 visible ASCII characters, new for each thing that you do.",
    ),
    "idempotency-key-reused": (
        "The Idempotency-Key was used for something else",
        "Send the request as it was then, or with a new key.",
    ),
    "in-progress": (
        "A request with this Idempotency-Key is being worked on",
        "Send it again in a moment to get its answer.",
    ),
    "job-running": (
        "Another job is running",
        "One runs at a time. Try again when it has ended.",
    ),
    "not-ready": (
        "There is nothing to do this with now",
        "Its state does not allow it, or has changed meanwhile. Read it again.",
    ),
    "not-standing": ("This does not stand", "It was refused or revoked, so it cannot be changed."),
    "too-late": ("It is too late for this", "It was possible for a while and no longer is."),
    "gone": ("This is no longer here", "It was here and was taken away for good."),
    "precondition-failed": (
        "It was changed meanwhile",
        "Read it again, and repeat the change with the ETag of then.",
    ),
    "precondition-required": ("If-Match is missing", "Send the ETag of what you change."),
    "too-large": ("The request is too large", "A body may have 32 KiB."),
    "unsupported-media-type": ("The body has the wrong type", "Send application/json."),
    "invalid": ("The request is not valid", "See `errors` for each fault."),
    "too-many-requests": ("Too many requests", "Wait as long as Retry-After says, in seconds."),
    "internal": ("Something went wrong here", "The fault is ours and was logged. Try again."),
    "unavailable": ("This is not available now", "Try again in a moment."),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One wrong part of a request. `pointer`: where (`/kind`, `/query/limit`, `/header/If-Match`);
    `detail`: what is wanted, never what was sent."""

    pointer: str
    detail: str


def pointer(*parts: str | int) -> str:
    """A JSON pointer (RFC 6901)."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


@dataclass(eq=False)
class Problem(Exception):
    """A request that is answered with a problem."""

    kind: Kind
    faults: Sequence[Fault] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    sentence: str | None = None
    """What to do about this one, where there is more to say than of all of the kind."""

    @property
    def status(self) -> int:
        """The HTTP status."""
        return STATUS[self.kind]

    @property
    def title(self) -> str:
        """What happened, in a sentence for people."""
        return _TITLES[self.kind][0]

    @property
    def detail(self) -> str:
        """What to do about it."""
        return self.sentence or _TITLES[self.kind][1]

    def body(self) -> dict[str, Any]:
        """The members of the problem document; only `instance` differs from one to the next."""
        members: dict[str, Any] = {
            "type": _TYPES + self.kind,
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "instance": f"urn:uuid:{uuid.uuid4()}",
        }
        if self.faults:
            members["errors"] = [
                {"pointer": fault.pointer, "detail": fault.detail} for fault in self.faults
            ]
        return members

    @staticmethod
    def not_found() -> "Problem":
        """Absent or forbidden: nobody can tell which."""
        return Problem("not-found")

    @staticmethod
    def unauthenticated() -> "Problem":
        """No token, no session, or one that is not valid."""
        return Problem("unauthenticated", headers={"WWW-Authenticate": "Bearer"})

    @staticmethod
    def authenticate_again() -> "Problem":
        """Who asks signed in too long ago for this (RFC 9470)."""
        asked = 'Bearer error="insufficient_user_authentication", max_age="300"'
        return Problem("authenticate-again", headers={"WWW-Authenticate": asked})

    @staticmethod
    def invalid(*faults: Fault) -> "Problem":
        """A request with these faults."""
        return Problem("invalid", faults)

    @staticmethod
    def unavailable(retry_after: int = 5) -> "Problem":
        """Something the answer needs is away. `retry_after` in seconds."""
        return Problem("unavailable", headers={"Retry-After": str(retry_after)})

    @staticmethod
    def too_many(retry_after: int) -> "Problem":
        """More requests than the limit. `retry_after` in seconds."""
        return Problem("too-many-requests", headers={"Retry-After": str(retry_after)})
