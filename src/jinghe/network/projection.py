"""Ties between actors, seen through what they did together (单模投影): Newman's weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from jinghe.errors import DataError, problem
from jinghe.network.event import Event

__all__ = ["Ties", "project_events"]

_Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ties:
    """Undirected ties (关系): `weight` (n, n) with an empty diagonal, and how many events each pair `shared`."""

    actors: tuple[str, ...]
    weight: sparse.csr_array
    shared: sparse.csr_array

    @property
    def adjacency(self) -> sparse.csr_array:
        """Who is tied to whom, as zeros and ones."""
        return (self.shared > 0).astype(np.float64)


def project_events(events: Sequence[Event], *, actors: Sequence[str]) -> Ties:
    """Tie actors that took part in the same event as equals.

    w_ij = Σ_e b_ie b_je / (n_e − 1): an event of many ties each pair less, and an actor's ties from an event sum to 1.
    Superiors are no ends of ties.

    Args:
        events: at least one.
        actors: the order of the rows; participants outside it are left out of the event.
    Returns:
        The ties.
    Raises:
        DataError: no event has two of the actors (`network-empty`).
    Source: Newman, Scientific collaboration networks II, Physical Review E 64 (2001) 016132.
    """
    at = {actor: row for row, actor in enumerate(actors)}
    members = [[at[code] for code in event.participants if code in at] for event in events]
    members = [rows for rows in members if len(rows) > 1]
    if not members:
        raise DataError([problem("network-empty")])
    rows = np.concatenate(members)
    sizes = np.array([len(found) for found in members])
    columns = np.repeat(np.arange(len(members)), sizes)
    incidence = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(actors), len(members)))
    split = incidence * (1.0 / (sizes - 1))[None, :]
    return Ties(tuple(actors), _without_loops(split @ incidence.T), _without_loops(incidence @ incidence.T))


def _without_loops(matrix: sparse.csr_array) -> sparse.csr_array:
    found = sparse.csr_array(matrix - sparse.diags_array(matrix.diagonal()))
    found.eliminate_zeros()
    return found
