"""Eligibility as people read it: a line for each thing that a stage asks for.

The page, the command and `explain` show these lines. Numbers are rounded for the eye, to two digits
after the point; where that would hide on which side of the threshold a value is, it has as many as
show it. Of reviews whole panels are shown, never a single one, and of a panel of fewer than three
nothing but that it was.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.catalog.model import Catalog
from engine.fact import Fact
from engine.projections.award import Award
from engine.projections.eligibility import Eligibility
from engine.projections.eligibility_nodes import (
    AtLeastNode,
    EligibilityNode,
    HoldsNode,
    IncludesNode,
    PartsNode,
    PointsNode,
    StandingNode,
    divided,
)
from engine.queries import wording
from engine.rules.aggregates import Aggregate
from engine.rules.aggregates.distinct import Distinct
from engine.rules.aggregates.grouping import Grouping
from engine.rules.aggregates.judgement import Judged, number_in
from engine.rules.aggregates.sum import Sum
from engine.rules.criteria.criterion import Holding
from engine.rules.millionths import MILLION
from engine.rules.number_text import number
from events.instants import Instant
from events.schemas.review_submitted import ReviewSubmitted

LEAST_SHOWN = 3
"""How many reviews of a panel there must be for its means to be shown."""
_DIGITS = 2
_MOST_DIGITS = 40


@dataclass(frozen=True, slots=True)
class ReviewPanel:
    """The reviews of one panel, together. `score` and `rows`, the means for the eye, are None for
    one with too few reviews."""

    panel_id: str
    closed_at: Instant
    reviews: int
    score: str | None
    rows: tuple[tuple[str, str], ...] | None


@dataclass(frozen=True, slots=True)
class ChecklistLine:
    """One thing that is asked for, or several of which all, any or some are.

    `key`: its position in the criterion, such as "4" or "1.0"; `kind`: as in the export; `of`: the
    measure, indicator or badge; `title`: that in words; `words`: what is asked, as a phrase.
    `have` and `need` are for the eye, the same in millionths for a bar; `aggregate`, `by`, `each`,
    `event`: how a measure counts what; `sample` and `sample_needed`: of a mean, share or gain;
    `panels`: how many, over reviews; `months`: of the window. `values` and `missing`: what must be
    included, and what of it is not; `until`: the end of a standing; `number`: of some parts.
    `evidence`: facts, awards, or panels.
    """

    key: str
    kind: str
    title: str
    words: str
    met: bool
    have: str | None
    need: str
    have_millionths: int | None
    need_millionths: int
    of: str | None = None
    aggregate: str | None = None
    by: str | None = None
    each: str | None = None
    event: str | None = None
    sample: int | None = None
    sample_needed: int | None = None
    panels: int | None = None
    months: int | None = None
    values: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    until: Instant | None = None
    number: int | None = None
    parts: "tuple[ChecklistLine, ...]" = ()
    evidence: tuple[Fact | Award | ReviewPanel, ...] = ()


def checklist(catalog: Catalog, eligibility: Eligibility) -> tuple[ChecklistLine, ...]:
    """The lines of a stage: the parts of an outermost `all_of`, or the one thing that is asked."""
    root = eligibility.root
    if isinstance(root, PartsNode) and root.kind == "all_of":
        return tuple(_line(catalog, str(n), part) for n, part in enumerate(root.parts))
    return (_line(catalog, "", root),)


def lacking(line: ChecklistLine) -> str:
    """What is missing of a line that is not met, in plain words."""
    match line.kind:
        case "includes_all":
            return f"{line.title}: {', '.join(line.missing)}"
        case "in_standing":
            return f"{line.title} in good standing"
        case "holds":
            return line.title
        case "points":
            return f"{_more(line)} more points of {line.title}"
        case "at_least":
            return _lacking_number(line)
    missing = [lacking(part) for part in line.parts if not part.met]
    if line.kind == "all_of":
        return "; ".join(missing)
    short = (line.number or 1) - sum(part.met for part in line.parts)
    return f"{short} of: {' | '.join(missing)}"


def _lacking_number(line: ChecklistLine) -> str:
    window = f" in the last {line.months} months" if line.months else ""
    if line.sample is None or line.sample_needed is None:
        return f"{line.title}: {_more(line)} more{window}"
    texts = []
    if line.sample < line.sample_needed:
        more = line.sample_needed - line.sample
        texts.append(f"{more} more {unit(line, more)}")
    if line.have_millionths is None or line.have_millionths < line.need_millionths:
        texts.append(f"at least {line.need}" + (f", now {line.have}" if line.have else ""))
    elif not texts:  # below by less than a millionth
        texts.append(f"at least {line.need}, now {line.have}")
    return f"{line.title}: {' and '.join(texts)}{window}"


def unit(line: ChecklistLine, count: int) -> str:
    """What the sample of a line is of, such as "pairs" or "reviews"."""
    if line.aggregate == "gain":
        return "pair" if count == 1 else "pairs"
    return wording.things(line.event or "", count)


def _more(line: ChecklistLine) -> str:
    return _as_written(line.need_millionths - (line.have_millionths or 0))


def _line(catalog: Catalog, key: str, node: EligibilityNode) -> ChecklistLine:
    match node:
        case AtLeastNode():
            return _at_least(key, node)
        case IncludesNode():
            return _includes(key, node)
        case StandingNode():
            title = _title(catalog, Holding(node.badge, ""))
            words = f"{title} in good standing"
            return _yes_or_no(key, "in_standing", title, words, node, node.badge, node.until)
        case HoldsNode():
            title = _title(catalog, node.asked)
            return _yes_or_no(key, "holds", title, title, node, node.asked.badge, None)
        case PointsNode():
            return _points(key, node)
    return _parts(catalog, key, node)


def _at_least(key: str, node: AtLeastNode) -> ChecklistLine:
    asked = node.asked
    measure, aggregate = asked.measure, asked.measure.aggregate
    title, by, each = wording.spaced(measure.name), None, None
    if isinstance(aggregate, Grouping):
        by, each = aggregate.by, number(aggregate.each)
    elif isinstance(aggregate, Distinct | Sum):
        by = aggregate.field
    need = _as_written(asked.wanted)
    words = f"{title} at least {need}"
    if asked.sample is not None:
        things = "pairs" if _kind(aggregate) == "gain" else wording.things(measure.event, 0)
        words += f" over at least {asked.sample} {things}"
    if asked.in_last is not None:
        words += f" in the last {asked.in_last} months"
    is_review = measure.event == ReviewSubmitted.TYPE
    panels = _panels(node.counted) if is_review else ()
    return ChecklistLine(
        key, "at_least", title, words, node.met,
        None if node.of == 0 else for_the_eye(node.total, node.of, asked.wanted),
        need, node.have, asked.wanted, measure.name, _kind(aggregate), by, each, measure.event,
        node.sample, asked.sample, len(panels) if is_review else None, asked.in_last,
        evidence=panels if is_review else node.evidence,
    )  # fmt: skip


def _includes(key: str, node: IncludesNode) -> ChecklistLine:
    measure = node.asked.measure
    title, need = wording.spaced(measure.name), tuple(map(_text, node.need))
    missing = tuple(_text(value) for value in node.need if value not in node.have)
    is_review = measure.event == ReviewSubmitted.TYPE
    return ChecklistLine(
        key, "includes_all", title, f"{title}: {', '.join(need)}", node.met,
        str(len(node.have)), str(len(need)), len(node.have) * MILLION, len(need) * MILLION,
        measure.name, _kind(measure.aggregate), _field(measure.aggregate), None, measure.event,
        values=need, missing=missing,
        evidence=_panels(node.counted) if is_review else node.evidence,
    )  # fmt: skip


def _yes_or_no(
    key: str,
    kind: str,
    title: str,
    words: str,
    node: StandingNode | HoldsNode,
    badge: str,
    until: Instant | None,
) -> ChecklistLine:
    have = int(node.met)
    return ChecklistLine(
        key, kind, title, words, node.met, str(have), "1", have * MILLION, MILLION, badge,
        until=until, evidence=node.evidence,
    )  # fmt: skip


def _points(key: str, node: PointsNode) -> ChecklistLine:
    asked, need = node.asked, _as_written(node.asked.wanted)
    title = ", ".join(wording.spaced(measure.name) for measure, _ in asked.of)
    have = for_the_eye(node.have, MILLION, asked.wanted)
    # Reviews among the facts are left out: what a single one says is for nobody.
    shown = tuple(e for e in node.evidence if getattr(e, "type", "") != ReviewSubmitted.TYPE)
    return ChecklistLine(
        key, "points", title, f"{need} points of {title}", node.met, have, need,
        divided(node.have, MILLION), asked.wanted, evidence=shown,
    )  # fmt: skip


def _parts(catalog: Catalog, key: str, node: PartsNode) -> ChecklistLine:
    prefix = f"{key}." if key else ""
    parts = tuple(_line(catalog, f"{prefix}{n}", part) for n, part in enumerate(node.parts))
    need = {"all_of": len(parts), "any_of": 1}.get(node.kind, node.number or 1)
    have = sum(part.met for part in parts)
    number_ = node.number
    if node.kind == "some_of":
        title = f"{number_} of {', '.join(part.title for part in parts)}"
        words = f"{number_} of: {'; '.join(part.words for part in parts)}"
    else:
        conjunction = " and " if node.kind == "all_of" else " or "
        title = conjunction.join(part.title for part in parts)
        words = conjunction.join(part.words for part in parts)
    return ChecklistLine(
        key, node.kind, title, words, node.met, str(have), str(need), have * MILLION,
        need * MILLION, number=number_, parts=parts,
    )  # fmt: skip


def _panels(facts: Iterable[Fact]) -> tuple[ReviewPanel, ...]:
    """The panels of reviews by the time they closed."""
    by_panel: dict[str, list[Fact]] = {}
    for fact in facts:
        by_panel.setdefault(str(fact.data["panel_id"]), []).append(fact)
    panels = [_panel(name, reviews) for name, reviews in by_panel.items()]
    return tuple(sorted(panels, key=lambda panel: (panel.closed_at, panel.panel_id)))


def _panel(name: str, reviews: list[Fact]) -> ReviewPanel:
    closed = max(review.time for review in reviews)
    if len(reviews) < LEAST_SHOWN:
        return ReviewPanel(name, closed, len(reviews), None, None)
    by_row: dict[str, list[int]] = {}
    for review in reviews:
        ratings = review.data.get("ratings")
        assert isinstance(ratings, Mapping)
        for row, rating in ratings.items():
            by_row.setdefault(row, []).append(rating)
    rows = [(row, for_the_eye(sum(of) * MILLION, len(of))) for row, of in sorted(by_row.items())]
    total = sum(number_in(review, "score") for review in reviews)
    return ReviewPanel(name, closed, len(reviews), for_the_eye(total, len(reviews)), tuple(rows))


def for_the_eye(total: int, of: int, wanted: int | None = None) -> str:
    """`total / of` millionths, rounded; with as many digits as show on which side of `wanted` it
    is."""
    for digits in range(_DIGITS, _MOST_DIGITS):
        scale = 10**digits
        rounded = divided(total * scale, of * MILLION)
        if wanted is None or (rounded * MILLION >= wanted * scale) == (total >= wanted * of):
            break
    return _decimal(rounded, digits)


def _as_written(count: int) -> str:
    """So many millionths with all their digits."""
    return _decimal(count, 6)


def _decimal(count: int, digits: int) -> str:
    whole, rest = divmod(abs(count), 10**digits)
    fraction = f".{rest:0{digits}}".rstrip("0").rstrip(".")
    return f"{'-' if count < 0 else ''}{whole}{fraction}"


def _kind(aggregate: Aggregate | Judged) -> str:
    canonical = aggregate.canonical()
    return next(iter(canonical)) if isinstance(canonical, dict) else str(canonical)


def _field(aggregate: Aggregate) -> str | None:
    return aggregate.field if isinstance(aggregate, Distinct) else None


def _text(value: object) -> str:
    return number(value) if isinstance(value, int | float) else str(value)


def _title(catalog: Catalog, holding: Holding) -> str:
    if holding.badge in catalog.badge:
        return wording.plain_holding(catalog, holding)
    return holding.badge
