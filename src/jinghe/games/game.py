"""Cooperative games (合作博弈): what every coalition of parties can earn, held in one table indexed by bitmask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from jinghe.errors import DataError, Problem, problem
from jinghe.labels import Text

__all__ = [
    "MAX_PARTIES",
    "Floats",
    "Game",
    "check_game",
    "check_parties",
    "list_coalitions",
    "read_vector",
    "sum_members",
]

Floats: TypeAlias = NDArray[np.float64]

MAX_PARTIES = 20
_ENDLESS = 1e100  # so that no sum over coalitions overflows
_FULL_CHECK = 13  # 3^13 = 1.6 million pairs of coalitions


@dataclass(frozen=True, slots=True, eq=False)
class Game:
    """A game with transferable utility (可转移效用博弈): v(S) for each coalition S of n parties.

    Args:
        parties: n identifiers, 2 ≤ n ≤ 20, in the order of the bits.
        values: 2^n worths in any one unit; `values[mask]` is the worth of the parties whose bits stand in `mask`
            (party 0 is bit 1, party 1 is bit 2, party 2 is bit 4 …), `values[0]` is 0. Costs are no worths: turn them
            into savings once with `make_savings`.
        labels: how the parties are called; their identifiers when left out.
    Raises:
        DataError: fewer than 2 or more than 20 parties, a party twice or without a name, not 2^n values, a value that
            is not finite, or an empty coalition worth anything.

    >>> Game(("A", "B"), [0, 10, 20, 50]).worth("A", "B")
    50.0
    """

    parties: tuple[str, ...]
    values: Floats
    labels: tuple[Text, ...] = ()

    def __post_init__(self) -> None:
        parties = tuple(str(party) for party in self.parties)
        check_parties(parties)
        values = read_vector(self.values, path="game.values", n=1 << len(parties))
        if values[0] != 0:
            raise DataError([problem("game-empty-coalition", "game.values", found=f"{values[0]:g}")])
        values.setflags(write=False)
        object.__setattr__(self, "parties", parties)
        object.__setattr__(self, "values", values)
        object.__setattr__(self, "labels", _read_labels(self.labels, parties))

    @property
    def n(self) -> int:
        """The number of parties."""
        return len(self.parties)

    @property
    def total(self) -> float:
        """What all earn together, v(N)."""
        return float(self.values[-1])

    @property
    def alone(self) -> Floats:
        """What each earns alone, v(i), (n,)."""
        worths: Floats = self.values[1 << np.arange(self.n)]
        return worths

    @property
    def marginal(self) -> Floats:
        """What is lost when one leaves all others, M_i = v(N) − v(N∖i), (n,)."""
        losses: Floats = self.total - self.values[(1 << self.n) - 1 - (1 << np.arange(self.n))]
        return losses

    @property
    def scale(self) -> float:
        """The size of the stakes, max |v(S) − Σ_{i∈S} v(i)|."""
        return float(np.abs(self.values - sum_members(self.alone)).max())

    @property
    def tolerance(self) -> float:
        """The amount that counts as nothing: 1e-9 of the stakes, and never less than the rounding of the worths."""
        return max(1e-9 * self.scale, 1e-13 * float(np.abs(self.values).max()))

    def worth(self, *parties: str) -> float:
        """Return v(S) of the parties named; each must be one of the game's."""
        return float(self.values[sum(1 << self.parties.index(party) for party in set(parties))])

    def members(self, mask: int) -> tuple[str, ...]:
        """Name the parties of a coalition."""
        return tuple(party for i, party in enumerate(self.parties) if mask >> i & 1)

    def call(self, mask: int) -> Text:
        """Name a coalition in words (联盟名称)."""
        zh, en = zip(*((label.zh, label.en) for i, label in enumerate(self.labels) if mask >> i & 1), strict=True)
        return Text("、".join(zh), " and ".join(filter(None, (", ".join(en[:-1]), en[-1]))))


