"""The project's documents as the tests read them: text, headings, marked blocks of code."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

PROJECT = Path(__file__).parents[3]

_BLOCK = re.compile(
    r"(?:<!-- (?P<mark>[^>]+?) -->\n)?^(?P<fence>```+)(?P<language>\w*)\n(?P<code>.*?)^(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)


class Block(NamedTuple):
    """A fenced block. `mark` is the comment on the line above it, or ""."""

    mark: str
    language: str
    code: str


def documents() -> list[Path]:
    """Every document of the project."""
    files = [*PROJECT.glob("*.md"), *PROJECT.glob("docs/**/*.md"), *PROJECT.glob("examples/*.md")]
    return sorted(files)


def read(name: str) -> str:
    """The text of a document by its path in the project."""
    return (PROJECT / name).read_text(encoding="utf-8")


def blocks(name: str) -> Iterator[Block]:
    """The fenced blocks of a document."""
    for block in _BLOCK.finditer(read(name)):
        yield Block(block["mark"] or "", block["language"], block["code"])


def marked(name: str, mark: str) -> list[str]:
    """The code of the blocks under a mark; there is at least one."""
    codes = [block.code for block in blocks(name) if block.mark == mark]
    assert codes, f"{name} has no block marked <!-- {mark} -->"
    return codes


def prose(text: str) -> str:
    """A document's text without its fenced blocks."""
    return _BLOCK.sub("", text)


def anchors(text: str) -> set[str]:
    """The anchors that headings make, as the usual renderers name them."""
    titles = re.findall(r"^#+ (.+)$", prose(text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}
