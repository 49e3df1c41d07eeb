"""The network as data for a picture (网络图数据): who is tied to whom, grouped by province."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from jinghe.network.event import Actor
from jinghe.network.projection import Ties
from jinghe.network.selective import Choice

__all__ = ["MOST", "outline_network"]

MOST = 60  # actors that one picture can hold; the most active are kept


def outline_network(ties: Ties, *, actors: Sequence[Actor], choices: Sequence[Choice]) -> Mapping[str, Any]:
    """Gather actors and ties as a JSON-able tree for the figure.

    Args:
        ties: in the order of `choices`.
        actors: all that are known, for names of actors and provinces.
        choices: how many events each actor of the ties took part in.
    Returns:
        `kind`, `actors` (id, name, group, type, events), the most active first; `groups` (id, name); `ties` as pairs of
        places in `actors` with weight and number of shared events; `left_out`: actors not drawn.
    """
    known = {actor.id: actor for actor in actors}
    order = sorted((row for row in range(len(ties.actors)) if choices[row].events), key=lambda r: -choices[r].events)
    kept = order[:MOST]
    drawn = [known[ties.actors[row]] for row in kept]
    groups = list(dict.fromkeys(actor.province for actor in drawn))
    weight, place = ties.weight.tocoo(), {row: at for at, row in enumerate(kept)}
    pairs = sorted((int(a), int(b), float(w)) for a, b, w in zip(weight.row, weight.col, weight.data, strict=True))
    return {
        "kind": "network",
        "actors": [
            {"id": actor.id, "name": actor.name.as_dict(), "group": actor.province, "type": actor.type, "events": n}
            for actor, n in zip(drawn, (choices[row].events for row in kept), strict=True)
        ],
        "groups": [
            {"id": group, "name": known[group].name.as_dict() if group in known else {"zh": group, "en": group}}
            for group in groups
        ],
        "ties": [
            [place[a], place[b], w, int(ties.shared[a, b])] for a, b, w in pairs if a < b and {a, b} <= place.keys()
        ],
        "left_out": len(order) - len(kept),
    }