def check_parties(parties: Sequence[str]) -> None:
    """Raise DataError for fewer than 2 or more than 20 parties, for one named twice, and for one without a name."""
    if not 2 <= len(parties) <= MAX_PARTIES:
        raise DataError([problem("game-parties", "game.parties", found=len(parties), limit=MAX_PARTIES)])
    if twice := sorted({party for party in parties if not party or parties.count(party) > 1}):
        raise DataError([problem("game-party-repeated", "game.parties", found=party) for party in twice])


def _read_labels(labels: Sequence[object], parties: Sequence[str]) -> tuple[Text, ...]:
    if labels and len(labels) != len(parties):
        raise DataError([problem("game-length", "game.labels", found=len(labels), expected=len(parties))])
    return tuple(Text.of(label) for label in labels or parties)


def read_vector(values: ArrayLike, *, path: str, n: int) -> Floats:
    """Read n finite numbers into a new float64 array.

    Raises DataError at `path` when there are not n of them or one is no finite number.

    >>> read_vector([1, 2], path="game.shares", n=2)
    array([1., 2.])
    """
    try:
        vector = np.array(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise DataError([problem("game-number", path, found=values)]) from None
    if vector.shape != (n,):
        raise DataError([problem("game-length", path, found=vector.size, expected=n)])
    if (wild := vector[~(np.abs(vector) < _ENDLESS)]).size:
        raise DataError([problem("game-number", path, found=wild[0])])
    return vector


def sum_members(amounts: Floats) -> Floats:
    """Sum an amount per party over every coalition, x(S) = Σ_{i∈S} x_i: (n,) → (2^n,).

    >>> sum_members(np.array([1.0, 2.0]))
    array([0., 1., 2., 3.])
    """
    sums = np.zeros(1 << len(amounts))
    for i, amount in enumerate(amounts):
        sums[1 << i : 2 << i] = sums[: 1 << i] + amount
    return sums


def check_game(game: Game) -> list[Problem]:
    """Find what makes a game doubtful: two coalitions that earn less together than apart (不满足超可加性).

    v(S ∪ T) ≥ v(S) + v(T) is tried for all disjoint S and T up to 13 parties; above that only where T is one party, and
    a note says so. Only the worst pair is reported; a shortfall within `game.tolerance` is none.

    >>> [fault.code for fault in check_game(Game(("A", "B"), [0, 10, 20, 25]))]
    ['game-not-superadditive']
    """
    is_full = game.n <= _FULL_CHECK
    first, second = _list_disjoint(game.n) if is_full else _list_joiners(game.n)
    loss = game.values[first] + game.values[second] - game.values[first | second]
    worst = int(loss.argmax())
    found = [] if is_full else [problem("game-check-partial", "game.values", limit=_FULL_CHECK)]
    if loss[worst] > game.tolerance:
        one, other = game.call(int(first[worst])), game.call(int(second[worst]))
        found.append(
            problem(
                "game-not-superadditive",
                "game.values",
                loss=f"{loss[worst]:.6g}",
                first_zh=one.zh,
                first_en=one.en,
                second_zh=other.zh,
                second_en=other.en,
            )
        )
    return found


def _list_disjoint(n: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    first, second = np.zeros(1, np.int32), np.zeros(1, np.int32)
    for i in range(n):
        first, second = (
            np.concatenate([first, first | 1 << i, first]),
            np.concatenate([second, second, second | 1 << i]),
        )
    proper = (first > 0) & (second > 0) & (first < second)
    return first[proper], second[proper]


def _list_joiners(n: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    masks = np.arange(1, 1 << n, dtype=np.int32)
    groups = [masks[masks >> i & 1 == 0] for i in range(n)]
    return np.concatenate(groups), np.repeat(np.int32(1) << np.arange(n, dtype=np.int32), [len(g) for g in groups])


def list_coalitions(n: int) -> list[int]:
    """List the masks of all non-empty coalitions by size, then alphabetically: 1, 2, 3, 12, 13, 23, 123."""
    return [sum(1 << i for i in group) for size in range(1, n + 1) for group in combinations(range(n), size)]
