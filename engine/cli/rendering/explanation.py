"""Explanations as lines of text for people. Lines are never cut: ids can be copied from them."""

from collections.abc import Iterable, Mapping

from engine.fact import Fact, Retraction
from engine.intake.refusal import Reason
from engine.projections.award import Award
from engine.projections.criterion_status import CriterionStatus
from engine.queries import wording
from engine.queries.explanations import Explanation, LevelExplained
from engine.queries.wording import number
from engine.rules.criteria.criterion import EvidenceItem, Progress
from engine.store.awards.awards import Announced
from engine.store.awards.history import Restatement
from engine.store.generations.labels import Label

MET, NOT_MET = "✓", "✗"


def heading(explained: Explanation, label: Label) -> list[str]:
    """Which badge, whose, and under which catalog it is decided."""
    badge = explained.badge
    where = f"loop {explained.loop}" if explained.loop is not None else "the program"
    if explained.loop is None and badge.scope == "loop":
        where = "no loop: no accepted fact of one counts for this participant"
    return [
        f"{badge.title} ({badge.name}): {badge.description}",
        f"{explained.participant} of program {explained.program}, in {where}",
        f"catalog {label}",
        "",
    ]


def level(explained: LevelExplained, labels: Mapping[int, Label]) -> list[str]:
    """One level: whether it is held, what it asks for part by part, and its award."""
    mark = MET if explained.status.met else NOT_MET
    name = f"{explained.name}: " if explained.name else ""
    lines = [f"{mark} {name}{explained.status.words} {_progress(explained.status.progress)}"]
    lines += criterion_parts(explained.status, "    ")
    now, said = explained.recomputed, explained.announced
    if said is not None:
        lines.append(f"    award {said.award.id}: {state(said)}")
        lines.append(f"    announced for {said.award.time} under {labels[said.catalog]}")
    elif now is not None:
        lines.append(f"    award {now.id}: not announced")
    if now is not None:
        lines.append(f"    recomputed {now.time}{_same(said, now)}")
    return lines


def criterion_parts(part: CriterionStatus, indent: str) -> list[str]:
    """What a criterion is made of, each part with its own have and need."""
    lines: list[str] = []
    for inner in part.parts:
        mark = MET if inner.met else NOT_MET
        lines.append(f"{indent}{mark} {inner.words} {_progress(inner.progress)}")
        lines += criterion_parts(inner, indent + "    ")
    return lines


def state(announced: Announced) -> str:
    """Whether an award stands, at which revision."""
    stands = "stands" if announced.standing else "revoked"
    if announced.decided:
        stands += ", kept by decision"
    silent = ", without a word on the wire" if announced.silent else ""
    return f"{stands} (revision {announced.revision}{silent})"


def counted(explained: Explanation) -> list[str]:
    """The facts that count, and those that would had they not been retracted."""
    over = "; ".join(dict.fromkeys(wording.facts(measure) for measure in explained.measures))
    if not explained.measures:
        return ["no facts count for it by themselves: see the badges it asks for"]
    lines = [f"facts counted: {len(explained.counted)} (of {over})"]
    lines += [f"    {_fact(fact, explained.loop)}" for fact in explained.counted]
    if explained.retracted:
        lines.append(f"facts retracted: {len(explained.retracted)}")
        lines += [
            f"    {_fact(fact, explained.loop)}, retracted {retraction.time}"
            for fact, retraction in explained.retracted
        ]
    return lines


def refused(open_dead_letters: Mapping[Reason, int]) -> list[str]:
    """How many records were refused and are open; whom they name is not looked up."""
    total = sum(open_dead_letters.values())
    if not total:
        return ["open dead letters: none"]
    by_reason = ", ".join(f"{n} {reason}" for reason, n in sorted(open_dead_letters.items()))
    return [
        f"open dead letters: {total} of all programs ({by_reason})",
        "    They may hold private messages, so whom they name is not looked up; see",
        "    `badge-engine dead-letters list`.",
    ]


def award(
    announced: Announced,
    recomputed: Award | None,
    label: Label,
    below: Mapping[str, Announced],
    restated: Iterable[Restatement],
    cause: Retraction | None,
) -> list[str]:
    """One award as it was announced, and as the facts have it now. `below`: the awards it rests
    on, by id. `cause`: the retraction that took it away, if it was revoked."""
    said = announced.award
    lines = [
        f"award {said.id}: {state(announced)}",
        f"announced   {said.time} under {label}",
        f"recomputed  {recomputed.time}{_same(announced, recomputed)}"
        if recomputed is not None
        else "recomputed  not earned: the facts and the catalog do not justify it now",
    ]
    if said.giver is not None:
        lines.append(f"from        {said.giver}")
    if not announced.standing:
        lines.append(
            f"revoked     because {cause.fact_type} {cause.fact_id}, which it rested on, was "
            f"retracted as of {cause.time}"
            if cause is not None
            else "revoked     by a replay: no fact it rested on was retracted"
        )
    if announced.decided:
        lines.append("kept        by a replay's decision; it counts for nothing else")
    lines += [
        f"restated    {item.at:%Y-%m-%dT%H:%M:%SZ}, since its proof broke; before: {item.before}"
        for item in restated
    ]
    stored = "evidence" if announced.standing else "evidence when it was last announced"
    lines += [f"{stored}: {len(said.evidence)}", *_evidence(said.evidence, below)]
    if recomputed is not None and recomputed.evidence != said.evidence:
        lines.append(f"evidence recomputed: {len(recomputed.evidence)}")
        lines += _evidence(recomputed.evidence, below)
    return lines


def _evidence(items: Iterable[EvidenceItem], below: Mapping[str, Announced]) -> list[str]:
    lines = []
    for item in items:
        named = below.get(item.id) if item.type == "award" else None
        what = f"  {named.award.badge} {named.award.level or ''}".rstrip() if named else ""
        lines.append(f"    {item.time}  {item.type} {item.id}{what}")
    return lines


def _fact(fact: Fact, loop: str | None) -> str:
    giver = fact.data.get("giver_id")
    told = f", from {giver}" if isinstance(giver, str) else ""
    where = f" in {fact.place.loop}" if fact.place.loop not in (None, loop) else ""
    return f"{fact.time}  {fact.type} {fact.id}{where}{told}"


def _progress(progress: Progress) -> str:
    return f"({number(progress.have)} of {number(progress.need)})"


def _same(said: Announced | None, now: Award) -> str:
    if said is None:
        return ""
    differ = [
        what
        for what, one, other in (
            ("date", said.award.time, now.time),
            ("evidence", said.award.evidence, now.evidence),
        )
        if one != other
    ]
    return f", with another {' and '.join(differ)} than announced" if differ else ", as announced"
