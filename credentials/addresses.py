"""Where the documents of credentials are. `host`: scheme and host of the public pages."""

from events.path_segments import segment


def issuer(host: str, program: str) -> str:
    """The issuer that a program is."""
    return f"{host}/issuers/{segment(program)}"


def key(issuer_url: str, thumbprint: str) -> str:
    """A key of an issuer, one JWK: what a credential names as `kid`."""
    return f"{issuer_url}/keys/{thumbprint}"


def achievement(host: str, program: str, badge: str, level: str | None) -> str:
    """A badge at one of its levels, or a badge without levels."""
    parts = (program, badge) if level is None else (program, badge, level)
    return f"{host}/achievements/{'/'.join(segment(part) for part in parts)}"


def status_list(host: str, number: int) -> str:
    """A list of which credentials were withdrawn."""
    return f"{host}/credentials/status/{number}"


def share(host: str, share_id: str) -> str:
    """The page of a shared award; its documents are below it."""
    return f"{host}/a/{share_id}"
