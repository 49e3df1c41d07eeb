"""The count of rivals ahead, compiled (编译内核·名次): what makes expected prizes dear."""

from __future__ import annotations

from typing import Any

import numpy as np

from jinghe.simulation.compiled import compiled

__all__ = ["fewer_than"]


@compiled
def fewer_than(ahead: Any, slots: int) -> Any:
    """P(fewer than k of the others happen), each event left out in turn; events (n, nodes) are independent.

    The counts before and after the one left out are convolved: nothing is divided, so nothing is lost to rounding.
    """
    size, nodes = ahead.shape
    after, before, found = np.zeros((size + 1, slots, nodes)), np.zeros((slots, nodes)), np.zeros((size, nodes))
    after[size, 0], before[0] = 1.0, 1.0
    for i in range(size - 1, 0, -1):
        after[i] = after[i + 1]
        _add_event(after[i], ahead[i])
    for i in range(size):
        for k in range(1, slots):
            after[i + 1, k] += after[i + 1, k - 1]  # from here on: at most k
        for k in range(slots):
            for node in range(nodes):
                found[i, node] += before[k, node] * after[i + 1, slots - 1 - k, node]
        _add_event(before, ahead[i])
    return found


@compiled
def _add_event(counts: Any, chance: Any) -> None:
    """Counts 0…k−1 after one more independent event."""
    for k in range(len(counts) - 1, -1, -1):
        for node in range(len(chance)):
            kept = counts[k, node] * (1 - chance[node])
            counts[k, node] = kept + counts[k - 1, node] * chance[node] if k > 0 else kept
