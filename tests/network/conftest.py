"""Classic networks, from networkx, and events made of them."""

import networkx as nx
import pytest
from scipy import sparse

from jinghe.labels import Text
from jinghe.network import Actor, Event


def ties_of(graph, weight=None):
    return sparse.csr_array(nx.to_scipy_sparse_array(graph, weight=weight, dtype=float))


def meeting(name, members, superiors=(), **more):
    kept = {"kind": "joint_meeting", "domain": "ecology", "initiator": "", "binding": 1} | more
    return Event(
        name, None, participants=tuple(members), superiors=superiors, title=Text(name, name), source="s", **kept
    )


def actors_of(codes, province="500000", kind="government"):
    return tuple(Actor(code, Text(code, code), "county", province, kind) for code in codes)


@pytest.fixture
def davis():
    """The Southern women of Davis, Gardner & Gardner: 18 women, 14 events, 89 attendances."""
    graph = nx.davis_southern_women_graph()
    women = graph.graph["top"]
    return women, [meeting(event, sorted(graph[event], key=women.index)) for event in graph.graph["bottom"]]
