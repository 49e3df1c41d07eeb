"""Density, centralisation, transitivity, core and periphery: the figures of classic networks."""

import math

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.network import (
    betweenness,
    degree_centralisation,
    degrees,
    density,
    find_core,
    spread_of_betweenness,
    transitivity,
)

from .conftest import ties_of

PUBLISHED = {  # density, C_D, C_B, transitivity
    "florentine": (nx.florentine_families_graph(), 0.190476, 0.274725, 0.436813, 0.191489),
    "karate": (nx.karate_club_graph(), 0.139037, 0.399621, 0.405557, 0.255682),
    "star": (nx.star_graph(9), 0.2, 1.0, 1.0, 0.0),
    "ring": (nx.cycle_graph(10), 0.222222, 0.0, 0.0, 0.0),
    "complete": (nx.complete_graph(10), 1.0, 0.0, 0.0, 1.0),
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_classic_networks_have_their_known_figures(name):
    graph, *expected = PUBLISHED[name]
    adjacency = ties_of(graph)

    found = (
        density(adjacency),
        degree_centralisation(degrees(adjacency)),
        spread_of_betweenness(betweenness(adjacency)),
        transitivity(adjacency),
    )
    assert expected == [round(value, 6) for value in found]


@pytest.mark.parametrize(
    ("graph", "core", "fit"),
    [
        (nx.florentine_families_graph(), {"Medici", "Guadagni", "Strozzi"}, 0.3299),
        (nx.karate_club_graph(), {0, 1, 2, 32, 33}, 0.4315),
        (nx.star_graph(9), {0}, 1.0),
    ],
)
def test_the_core_is_the_known_one(graph, core, fit):
    rows, found = find_core(ties_of(graph))

    assert core == {list(graph)[row] for row in rows}
    assert fit == round(found, 4)


@pytest.mark.parametrize("graph", [nx.complete_graph(10), nx.empty_graph(5), nx.path_graph(2)])
def test_where_nothing_differs_there_is_no_core(graph):
    assert find_core(ties_of(graph)) is None


@given(st.integers(3, 14), st.floats(0.1, 0.9), st.integers(0, 10_000))
def test_betweenness_agrees_with_networkx(n, chance, seed):
    graph = nx.gnp_random_graph(n, chance, seed=seed)

    expected = list(nx.betweenness_centrality(graph).values())
    np.testing.assert_allclose(betweenness(ties_of(graph)), expected, atol=1e-12)


def test_too_few_actors_leave_the_measures_undefined():
    pair = ties_of(nx.path_graph(2))

    assert math.isnan(degree_centralisation(degrees(pair)))
    assert np.isnan(betweenness(pair)).all()
    assert math.isnan(transitivity(pair))
    assert math.isnan(density(ties_of(nx.empty_graph(1))))
