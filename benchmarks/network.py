"""The network of 3,000 actors and 20,000 events with 1,000 bootstrap samples; betweenness beside networkx.

    .venv/bin/python benchmarks/network.py

The target is 60 s. The peer, in the same run, is networkx' betweenness centrality.
"""

from __future__ import annotations

import resource
import time

import networkx as nx
import numpy as np

from jinghe.labels import Text
from jinghe.network import Actor, Event, betweenness, portray_network, project_events

TARGET = 60.0  # seconds


def made(actors: int, events: int, seed: int = 7) -> tuple[list[Actor], list[Event]]:
    """Actors of four provinces and three kinds; events of 2–5 of them, a third with a superior."""
    rng = np.random.default_rng(seed)
    people = [
        Actor(str(n), Text(str(n), str(n)), "county", str(n % 4), ("government", "firm", "society")[n % 3])
        for n in range(actors)
    ]
    found = []
    for number in range(events):
        members = tuple(map(str, rng.choice(actors, size=rng.integers(2, 6), replace=False)))
        above = ("p",) if rng.random() < 1 / 3 else ()
        plain = {"kind": "agreement", "domain": str(rng.integers(6)), "binding": int(rng.integers(4)), "source": "s"}
        title = Text("事件", "event")
        found.append(
            Event(str(number), None, initiator=members[0], participants=members, superiors=above, title=title, **plain)
        )
    return people, found


def main() -> int:
    """Print the time and the ratio; exit code 1 when the target is missed."""
    people, events = made(3000, 20_000)
    start = time.process_time()
    portray_network(events, actors=people, seed=7, draws=1000)
    taken = time.process_time() - start
    print(f"3,000 actors × 20,000 events, 1,000 bootstraps: {taken:.1f} CPU s")
    few, some = made(400, 1500)
    adjacency = project_events(some, actors=[actor.id for actor in few]).adjacency
    start = time.process_time()
    ours = betweenness(adjacency)
    own = time.process_time() - start
    start = time.process_time()
    peer = np.array(list(nx.betweenness_centrality(nx.from_scipy_sparse_array(adjacency)).values()))
    other = time.process_time() - start
    print(
        f"betweenness of 400: {own:.2f} s, networkx {other:.2f} s, ratio {other / own:.0f}; "
        f"off by {abs(ours - peer).max():.0e}"
    )
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GiB")
    return int(taken > TARGET)


if __name__ == "__main__":
    raise SystemExit(main())
