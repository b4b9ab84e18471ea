"""Every link inside the project leads somewhere, and no document knows the machine it was written
on."""

import re
from pathlib import Path

import pytest

from tests.project.docs.markdown import PROJECT, anchors, documents, prose

_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_MACHINE = re.compile(r"(?<![\w.])/(?:work|root|home|Users|tmp)/")


def _name(path: Path) -> str:
    return str(path.relative_to(PROJECT))


def _has(target: Path, anchor: str) -> bool:
    return not anchor or anchor in anchors(target.read_text(encoding="utf-8"))


@pytest.mark.parametrize("document", documents(), ids=_name)
def test_every_link_into_the_project_leads_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    broken = []
    for link in _LINK.findall(prose(text)):
        if "://" in link:
            continue
        name, _, anchor = link.partition("#")
        target = (document.parent / name).resolve() if name else document
        if not target.exists() or not target.is_relative_to(PROJECT) or not _has(target, anchor):
            broken.append(link)
    assert broken == []


def test_every_document_can_be_reached_from_the_readme() -> None:
    reached: set[Path] = set()
    ways = [PROJECT / "README.md"]
    while ways:
        document = ways.pop()
        if document in reached:
            continue
        reached.add(document)
        for link in _LINK.findall(document.read_text(encoding="utf-8")):
            target = (document.parent / link.partition("#")[0]).resolve()
            if target.suffix == ".md" and target.is_file():
                ways.append(target)
    assert [_name(document) for document in documents() if document not in reached] == []


def test_code_that_points_to_a_section_points_to_one_that_is_there() -> None:
    pointed = re.compile(r"(docs/\w+\.md), '([^']+)'")
    links = 0
    for source in [*PROJECT.glob("engine/**/*.py"), *PROJECT.glob("replay/**/*.py")]:
        text = re.sub(r'"\s+f?"', "", source.read_text(encoding="utf-8"))
        for name, title in pointed.findall(text):
            links += 1
            anchor = title.lower().replace(" ", "-")
            assert anchor in anchors((PROJECT / name).read_text(encoding="utf-8")), (source, title)
    assert links >= 2


@pytest.mark.parametrize("document", documents(), ids=_name)
def test_no_document_names_a_path_of_one_machine(document: Path) -> None:
    assert _MACHINE.findall(document.read_text(encoding="utf-8")) == []
