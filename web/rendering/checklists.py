"""A checklist for the eye: what stands on each line, open ones first, and what would help.

Everything that a bar or a colour says stands in words too.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from events.schemas.review_submitted import ReviewSubmitted
from web.rendering import wording
from web.rendering.texts import progress as texts
from web.rendering.wording import Forms
from web.views.progress import Checklist, LineShown


@dataclass(frozen=True, slots=True)
class Bar:
    """How much there is of what is needed, in words and as 0 to 100."""

    text: str
    percent: int
    met: bool


@dataclass(frozen=True, slots=True)
class NamedValue:
    """A value that is asked for by name."""

    name: str
    present: bool


@dataclass(frozen=True, slots=True)
class LineCard:
    """A line. `window`: how far back it looks, "" for all the time. `standing`: for a line about a
    badge, how it stands, and `last_day` until when. `help`: what would help, "" where nothing is
    lacking. `either`: how many of the parts are enough, in words. `facts`: how many there are
    behind it, and `by_panel`: whether they are panels."""

    line: str
    title: str
    met: bool
    bars: tuple[Bar, ...]
    values: tuple[NamedValue, ...]
    window: str
    standing: str
    help: str
    either: str
    facts: int
    by_panel: bool
    last_day: str | None
    parts: "tuple[LineCard, ...]"


@dataclass(frozen=True, slots=True)
class ChecklistCards:
    """A checklist with its open lines and those that are met, each in their order."""

    stage: str
    renewal: bool
    met: bool
    open: tuple[LineCard, ...]
    done: tuple[LineCard, ...]

    @property
    def of(self) -> int:
        """How many lines there are."""
        return len(self.open) + len(self.done)


def cards(checklist: Checklist) -> ChecklistCards:
    """The lines of a checklist, those that are open apart from those that are met."""
    lines = [_card(line) for line in checklist.lines]
    return ChecklistCards(
        checklist.stage,
        checklist.renewal,
        checklist.met,
        tuple(line for line in lines if not line.met),
        tuple(line for line in lines if line.met),
    )


def title(line: LineShown) -> str:
    """What a line is called: "Portfolio gain", "Industry voices or learner voices"."""
    return wording.sentence(_title(line))


def _title(line: LineShown) -> str:
    if not line.parts:
        return line.title
    joint = texts.AND if line.kind == "all_of" else texts.OR
    return joint.join(dict.fromkeys(_title(part) for part in line.parts))


def _card(line: LineShown, *, lacking: bool = True) -> LineCard:
    """A line. `lacking` False: it is part of one that is met, so nothing of it is lacking."""
    lacking = lacking and not line.met
    return LineCard(
        line=line.line,
        title=title(line),
        met=line.met,
        bars=tuple(_bars(line)),
        values=tuple(NamedValue(value, value not in line.missing) for value in line.values),
        window=wording.counted(line.months, texts.WINDOW) if line.months else "",
        standing=_standing(line),
        help=_help(line) if lacking else "",
        either=_either(line),
        facts=line.facts,
        by_panel=line.event == ReviewSubmitted.TYPE,
        last_day=line.last_day,
        parts=tuple(_card(part, lacking=lacking) for part in line.parts),
    )


def _either(line: LineShown) -> str:
    if line.kind == "all_of":
        return texts.ALL_OF
    return wording.counted(line.number or 1, texts.ANY_OF) if line.parts else ""


def _standing(line: LineShown) -> str:
    match line.kind:
        case "in_standing":
            return texts.STANDING if line.met else texts.NOT_IN_STANDING
        case "holds":
            return texts.HELD if line.met else texts.NOT_HELD_YET
    return ""


def _bars(line: LineShown) -> Iterable[Bar]:
    if line.need is None:
        return
    if line.sample_needed is None:
        have, need = Decimal(line.have or "0"), Decimal(line.need)
        yield Bar(_amount(have, need, _unit(line)), line.percent, line.met)
        return
    yield Bar(
        texts.AMOUNT_NEEDED.format(have=_reached(line), need=_value(line, line.need)),
        line.percent,
        line.percent == 100,
    )
    sample = line.sample or 0
    words = _amount(Decimal(sample), Decimal(line.sample_needed), _unit(line))
    if line.panels is not None:
        panels = wording.counted(line.panels, texts.PANELS)
        words = texts.IN_PANELS.format(sample=words, panels=panels)
    yield Bar(words, min(100, 100 * sample // line.sample_needed), sample >= line.sample_needed)


def _amount(have: Decimal, need: Decimal, unit: Forms) -> str:
    """How much of how much: "5 of 6 reviews", and beyond that "7 reviews, 6 needed"."""
    if have > need:
        return texts.AMOUNT_NEEDED.format(have=_counted(have, unit), need=_plain(need))
    return texts.AMOUNT.format(have=_plain(have), need=_counted(need, unit))


def _reached(line: LineShown) -> str:
    """What a mean, share or gain is so far, and of what kind it is."""
    if line.have is None:
        return texts.WITHHELD_AMOUNT if line.withheld else texts.NO_AMOUNT
    kinds = {"mean": texts.AVERAGE, "gain": texts.GAINED}
    return kinds.get(line.aggregate or "", "{have}").format(have=_value(line, line.have))


def _value(line: LineShown, text: str | None) -> str:
    if line.aggregate == "share":
        return texts.PERCENT.format(n=_plain(Decimal(text or "0") * 100))
    return text or "0"


def _help(line: LineShown) -> str:
    if line.parts:
        return ""
    match line.kind:
        case "includes_all":
            return texts.HELP_MISSING.format(values=", ".join(line.missing))
        case "in_standing":
            return texts.HELP_STANDING.format(badge=line.title)
        case "holds":
            return texts.HELP_HOLDS.format(badge=line.title)
    if line.sample_needed is not None:
        return _help_with_sample(line, line.sample_needed)
    lacking = Decimal(line.need or "0") - Decimal(line.have or "0")
    if line.kind == "points":
        return texts.HELP_COUNT.format(more=_more(lacking, texts.POINTS))
    unit = _unit(line)
    match line.aggregate:
        case "streak":
            return texts.HELP_RUN.format(
                need=_counted(Decimal(line.need or "0"), unit), have=line.have or "0"
            )
        case "groups" if line.each:
            each = _counted(Decimal(line.each), texts.UNITS.get(line.event or "", texts.OTHER_UNIT))
            return texts.HELP_GROUPS.format(more=_more(lacking, unit), each=each)
    return texts.HELP_COUNT.format(more=_more(lacking, unit))


def _help_with_sample(line: LineShown, needed: int) -> str:
    lacking = needed - (line.sample or 0)
    if lacking > 0:
        return texts.HELP_SAMPLE[lacking != 1].format(more=_more(Decimal(lacking), _unit(line)))
    if line.have is None:
        return texts.HELP_WITHHELD if line.withheld else texts.HELP_NOTHING
    sentence = {"share": texts.HELP_SHARE, "gain": texts.HELP_GAIN}
    return sentence.get(line.aggregate or "", texts.HELP_MEAN).format(
        have=_value(line, line.have), need=_value(line, line.need)
    )


def _more(n: Decimal, forms: Forms) -> str:
    """So many of them more: "1 more review"."""
    return forms[n != 1].format(n=texts.MORE.format(n=_plain(n)))


def _counted(n: Decimal, forms: Forms) -> str:
    """So many of them, also where it is no whole number: "2.5 credits"."""
    if n == n.to_integral_value():
        return wording.counted(int(n), forms)
    return forms[1].format(n=_plain(n))


def _unit(line: LineShown) -> Forms:
    """What a line counts."""
    by = line.by or ""
    match line.aggregate:
        case None:
            return texts.POINTS
        case "gain":
            return texts.PAIR_UNIT
        case "distinct":
            return texts.DISTINCT_UNITS.get(by, texts.OTHER_VALUES)
        case "groups" | "streak":
            return texts.PERIOD_UNITS.get(by) or texts.DISTINCT_UNITS.get(by, texts.OTHER_VALUES)
        case "sum":
            named = by.replace("_", " ")
            return (f"{{n}} {named}", f"{{n}} {named}")
    return texts.UNITS.get(line.event or "", texts.OTHER_UNIT)


def _plain(n: Decimal) -> str:
    return f"{n.normalize():,f}" if n else "0"
