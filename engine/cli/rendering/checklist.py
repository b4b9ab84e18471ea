"""Eligibility as lines of text for people: a checklist of one, or who is ready of a program."""

from collections.abc import Iterable, Iterator

from engine.catalog.model import Catalog
from engine.fact import Fact
from engine.projections.award import Award
from engine.projections.eligibility import Eligibility
from engine.queries import wording
from engine.queries.checklist import ChecklistLine, ReviewPanel, checklist, lacking, unit

OK, NOT_YET = "ok", "--"


def one(catalog: Catalog, eligibility: Eligibility) -> list[str]:
    """What a stage asks of one person line by line, and what is missing."""
    lines = checklist(catalog, eligibility)
    rows = [_row(line) for line in lines]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    shown = [
        "  "
        + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    title = (eligibility.stage, eligibility.participant_id, f"as of {eligibility.as_of}")
    missing = [lacking(line) for line in lines if not line.met]
    if missing:
        shown += ["missing:", *(f"  {text}" for text in missing)]
    return [" · ".join([*title, _state(eligibility, lines)]), *shown]


def everybody(catalog: Catalog, of: Iterable[Eligibility]) -> list[str]:
    """A line a person and stage: those who are ready first, who has nothing of it left out."""
    ready: list[tuple[str, ...]] = []
    others: list[tuple[str, ...]] = []
    for eligibility in of:
        lines = checklist(catalog, eligibility)
        if any(line.met for line in lines):
            row = (eligibility.participant_id, eligibility.stage, _state(eligibility, lines))
            (ready if eligibility.met else others).append(row)
    rows = [*ready, *others]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ] or ["nobody has anything of it yet"]


def changes(of: Iterable[Eligibility]) -> list[str]:
    """Those for whom the answer would change, and to what."""
    lines = [
        f"{one.participant_id}  {one.stage}: "
        + ("not ready now, ready under the other" if one.met else "ready now, not under the other")
        for one in of
    ]
    return lines or ["the answer would change for nobody"]


def _state(eligibility: Eligibility, lines: Iterable[ChecklistLine]) -> str:
    met = [line.met for line in lines]
    ready = "ready for the committee" if eligibility.met else "not ready"
    return f"{ready} ({sum(met)} of {len(met)} lines)"


def _row(line: ChecklistLine) -> tuple[str, ...]:
    leaves = list(_leaves(line))
    return (
        OK if line.met else NOT_YET,
        line.title,
        " | ".join(map(_have, leaves)),
        _joined(map(_sample, leaves)),
        _joined(map(_counted, leaves)),
    )


def _leaves(line: ChecklistLine) -> Iterator[ChecklistLine]:
    if not line.parts:
        yield line
    for part in line.parts:
        yield from _leaves(part)


def _joined(texts: Iterable[str]) -> str:
    """What there is to say of parts, if there is anything of one."""
    each = list(texts)
    return " | ".join(text or "–" for text in each) if any(each) else ""


def _have(line: ChecklistLine) -> str:
    if line.kind == "holds":
        return "held" if line.met else "not held"
    if line.kind == "in_standing":
        until = f" until {line.until}" if line.until else ""
        return f"in good standing{until}" if line.met else "not in good standing"
    return f"{line.have if line.have is not None else 'none'} of {line.need}"


def _sample(line: ChecklistLine) -> str:
    texts = []
    if line.sample is not None and line.sample_needed is not None:
        panels = f" ({line.panels} {'panel' if line.panels == 1 else 'panels'})"
        sample = f"{line.sample} of {line.sample_needed} {unit(line, line.sample_needed)}"
        texts.append(sample + (panels if line.panels is not None else ""))
    if line.months is not None:
        texts.append(f"last {line.months} months")
    return ", ".join(texts)


def _counted(line: ChecklistLine) -> str:
    """What is behind a line: how many facts of which days, panels, or the award."""
    first = next(iter(line.evidence), None)
    if isinstance(first, Award):
        return f"award {first.id}"
    if isinstance(first, ReviewPanel):
        return "shown per panel, never per reviewer"
    facts = [item for item in line.evidence if isinstance(item, Fact)]
    if not facts:
        return ""
    kinds = {fact.type for fact in facts}
    things = wording.things(facts[0].type, len(facts)) if len(kinds) == 1 else "facts"
    begin, end = facts[0].time[:10], facts[-1].time[:10]
    return f"{len(facts)} {things}, {begin}" + (f" to {end}" if end != begin else "")
