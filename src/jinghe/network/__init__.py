"""Networks of cooperation (协作网络): actors, events, ties, modes of governance, selective cooperation."""

from __future__ import annotations

from jinghe.network.boundary import brokerage, external_internal, find_communities, modularity
from jinghe.network.event import KINDS, Actor, Event, check_events, read_actors, read_events
from jinghe.network.exchange import write_graphml
from jinghe.network.measure import (
    betweenness,
    degree_centralisation,
    degrees,
    density,
    find_core,
    spread_of_betweenness,
    transitivity,
)
from jinghe.network.mode import MODES, Modes, find_modes
from jinghe.network.permutation import Effect, regress_ties
from jinghe.network.portrait import portray_network
from jinghe.network.projection import Ties, project_events
from jinghe.network.selective import Choice, concentration_of_initiative, find_choices

__all__ = [
    "KINDS",
    "MODES",
    "Actor",
    "Choice",
    "Effect",
    "Event",
    "Modes",
    "Ties",
    "betweenness",
    "brokerage",
    "check_events",
    "concentration_of_initiative",
    "degree_centralisation",
    "degrees",
    "density",
    "external_internal",
    "find_choices",
    "find_communities",
    "find_core",
    "find_modes",
    "modularity",
    "portray_network",
    "project_events",
    "read_actors",
    "read_events",
    "regress_ties",
    "spread_of_betweenness",
    "transitivity",
    "write_graphml",
]
