"""The cheapest flow by the network simplex of networkx. Pages never import this; commands that draw
nothing do without the time that importing networkx takes."""

from collections.abc import Mapping, Sequence

from governance.rules.panels.problem import SINK, SOURCE, Arc


def solve(arcs: Sequence[Arc], units: int) -> Mapping[Arc, int]:
    """Units by arc. Nodes and edges are added in the order given, so the same network has the same
    answer."""
    import networkx

    graph = networkx.DiGraph()
    graph.add_node(SINK, demand=units)
    graph.add_node(SOURCE, demand=-units)
    for arc in arcs:
        graph.add_edge(arc.begin, arc.end, capacity=arc.capacity, weight=arc.cost)
    _, flows = networkx.network_simplex(graph)
    return {arc: flows[arc.begin][arc.end] for arc in arcs}
