"""Who is eligible for a stage as of an instant, by brute force from the sentences of the rules.

Everything is recomputed for every question: the facts by then, the awards they give, and the terms
of those awards. It imports nothing of the engine.
"""

from collections.abc import Iterable
from datetime import datetime
from fractions import Fraction
from typing import Any, NamedTuple

from tests.verification.oracle.any_catalog import awards_under, named
from tests.verification.oracle.catalog_text import NaiveCatalog, kudos_kinds
from tests.verification.oracle.counting import counted, values
from tests.verification.oracle.days import window_start
from tests.verification.oracle.judging import is_falling, value_of
from tests.verification.oracle.oracle import tell, text_of
from tests.verification.oracle.reading import InputRecord
from tests.verification.oracle.sizes import MILLION, millionths, size
from tests.verification.oracle.wire_values import instant

Json = dict[str, Any]


class NaiveQuestion(NamedTuple):
    """Of whom something is asked, and as of when. `facts`: of the program, by then; `awards`: what
    these give the person."""

    catalog: NaiveCatalog
    person: str
    as_of: datetime
    facts: list[InputRecord]
    awards: list[Json]


def eligible_under(
    catalog: NaiveCatalog,
    lines: Iterable[bytes],
    now: datetime,
    as_of: datetime,
    renewal: bool = False,
) -> list[Json]:
    """Every line of ELIGIBLE.jsonl that a history file gives."""
    facts = tell(lines, now, kudos_kinds(catalog)).facts
    return eligible_of(catalog, facts, as_of, renewal)


def eligible_of(
    catalog: NaiveCatalog, facts: list[InputRecord], as_of: datetime, renewal: bool = False
) -> list[Json]:
    """The same of the facts that stand, whatever their time and order."""
    known = [fact for fact in facts if fact.time <= as_of]
    awards = awards_under(catalog, known)
    found: list[Json] = []
    for program in sorted({fact.key[0] for fact in known}):
        here = [fact for fact in known if fact.key[0] == program]
        for person in sorted(named(here)):
            own = [a for a in awards if (a["program_id"], a["recipient_id"]) == (program, person)]
            asked = NaiveQuestion(catalog, person, as_of, here, own)
            for name, stage in catalog.stages.items():
                if "given" in stage:
                    root = ask(_criterion(stage, renewal), asked)
                    found.append(
                        {
                            "program_id": program,
                            "participant_id": person,
                            "stage": name,
                            "as_of": text_of(as_of),
                            "met": root["met"],
                            "root": root,
                        }
                    )
    return found


def _criterion(stage: Json, renewal: bool) -> Json:
    criterion: Json = stage["renewed"] if renewal and "renewed" in stage else stage["given"]
    return criterion


def ask(criterion: Json, asked: NaiveQuestion) -> Json:
    """The node of a criterion."""
    ((kind, body),) = criterion.items()
    match kind:
        case "all_of" | "any_of":
            return _some(kind, len(body) if kind == "all_of" else 1, body, asked)
        case "some_of":
            return {
                **_some(kind, body["number"], body["of"], asked),
                "number": body["number"],
            }
        case "at_least":
            ((name, wanted),) = body.items()
            return _at_least(name, wanted if isinstance(wanted, dict) else {"value": wanted}, asked)
        case "includes_all":
            ((name, needed),) = body.items()
            return _includes_all(name, needed, asked)
        case "points":
            return _points(body["at_least"], body["of"], asked)
        case "in_standing":
            return _each([_in_standing(badge, asked) for badge in dict.fromkeys(body)])
        case "holds":
            pairs = dict.fromkeys(_badge_and_level(wanted, asked) for wanted in body)
            return _each([_holds(badge, level, asked) for badge, level in pairs])
    raise ValueError(kind)


def _some(kind: str, number: int, parts: list[Json], asked: NaiveQuestion) -> Json:
    nodes = [ask(part, asked) for part in parts]
    met = sum(node["met"] for node in nodes) >= number
    return {"kind": kind, "met": met, "parts": nodes}


def _each(nodes: list[Json]) -> Json:
    """Of one badge its node, of several all of theirs."""
    if len(nodes) == 1:
        return nodes[0]
    return {"kind": "all_of", "met": all(node["met"] for node in nodes), "parts": nodes}


