"""What is to be done about a share, decided without I/O."""

from typing import Literal

from web.store.shares import StoredShare

Step = Literal["refuse", "begin", "begin again", "show otherwise", "keep"]
"""What a wish to share comes to. "refuse": the award is not held; "begin again": what was shared
has been lost since, so another page begins; "show otherwise": a new credential on the same page."""


def step(shown: StoredShare | None, revision: int | None, show_name: bool) -> Step:
    """`shown`: the share that goes on, if any; `revision`: the award's, None if it is not held."""
    if revision is None:
        return "refuse"
    if shown is None:
        return "begin"
    if shown.revision != revision:
        return "begin again"
    return "keep" if shown.show_name == show_name else "show otherwise"


def is_lost(revision_shared: int, revision: int | None) -> bool:
    """Whether what was shared is no longer held, or was lost and earned again. `revision`: the
    award's, None if it is not held."""
    return revision != revision_shared
