"""Games whose worths are simulated (推演得出的博弈): every coalition is run many times, and so is every verdict."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from jinghe.errors import DataError, RuleError, problem
from jinghe.games.game import Floats, Game, check_parties, read_vector, sum_members
from jinghe.labels import Text

__all__ = ["Draws", "Robustness", "Spread", "draw_game", "judge_draws", "spread_rule"]


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """R simulated games of the same parties (博弈样本): `values` (R, 2^n), one row per replication."""

    parties: tuple[str, ...]
    values: Floats
    labels: tuple[Text, ...] = ()

    @property
    def game(self) -> Game:
        """The game of mean worths."""
        return Game(self.parties, self.values.mean(axis=0), self.labels)

    @property
    def errors(self) -> Floats:
        """Standard errors of the mean worths, (2^n,)."""
        found: Floats = self.values.std(axis=0, ddof=1) / np.sqrt(len(self.values))
        return found

    def replication(self, at: int) -> Game:
        """The game of one replication."""
        return Game(self.parties, self.values[at], self.labels)


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """What a rule gives over the replications (分配的波动): mean, standard error and an interval per party."""

    mean: Floats
    error: Floats
    low: Floats
    high: Floats
    failed: int


@dataclass(frozen=True, slots=True, eq=False)
class Robustness:
    """How a split stands over the replications (稳健性).

    stable: the share of replications in which nobody would leave. loss: (n,) the share in which a party gets less than
    alone. blocking: coalitions with the share in which they would gain by leaving, the most frequent first.
    """

    stable: float
    loss: Floats
    blocking: tuple[tuple[tuple[str, ...], float], ...]
    text: Text


def draw_game(
    worth: Callable[[tuple[str, ...]], ArrayLike], *, parties: Sequence[str], labels: Sequence[Text] = ()
) -> Draws:
    """Ask a simulator for the worth of every coalition (联盟价值推演).

    Args:
        worth: takes the parties of a coalition in the game's order, returns R worths; replication r must stand on the
            same random numbers for every coalition, so that differences are those of the coalition.
        parties: the n identifiers.
        labels: how the parties are called.
    Raises:
        DataError: fewer than two replications, not R of them for every coalition, or a worth that is not finite.

    >>> draw_game(lambda group: [len(group), 3 * len(group)], parties=("A", "B")).game.total
    4.0
    """
    check_parties(parties)
    groups = [tuple(p for i, p in enumerate(parties) if mask >> i & 1) for mask in range(1, 1 << len(parties))]
    runs = [np.asarray(worth(group), dtype=np.float64).ravel() for group in groups]
    size = runs[0].size
    if size < 2:
        raise DataError([problem("game-length", "game.draws", found=size, expected="≥ 2")])
    columns = [read_vector(run, path=f"game.draws[{'+'.join(g)}]", n=size) for g, run in zip(groups, runs, strict=True)]
    return Draws(tuple(parties), np.column_stack([np.zeros(size), *columns]), tuple(labels))


def spread_rule(draws: Draws, *, rule: Callable[[Game], Floats], level: float = 0.9) -> Spread:
    """Apply a rule to every replication (逐次分配): how sure are its shares?

    Args:
        draws: the simulated games.
        rule: any rule of this room, game → (n,) shares.
        level: the part of the replications inside the interval.
    Returns:
        Mean, standard error of the mean and quantiles per party, over the replications to which the rule applies;
        `failed` counts the others.
    Raises:
        DataError: the rule applies to fewer than two replications.
    """
    found, failed = list[Floats](), 0
    for at in range(len(draws.values)):
        try:
            found.append(rule(draws.replication(at)))
        except RuleError:
            failed += 1
    if len(found) < 2:
        raise DataError([problem("game-length", "game.draws", found=len(found), expected="≥ 2")])
    shares = np.array(found)
    low, high = np.quantile(shares, [(1 - level) / 2, (1 + level) / 2], axis=0)
    return Spread(shares.mean(axis=0), shares.std(axis=0, ddof=1) / np.sqrt(len(shares)), low, high, failed)


def judge_draws(draws: Draws, *, shares: ArrayLike, most: int = 10) -> Robustness:
    """Judge one split over all replications (分配方案的稳健性): how often would somebody leave?

    The split is of the mean game's total; what a coalition could earn varies.

    Args:
        draws: the simulated games.
        shares: n shares in the games' unit.
        most: how many coalitions are named at most.
    Raises:
        DataError: there are not n finite shares.
    """
    given = read_vector(shares, path="game.shares", n=len(draws.parties))
    gains = draws.values - sum_members(given) > draws.game.tolerance
    gains[:, [0, -1]] = False
    often = gains.mean(axis=0)
    order = [mask for mask in np.argsort(-often, kind="stable")[:most].tolist() if often[mask] > 0]
    stable = float(1 - gains.any(axis=1).mean())
    game = draws.game
    alone = often[1 << np.arange(game.n)]
    zh = [f"{game.call(mask).zh}（{often[mask]:.0%}）" for mask in order[:3]]
    en = [f"{game.call(mask).en} ({often[mask]:.0%})" for mask in order[:3]]
    head = Text(
        f"{len(gains)} 次推演中，{stable:.0%} 无人愿意退出", f"Nobody would leave in {stable:.0%} of {len(gains)} runs"
    )
    tail = (
        Text(f"；最可能退出：{'；'.join(zh)}。", f"; most likely to leave: {'; '.join(en)}.")
        if order
        else Text("。", ".")
    )
    named = tuple((game.members(mask), float(often[mask])) for mask in order)
    return Robustness(stable, alone, named, Text(head.zh + tail.zh, head.en + tail.en))
