"""Explanations as lines of text for people. Lines are never cut: ids can be copied from them."""

from collections.abc import Iterable, Mapping

from engine.fact import Fact
from engine.intake.refusal import Reason
from engine.projections.award import Award
from engine.projections.criterion_status import CriterionStatus
from engine.projections.terms import merged
from engine.queries import wording
from engine.queries.dead_letters import OpenDeadLetters
from engine.queries.explanations import (
    AwardExplanation,
    Explanation,
    FormerBadge,
    LevelExplained,
)
from engine.rules.criteria.criterion import EvidenceItem, Progress
from engine.rules.number_text import number
from engine.store.awards.awards import Announced
from engine.store.generations.labels import Label

MET, NOT_MET = "✓", "✗"


def heading(explained: Explanation) -> list[str]:
    """Which badge, whose, and under which catalog it is decided."""
    label, badge = explained.labels[explained.catalog], explained.badge
    where = f"loop {explained.loop}" if explained.loop is not None else "the program"
    if not (explained.loop or explained.counted or explained.passed_over or badge.scope != "loop"):
        where = "no loop: no accepted fact of one counts for this participant"
    return [
        f"{badge.title} ({badge.name}): {badge.description}",
        f"{explained.participant} of program {explained.program}, in {where}",
        f"catalog {label}",
        "",
    ]


def badge(explained: Explanation) -> list[str]:
    """A badge in one loop, or in the program: each level, and the facts."""
    lines = heading(explained)
    for item in explained.levels:
        lines += level(item, explained.labels)
    if explained.badge.repeatable is not None:
        received = f"received {len(explained.counted) + len(explained.kept)}"
        kept = f", {len(explained.kept)} of them kept by decision" if explained.kept else ""
        lines.append(received + kept)
        lines += [f"    {item.award.time}  award {item.award.id}" for item in explained.kept]
        lines += _terms(explained)
    return [*lines, *counted(explained), *_passed_over(explained)]


def _terms(explained: Explanation) -> list[str]:
    """The terms that awards which end make together."""
    if not explained.ends:
        return []
    held = [(fact.time, explained.ends.get(fact.id)) for fact in explained.counted]
    held += [(item.award.time, item.award.valid_until) for item in explained.kept]
    terms = merged(held)
    return [
        f"terms: {len(terms)}",
        *(f"    from {term.begins} until {term.ends or 'no end'}" for term in terms),
    ]


def _passed_over(explained: Explanation) -> list[str]:
    """The facts that award nothing, with what they lack."""
    if not explained.passed_over:
        return []
    lines = [f"accepted, and no award: {len(explained.passed_over)}"]
    for item in explained.passed_over:
        lines.append(f"    {_fact(item.fact, explained.loop)}")
        lines += [f"        {NOT_MET} {words}" for words in item.unmet]
    return lines


def former(explained: FormerBadge) -> list[str]:
    """A badge that the catalog no longer has: what it was, and the awards of it."""
    badge = explained.badge
    now = explained.labels[explained.catalog]
    lines = [
        f"{badge.title} ({badge.name}): {badge.description}",
        f"{explained.participant} of program {explained.program}",
        f"catalog {now} no longer has this badge",
        "",
    ]
    for item in explained.awards:
        award = item.award
        where = f"loop {award.loop}" if award.loop is not None else "the program"
        level = f"{award.level} " if award.level else ""
        lines += [
            f"award {award.id}: {level}in {where}, {state(item)}",
            f"    announced for {award.time} under {explained.labels[item.catalog]}",
        ]
    return lines


def level(explained: LevelExplained, labels: Mapping[int, Label]) -> list[str]:
    """One level: whether it is held, what it asks for part by part, and its award."""
    mark = MET if explained.status.met else NOT_MET
    name = f"{explained.name}: " if explained.name else ""
    lines = [f"{mark} {name}{explained.status.words} {_progress(explained.status.progress)}"]
    lines += criterion_parts(explained.status, "    ")
    now, announced = explained.recomputed, explained.announced
    if announced is not None:
        lines.append(f"    award {announced.award.id}: {state(announced)}")
        lines.append(f"    announced for {announced.award.time} under {labels[announced.catalog]}")
    elif now is not None:
        lines.append(f"    award {now.id}: not announced")
    if now is not None:
        lines.append(f"    recomputed {now.time}{_same(announced, now)}")
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
    if explained.outside_loops:
        lines += [
            f"facts without a loop: {len(explained.outside_loops)}; they never count for this "
            "badge, which is earned in a loop",
            "    (a badge with `scope: program` in the catalog would count them)",
        ]
        lines += [f"    {_fact(fact, explained.loop)}" for fact in explained.outside_loops]
    if explained.retracted:
        lines.append(f"facts retracted: {len(explained.retracted)}")
        lines += [
            f"    {_fact(fact, explained.loop)}, retracted {retraction.time}"
            for fact, retraction in explained.retracted
        ]
    return lines


