"""The network for other programs (网络导出): GraphML."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from jinghe.network.event import Actor
from jinghe.network.projection import Ties

__all__ = ["write_graphml"]


def write_graphml(ties: Ties, *, actors: Sequence[Actor]) -> str:
    """Write ties as GraphML: actors with name, level, province and type; ties with `weight` and `shared`."""
    import networkx as nx

    graph, known = nx.Graph(), {actor.id: actor for actor in actors}
    for code in ties.actors:
        one = known[code]
        graph.add_node(
            code, name_zh=one.name.zh, name_en=one.name.en, level=one.level, province=one.province, type=one.type
        )
    weight = ties.weight.tocoo()
    for row, column, value in sorted(zip(weight.row, weight.col, weight.data, strict=True)):
        if row < column:
            ends = ties.actors[row], ties.actors[column]
            graph.add_edge(*ends, weight=float(value), shared=int(ties.shared[row, column]))
    file = BytesIO()
    nx.write_graphml(graph, file)
    return file.getvalue().decode("utf-8")
