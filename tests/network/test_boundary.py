"""Communities, provinces as groups, brokers."""

import math

import networkx as nx
import numpy as np
import pytest

from jinghe.network import brokerage, external_internal, find_communities, modularity

from .conftest import ties_of

KARATE = nx.karate_club_graph()
CLUBS = [KARATE.nodes[node]["club"] for node in KARATE]


def test_the_split_of_the_karate_club_has_its_known_modularity():
    assert 0.358235 == round(modularity(ties_of(KARATE), groups=CLUBS), 6)
    assert 0.391438 == round(modularity(ties_of(KARATE, "weight"), groups=CLUBS), 6)


def test_communities_of_a_ring_and_of_the_karate_club_are_the_known_ones():
    ring = ties_of(nx.cycle_graph(10))
    found = find_communities(ring, seed=1)

    assert 0.34 == round(
        modularity(ring, groups=[next(n for n, g in enumerate(found) if v in g) for v in range(10)]), 2
    )
    plain = ties_of(KARATE)
    groups = find_communities(plain, seed=1)
    inside = [next(n for n, group in enumerate(groups) if row in group) for row in range(34)]
    assert 0.418803 == round(modularity(plain, groups=inside), 6)


def test_ties_across_and_inside_borders_are_told_apart():
    square = ties_of(nx.cycle_graph(4))

    assert -1.0 == external_internal(square, groups="aaaa")
    assert 1.0 == external_internal(square, groups="abab")
    assert 0.0 == external_internal(square, groups="aabb")
    assert math.isnan(external_internal(ties_of(nx.empty_graph(3)), groups="abc"))
    assert math.isnan(modularity(ties_of(nx.empty_graph(3)), groups="abc"))


@pytest.mark.parametrize(
    ("groups", "role"), [("aaa", "coordinator"), ("bab", "itinerant"), ("aab", "gatekeeper"), ("bac", "liaison")]
)
def test_a_broker_is_named_by_the_borders_it_bridges(groups, role):
    counts = brokerage(ties_of(nx.path_graph(3)), groups=groups)

    assert {role: [0, 1, 0]} == {name: list(found) for name, found in counts.items() if found.any()}


def test_who_bridges_nothing_is_no_broker():
    assert not any(np.any(found) for found in brokerage(ties_of(nx.complete_graph(4)), groups="abab").values())
