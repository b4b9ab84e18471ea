"""The thresholds of a policy, and whether somebody would meet a stage under another one.

What somebody has does not depend on what is asked of it, so one reading of their facts answers for
every threshold.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isfinite

from engine.catalog.policy import Policy, Stage
from engine.projections.eligibility_nodes import AtLeastNode, EligibilityNode, PartsNode
from engine.rules.aggregates.judgement import Judged
from engine.rules.aggregates.share import ShareMet
from engine.rules.criteria.at_least import AtLeast
from engine.rules.criteria.criterion import Criterion
from engine.rules.millionths import millionths

MOST = 1_000_000_000
_GIVEN, _RENEWED = "given", "renewed"


@dataclass(frozen=True, slots=True)
class ThresholdLine:
    """A line of a stage, or of its renewal, that asks for a number. `path`: the positions that lead
    to it, from the outermost criterion."""

    stage: Stage
    renewal: bool
    path: tuple[int, ...]
    asked: AtLeast

    @property
    def address(self) -> str:
        """Its name among all lines of a policy, such as "senior/given/1.0"."""
        where = _RENEWED if self.renewal else _GIVEN
        return f"{self.stage.name}/{where}/{'.'.join(map(str, self.path))}"


@dataclass(frozen=True, slots=True)
class OtherThreshold:
    """What would be asked instead. `sample`: of a mean, share or gain only."""

    number: float
    sample: int | None = None


def lines(policy: Policy) -> list[ThresholdLine]:
    """Every line that asks for a number, stage by stage."""
    return [
        ThresholdLine(stage, renewal, path, asked)
        for stage in policy.stages
        if stage.given is not None
        for renewal, criterion in ((False, stage.given), (True, stage.renewed))
        for path, asked in _lines_of(criterion, ())
    ]


def line_at(policy: Policy, address: str) -> ThresholdLine | None:
    """The line of an address; None if there is none."""
    return next((line for line in lines(policy) if line.address == address), None)


def fits(line: ThresholdLine, other: OtherThreshold) -> bool:
    """Whether a policy could ask this of the line: as the loader of catalogs has it."""
    if not isfinite(other.number) or abs(other.number) > MOST:
        return False
    aggregate = line.asked.measure.aggregate
    if not isinstance(aggregate, Judged):
        return other.sample is None and millionths(other.number) > 0
    if other.sample is None or not 1 <= other.sample <= MOST:
        return False
    return not isinstance(aggregate, ShareMet) or 0 <= other.number <= 1


def met_under(node: EligibilityNode, path: Sequence[int], other: OtherThreshold) -> bool:
    """Whether a criterion would be met if the line at the path asked for something else.

    Raises:
        LookupError: there is no such line.
    """
    if not path:
        if not isinstance(node, AtLeastNode):
            raise LookupError("no line that asks for a number is here")
        return _reached(node, other)
    if not isinstance(node, PartsNode):
        raise LookupError("no parts are here")
    position, *rest = path
    met = [part.met for part in node.parts]
    met[position] = met_under(node.parts[position], rest, other)
    match node.kind:
        case "all_of":
            return all(met)
        case "any_of":
            return any(met)
    return sum(met) >= (node.number or 1)


def _reached(node: AtLeastNode, other: OtherThreshold) -> bool:
    wanted = millionths(other.number)
    if node.sample is None:
        return node.total >= wanted
    return node.sample >= (other.sample or 1) and node.total >= wanted * node.of


def _lines_of(
    criterion: Criterion | None, path: tuple[int, ...]
) -> Iterator[tuple[tuple[int, ...], AtLeast]]:
    if isinstance(criterion, AtLeast):
        yield path, criterion
    elif criterion is not None:
        for position, part in enumerate(criterion.parts):
            yield from _lines_of(part, (*path, position))
