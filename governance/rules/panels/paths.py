"""The cheapest flow by shortest paths, one unit after the other: a second way to the same cost.

It needs no library, and shares nothing with the one that draws but the network.
"""

from collections import deque
from collections.abc import Mapping, Sequence

from governance.rules.panels.problem import SINK, SOURCE, Arc


class _Residual:
    """What the network can still carry. Edge 2n is the n-th arc, edge 2n + 1 its way back."""

    def __init__(self, arcs: Sequence[Arc]) -> None:
        names = sorted({name for arc in arcs for name in (arc.begin, arc.end)})
        self.node = {name: number for number, name in enumerate(names)}
        self.leaving: list[list[int]] = [[] for _ in names]
        self.to: list[int] = []
        self.left: list[int] = []
        self.cost: list[int] = []
        for arc in arcs:
            for begin, end, capacity, cost in (
                (arc.begin, arc.end, arc.capacity, arc.cost),
                (arc.end, arc.begin, 0, -arc.cost),
            ):
                self.leaving[self.node[begin]].append(len(self.to))
                self.to.append(self.node[end])
                self.left.append(capacity)
                self.cost.append(cost)

    def shortest(self, source: int, sink: int) -> list[int]:
        """The edges of a cheapest way, last first. There is one."""
        far: list[int | None] = [None] * len(self.leaving)
        via = [-1] * len(self.leaving)
        far[source] = 0
        waiting, is_waiting = deque([source]), {source}
        while waiting:
            node = waiting.popleft()
            is_waiting.discard(node)
            here = far[node]
            assert here is not None, "what waits was reached"
            for edge in self.leaving[node]:
                end, cost = self.to[edge], here + self.cost[edge]
                known = far[end]
                if self.left[edge] and (known is None or cost < known):
                    far[end], via[end] = cost, edge
                    if end not in is_waiting:
                        waiting.append(end)
                        is_waiting.add(end)
        way, node = [], sink
        while node != source:
            way.append(via[node])
            node = self.to[via[node] ^ 1]
        return way


def solve(arcs: Sequence[Arc], units: int) -> Mapping[Arc, int]:
    """Units by arc."""
    residual = _Residual(arcs)
    source, sink = residual.node[SOURCE], residual.node[SINK]
    for _ in range(units):
        for edge in residual.shortest(source, sink):
            residual.left[edge] -= 1
            residual.left[edge ^ 1] += 1
    return {arc: residual.left[2 * number + 1] for number, arc in enumerate(arcs)}
