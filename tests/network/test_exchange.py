"""GraphML."""

from io import BytesIO

import networkx as nx

from jinghe.network import project_events, write_graphml

from .conftest import actors_of, meeting


def test_graphml_is_read_back_with_weights_and_names():
    actors = actors_of("abc")
    ties = project_events([meeting("e", "abc"), meeting("f", "ab")], actors="abc")

    graph = nx.read_graphml(BytesIO(write_graphml(ties, actors=actors).encode("utf-8")))
    assert {"a", "b", "c"} == set(graph)
    assert (1.5, 2) == (graph["a"]["b"]["weight"], graph["a"]["b"]["shared"])
    assert "a" == graph.nodes["a"]["name_zh"]