def _at_least(name: str, wanted: Json, asked: NaiveQuestion) -> Json:
    months = wanted["in_last"]["months"] if "in_last" in wanted else None
    facts = _counted(name, asked)
    within = facts
    if months is not None:
        since = window_start(asked.catalog.calendar, asked.as_of, months)
        within = [fact for fact in facts if since <= fact.time]
    aggregate = _measure(name, asked)["aggregate"]
    need = millionths(wanted["value"])
    if is_falling(aggregate):
        have, sample = value_of(aggregate, facts, within, asked.catalog.calendar)
        met = have is not None and sample >= wanted["sample"] and have >= need
        counts = {"sample": sample, "sample_needed": wanted["sample"]}
    else:
        have = Fraction(size(aggregate, within, asked.person, asked.catalog.calendar))
        met = have >= need
        counts = {"sample": None, "sample_needed": None}
    return {
        "kind": "at_least",
        "of": name,
        "met": met,
        "have": None if have is None else decimal(have),
        "need": decimal(Fraction(need)),
        **counts,
        "months": months,
    }


def _includes_all(name: str, needed: list[Any], asked: NaiveQuestion) -> Json:
    distinct = _measure(name, asked)["aggregate"]["distinct"]
    found: set[Any] = set()
    for fact in _counted(name, asked):
        found |= values(fact, distinct, asked.person)
    wanted = sorted(set(needed))
    have = [value for value in wanted if value in found]
    return {
        "kind": "includes_all",
        "of": name,
        "met": have == wanted,
        "have": have,
        "need": wanted,
    }


def _points(number: float, weights: Json, asked: NaiveQuestion) -> Json:
    calendar = asked.catalog.calendar
    have = Fraction(0)
    for name, weight in weights.items():
        aggregate = _measure(name, asked)["aggregate"]
        came_to = size(aggregate, _counted(name, asked), asked.person, calendar)
        have += Fraction(millionths(weight) * came_to, MILLION)
    need = Fraction(millionths(number))
    return {"kind": "points", "met": have >= need, "have": decimal(have), "need": decimal(need)}


def _badge_and_level(wanted: str | Json, asked: NaiveQuestion) -> tuple[str, str | None]:
    """Which badge is asked for, and at which level: the highest, unless another is written."""
    badge = wanted if isinstance(wanted, str) else wanted["badge"]
    levels = list(asked.catalog.badges[badge].get("levels", [None]))
    return badge, levels[-1] if isinstance(wanted, str) else wanted.get("level", levels[-1])


def _holds(badge: str, level: str | None, asked: NaiveQuestion) -> Json:
    held = {award["level"] for award in asked.awards if award["badge"] == badge}
    return {"kind": "holds", "of": badge, "level": level, "met": level in held}


def _in_standing(badge: str, asked: NaiveQuestion) -> Json:
    counting = {badge, *_above(badge, asked.catalog)}
    in_force = [a for a in asked.awards if a["badge"] in counting and _is_in_force(a, asked.as_of)]
    ends = [award["valid_until"] for award in in_force if "valid_until" in award]
    return {
        "kind": "in_standing",
        "of": badge,
        "met": bool(in_force),
        "until": max(ends, default=None),
    }


def _is_in_force(award: Json, as_of: datetime) -> bool:
    begun = instant(award["awarded_at"]) <= as_of
    return begun and ("valid_until" not in award or as_of < instant(award["valid_until"]))


def _above(badge: str, catalog: NaiveCatalog) -> list[str]:
    """The badges of the stages above that of a badge: who has one of these has this too."""
    badges = [stage["badge"] for stage in catalog.stages.values()]
    return badges[badges.index(badge) + 1 :] if badge in badges else []


def _measure(name: str, asked: NaiveQuestion) -> Json:
    """What a name counts: a measure's or an indicator's, of which none have one name."""
    found: Json = {**asked.catalog.measures, **asked.catalog.indicators}[name]
    return found


def _counted(name: str, asked: NaiveQuestion) -> list[InputRecord]:
    return counted(_measure(name, asked), asked.facts, asked.person, asked.catalog.calendar)


def decimal(number: Fraction) -> str:
    """Millionths as a decimal number with six digits, half to even; zero has no sign."""
    whole = round(number)
    digits = f"{abs(whole):07}"
    return f"{'-' if whole < 0 else ''}{digits[:-6]}.{digits[-6:]}"


def terms_of(awards: list[Json]) -> list[list[str]]:
    """From when until when awards of one badge are valid, as one where they touch or overlap."""
    terms: list[list[str]] = []
    for begin, end in sorted((award["awarded_at"], award["valid_until"]) for award in awards):
        if terms and begin <= terms[-1][1]:
            terms[-1][1] = max(terms[-1][1], end)
        else:
            terms.append([begin, end])
    return terms