def refused(program: str, found: OpenDeadLetters) -> list[str]:
    """How many refused records of a program are open; whom they name is not looked up."""
    if not found.of_program and not found.unreadable:
        return [f"open dead letters of program {program}: none"]
    total = sum(found.of_program.values())
    lines = [
        f"open dead letters of program {program}: {total or 'none'}{_reasons(found.of_program)}"
    ]
    if found.unreadable:
        total = sum(found.unreadable.values())
        lines.append(f"    and {total} whose program cannot be read{_reasons(found.unreadable)}")
    return [
        *lines,
        "    They may hold private messages, so whom they name is not looked up; see",
        "    `badge-engine dead-letters list`.",
    ]


def _reasons(counts: Mapping[Reason, int]) -> str:
    by_reason = ", ".join(f"{number} {reason}" for reason, number in sorted(counts.items()))
    return f" ({by_reason})" if by_reason else ""


def award(explained: AwardExplanation) -> list[str]:
    """One award: as it was announced and as the facts justify it now, and what its badge asks
    for."""
    announced, recomputed = explained.announced, explained.recomputed
    stored, cause = announced.award, explained.cause
    lines = [
        f"award {stored.id}: {state(announced)}",
        f"announced   {stored.time} under {explained.label}",
        f"recomputed  {recomputed.time}{_same(announced, recomputed)}"
        if recomputed is not None
        else "recomputed  not earned: the facts and the catalog do not justify it now",
    ]
    if stored.valid_until is not None:
        lines.append(f"valid until {stored.valid_until}")
    if stored.giver is not None:
        lines.append(f"from        {stored.giver}")
    if not announced.standing:
        lines.append(
            f"revoked     because {cause.fact_type} {cause.fact_id}, which it rested on, was "
            f"retracted as of {cause.time}"
            if cause is not None
            else "revoked     by a replay: no fact it rested on was retracted"
        )
    if announced.decided:
        lines.append("kept        by a replay's decision; it counts for no other badge")
    lines += [
        f"restated    {item.at:%Y-%m-%dT%H:%M:%SZ}, since its proof broke; before: {item.before}"
        for item in explained.restated
    ]
    name = "evidence" if announced.standing else "evidence when it was last announced"
    lines += [f"{name}: {len(stored.evidence)}", *_evidence(stored.evidence, explained.below)]
    if recomputed is not None and recomputed.evidence != stored.evidence:
        lines.append(f"evidence recomputed: {len(recomputed.evidence)}")
        lines += _evidence(recomputed.evidence, explained.below)
    return [*lines, "", *_asked(explained)]


def _asked(explained: AwardExplanation) -> list[str]:
    """What the badge of an award asks for now."""
    award, badge = explained.announced.award, explained.badge
    if badge is None:
        return [
            f"{award.badge} of {award.recipient}: the program's catalog no longer has this badge"
        ]
    lines = heading(badge)
    if badge.badge.repeatable is not None:
        lines += [words for _, words in wording.criteria(badge.badge)]
    for item in badge.levels:
        if item.name == award.occurrence:
            mark = MET if item.status.met else NOT_MET
            lines.append(f"{mark} {item.name or 'criterion'}: {item.status.words}")
            lines += criterion_parts(item.status, "    ")
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
    from_whom = f", from {giver}" if isinstance(giver, str) else ""
    where = f" in {fact.place.loop}" if fact.place.loop not in (None, loop) else ""
    return f"{fact.time}  {fact.type} {fact.id}{where}{from_whom}"


def _progress(progress: Progress) -> str:
    return f"({number(progress.have)} of {number(progress.need)})"


def _same(announced: Announced | None, now: Award) -> str:
    if announced is None:
        return ""
    differ = [
        what
        for what, one, other in (
            ("date", announced.award.time, now.time),
            ("end", announced.award.valid_until, now.valid_until),
            ("evidence", announced.award.evidence, now.evidence),
        )
        if one != other
    ]
    return f", with another {' and '.join(differ)} than announced" if differ else ", as announced"
