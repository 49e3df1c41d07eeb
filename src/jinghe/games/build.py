"""Making a game (构造博弈): from a table, from a list, from a function, from costs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike

from jinghe.errors import DataError, Problem, problem
from jinghe.games.game import Game, check_parties, list_coalitions, read_vector, sum_members
from jinghe.labels import Text

__all__ = ["find_cost_shares", "list_game", "make_additive", "make_savings", "read_game", "tabulate"]


def read_game(table: Mapping[Sequence[str], float], *, parties: Sequence[str], labels: Sequence[Text] = ()) -> Game:
    """Read a game from a table with one row per coalition (价值表).

    Args:
        table: the worth of each of the 2^n − 1 coalitions, keyed by its parties in any order; one alone may stand
            without its tuple.
        parties: the n identifiers.
        labels: how the parties are called.
    Raises:
        DataError: naming every coalition that is missing, stands twice, or has a party not listed.

    >>> read_game({"A": 10, "B": 20, ("B", "A"): 50}, parties=("A", "B")).total
    50.0
    """
    check_parties(parties)
    values, faults = np.full(1 << len(parties), np.nan), list[Problem]()
    values[0] = 0.0
    for key, worth in table.items():
        group = (key,) if isinstance(key, str) else key
        if strangers := [party for party in group if party not in parties]:
            faults += [problem("game-party-unknown", "game.table", found=x, expected=_join(parties)) for x in strangers]
            continue
        mask = sum(1 << parties.index(party) for party in set(group))
        if not np.isnan(values[mask]):
            faults.append(problem("game-coalition-repeated", "game.table", found=_join(group)))
        values[mask] = read_vector([worth], path=f"game.table[{_join(group)}]", n=1)[0]
    if missing := [mask for mask in list_coalitions(len(parties)) if np.isnan(values[mask])]:
        shown = ["+".join(p for i, p in enumerate(parties) if mask >> i & 1) for mask in missing]
        faults.append(problem("game-coalition-missing", "game.table", found=_join(shown[:5]), count=len(missing)))
    if faults:
        raise DataError(faults)
    return Game(tuple(parties), values, tuple(labels))


def _join(words: Sequence[str]) -> str:
    return ", ".join(words)


def list_game(worths: ArrayLike, *, parties: Sequence[str], labels: Sequence[Text] = ()) -> Game:
    """Read a game from a list by size of the coalition, then alphabetically, as textbooks print it (1, 2, 3, 12, 13 …).

    Raises:
        DataError: there are not 2^n − 1 finite worths, or the parties are no parties of a game.

    >>> list_game([0, 0, 0, 10, 0, 0, 2], parties=("A", "B", "C")).worth("A", "B")
    10.0
    """
    check_parties(parties)
    listed = read_vector(worths, path="game.worths", n=(1 << len(parties)) - 1)
    values = np.zeros(1 << len(parties))
    values[list_coalitions(len(parties))] = listed
    return Game(tuple(parties), values, tuple(labels))


def tabulate(worth: Callable[[tuple[str, ...]], float], *, parties: Sequence[str], labels: Sequence[Text] = ()) -> Game:
    """Ask a function for the worth of every coalition, once each: project data, or runs of the simulator.

    Args:
        worth: takes the parties of a non-empty coalition in the game's order, returns v(S). It is called 2^n − 1 times.
        parties: the n identifiers.
        labels: how the parties are called.
    Raises:
        DataError: a worth is not finite, or the parties are no parties of a game.

    >>> tabulate(lambda group: len(group) ** 2, parties=("A", "B", "C")).total
    9.0
    """
    check_parties(parties)
    groups = (tuple(p for i, p in enumerate(parties) if mask >> i & 1) for mask in range(1, 1 << len(parties)))
    return Game(tuple(parties), np.array([0.0, *map(worth, groups)]), tuple(labels))


def make_additive(worths: ArrayLike, *, parties: Sequence[str], labels: Sequence[Text] = ()) -> Game:
    """Make the game in which nothing is gained together, v(S) = Σ_{i∈S} w_i (可加博弈).

    Raises:
        DataError: there are not n finite worths, or the parties are no parties of a game.

    >>> make_additive([1, 2], parties=("A", "B")).total
    3.0
    """
    check_parties(parties)
    values = sum_members(read_vector(worths, path="game.worths", n=len(parties)))
    return Game(tuple(parties), values, tuple(labels))


def make_savings(costs: Game) -> Game:
    """Turn costs into savings, v(S) = Σ_{i∈S} c(i) − c(S) (成本博弈转为节约博弈).

    Args:
        costs: the least cost of serving each coalition, as the `values` of a game.
    Returns:
        The game of savings; every rule here shares savings. `find_cost_shares` turns a split of them back into costs.
    Source: Young, Cost Allocation: Methods, Principles, Applications (1985).

    >>> make_savings(Game(("A", "B"), [0, 30, 20, 40])).total
    10.0
    """
    return Game(costs.parties, sum_members(costs.alone) - costs.values, costs.labels)


def find_cost_shares(costs: Game, *, savings: ArrayLike) -> tuple[float, ...]:
    """Turn a split of the savings into cost shares, c(i) − x_i (成本分摊额).

    Raises:
        DataError: there are not n finite savings.

    >>> find_cost_shares(Game(("A", "B"), [0, 30, 20, 40]), savings=[5, 5])
    (25.0, 15.0)
    """
    shares = costs.alone - read_vector(savings, path="game.savings", n=costs.n)
    return tuple(shares.tolist())
