"""`--by`: who decides. What people decide is audited under this name."""

import getpass
from typing import Annotated

import typer

By = Annotated[str | None, typer.Option(help="Who decides; your login name if not given. Audited.")]


def named(by: str | None) -> str:
    """The name given, or the login name of the account that runs the command."""
    if by is not None and by.strip():
        return by
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container may run as a user without a name
        return "unknown"
