"""Names of a policy that facts say: those of rubrics, of their rows and of rewards."""

import re

from engine.rules.source import Node
from events.schemas.values import CONTROL_CHARACTERS

NAME = re.compile(rf"[^{CONTROL_CHARACTERS}]{{1,128}}")


def check_name(name: str, what: str, node: Node) -> None:
    """A fault at `node` for a name that no fact could say."""
    if not NAME.fullmatch(name):
        node.fault(
            f"{what}: facts name it, so it has at most 128 characters, none of them a control "
            "character"
        )
