"""The text of minutes: what a committee did, by pseudonyms of cases. It names nobody: not who is
decided about, not who signed or kept out, and none of their words."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple


class MinutesEntry(NamedTuple):
    """An entry of the log as minutes read it. `day` is local; `case`: its pseudonym, None of what
    is about no case."""

    day: date
    case: str | None
    kind: str
    body: Mapping[str, Any]


class MinutesCase(NamedTuple):
    """What a case is about: a stage's badge, or a waiver."""

    kind: str
    about: str


@dataclass(frozen=True, slots=True)
class MinutesOf:
    """Of which days of which program, both included; `number` counts from 1. `policies`: the days
    on which one was adopted, with the first digits of its digest."""

    program: str
    number: int
    from_day: date
    to_day: date
    policies: Sequence[tuple[date, str]]


def text(of: MinutesOf, cases: Mapping[str, MinutesCase], entries: Iterable[MinutesEntry]) -> str:
    """The minutes, a line each; the same entries give the same text."""
    by_case: dict[str, list[MinutesEntry]] = {}
    others: list[MinutesEntry] = []
    for entry in entries:
        known = entry.case is not None and entry.case in cases
        (by_case.setdefault(str(entry.case), []) if known else others).append(entry)
    lines = [
        f"Minutes {of.number} of the committee of {of.program}",
        f"From {of.from_day} to {of.to_day}",
        "",
        f"Cases: {len(by_case)}",
    ]
    for ref, theirs in by_case.items():
        case = cases[ref]
        lines.append(f"{ref}: {case.kind}, {case.about}")
        lines += [f"  {line}" for line in _of_case(theirs)]
    lines += ["", f"Policy: {len(of.policies)}"]
    lines += [f"  {day}: {digest} adopted" for day, digest in of.policies]
    lines += ["", "Audit"]
    lines += [f"  {line}" for line in _of_audits((*others, *_all(by_case.values())))]
    return "\n".join(lines) + "\n"


def _all(groups: Iterable[list[MinutesEntry]]) -> Iterator[MinutesEntry]:
    for group in groups:
        yield from group


def _of_case(entries: Sequence[MinutesEntry]) -> Iterator[str]:
    recused = Counter(str(e.body.get("why")) for e in entries if e.kind == "member.recused")
    for entry in entries:
        words = _words(entry)
        if words:
            yield f"{entry.day}: {words}"
    if recused:
        yield f"recused: {', '.join(f'{why} {count}' for why, count in sorted(recused.items()))}"


def _words(entry: MinutesEntry) -> str | None:
    body = entry.body
    match entry.kind:
        case "case.opened":
            return "opened"
        case "case.acknowledged":
            return f"acknowledged, {_lines(len(body.get('lines_open', ())))} open"
        case "case.withdrawn":
            return "withdrawn by its subject"
        case "hearing.answered":
            return "its subject was heard"
        case "pack.frozen":
            return f"evidence {body['number']} frozen, {body['lines_open']} of {body['lines']} open"
        case "vote.signed":
            return f"a vote for {body['outcome']}"
        case "decision.published":
            return f"decided: {body['outcome']}, {len(body['approvers'])} signatures"
        case "appeal.lodged":
            return "appealed against"
        case "appeal.settled":
            return f"appeal settled: {body['outcome']}"
    return None


def _lines(count: int) -> str:
    return "1 line" if count == 1 else f"{count} lines"


def _of_audits(entries: Sequence[MinutesEntry]) -> Iterator[str]:
    looked_at = Counter(bool(e.body["met"]) for e in entries if e.kind == "decision.audited")
    if looked_at[False]:
        yield f"decisions whose ground no longer holds: {looked_at[False]}"
    if looked_at[True]:
        yield f"decisions whose ground holds again: {looked_at[True]}"
    for entry in entries:
        if entry.kind == "audit.sampled":
            body = entry.body
            drawn = f"{len(body['cases'])} of {body['decided']} cases"
            yield f"{entry.day}: sample of {body['quarter']}, {drawn}, seed {body['seed']}"
    judged = [e.body for e in entries if e.kind == "audit.judged"]
    for body in judged:
        if body["judged"] == body["assigned"]:
            low = ", a calibration is called for" if body["calibration"] else ""
            yield f"sample of {body['quarter']} judged: agreement {body['agreement']}{low}"
    yield from _of_fairness(entries)


def _of_fairness(entries: Sequence[MinutesEntry]) -> Iterator[str]:
    for entry in entries:
        body = entry.body
        if entry.kind == "fairness.published":
            flags = f"{body['red']} red, {body['amber']} amber"
            yield f"{entry.day}: fairness report of {body['quarter']}, {flags}"
        elif entry.kind == "fairness.answered":
            share = f"{body['step']} of {body['dimension']} {body['group']} in {body['quarter']}"
            yield f"{entry.day}: answer to {share}: {body['answer']}"
