"""How far ranks hang on the method (方法不确定性): Monte Carlo over the paths of the plan that may vary."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jinghe.contest.rank import find_ranks
from jinghe.contest.stream import open_stream
from jinghe.contest.uncertainty.distribution import RankDistribution, Tally, tally_ranks
from jinghe.contest.uncertainty.plan import list_options
from jinghe.contest.uncertainty.stage import Stage
from jinghe.contest.uncertainty.study import Study
from jinghe.contest.uncertainty.weight_draws import TILE, draw_box, draw_dirichlet
from jinghe.errors import Problem, attempt

__all__ = ["Effect", "draw_options", "list_draws", "list_effects", "sample_ranks", "weigh_tile"]

_Array = NDArray[np.float64]
_Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Effect:
    """What one option does alone (单项效应): the mean of |rank − nominal rank|, all else as written.

    NaN with the reason where the option is not defined on its own, such as a geometric mean on a scale from 0.
    """

    path: str
    option: Any
    shift: float
    problems: tuple[Problem, ...] = ()


def sample_ranks(
    study: Study, *, codes: tuple[str, ...], draws: int, coverage: float, seed: int, rows: Sequence[int] | None = None
) -> RankDistribution:
    """Draw plans and count ranks.

    Draw d takes row d mod 1,024 of tile ⌊d / 1,024⌋, whose numbers hang on (seed, tile) alone and which is always
    scored whole: the first k draws of a longer run are those of a run of k, bit for bit, and memory holds one tile.

    Args:
        study: the contest and what varies.
        codes: the contestants, in the order of the rows.
        draws: how many.
        coverage: of the rank intervals.
        seed: any integer.
        rows: rank among these rows only, for a pool; all by default.
    Returns:
        Shares, intervals and mean shifts.
    Raises:
        RuleError: under some option figures do not suit an aggregate.
    """
    part = np.arange(len(codes)) if rows is None else np.asarray(rows)
    nominal = find_ranks(study.nominal.nominal[part])
    counts: Tally | None = None
    for tile in range(-(-draws // TILE)):
        scores = study.score(draw_options(study.sizes, seed=seed, tile=tile), weigh_tile(study, seed=seed, tile=tile))
        ranks = find_ranks(scores[: draws - tile * TILE, part])
        found = tally_ranks(ranks, nominal=nominal)
        counts = found if counts is None else counts + found
    assert counts is not None, "at least one draw"
    return counts.describe(codes=tuple(codes[k] for k in part), rank=nominal, coverage=coverage)


def draw_options(sizes: Sequence[int], *, seed: int, tile: int) -> _Numbers:
    """Draw an option of every choice, all equally likely, each choice with its own stream; shape (TILE, choices)."""
    columns = [
        open_stream(seed, f"choice:{number}", tile=tile).integers(size, size=TILE) for number, size in enumerate(sizes)
    ]
    return np.column_stack(columns) if columns else np.zeros((TILE, 0), dtype=np.int64)


def weigh_tile(
    study: Study, *, seed: int, tile: int, purposes: Mapping[int, str] | None = None
) -> Callable[[Stage], dict[str, _Array]]:
    """Return what draws the weights of one tile around those of any stage.

    Args:
        study: its weight perturbations are drawn, all other weights stay nominal.
        seed: any integer.
        tile: which 1,024 draws.
        purposes: the stream of each of `study.weighing`, by number; `weights` by default.
    Returns:
        Stage → weights of every id but the root, shape (TILE,).
    """
    streams = purposes or {}

    def draw(stage: Stage) -> dict[str, _Array]:
        tree, weights = stage.tree, stage.weights
        found = {name: np.full(TILE, weights[name]) for name in tree.ids[:-1]}
        for number, one in enumerate(study.weighing):
            under = [node for node in tree.nodes if not one.under or node in one.under]
            common: dict[str, Any] = {"weights": weights, "under": under, "seed": seed, "tile": tile}
            common["purpose"] = streams.get(number, "weights")
            if one.dirichlet is not None:
                found |= draw_dirichlet(tree, concentration=one.dirichlet, **common)
            elif one.within is not None:
                found |= draw_box(tree, within=one.within, **common)
        return found

    return draw


def list_effects(study: Study) -> tuple[Effect, ...]:
    """Say what each option does alone, so that one that changes nothing shows: shift 0."""
    effects = []
    for place, one in enumerate(study.choosing):
        for number, option in enumerate(list_options(one)):
            alone = [-1] * len(study.sizes)
            alone[place] = number
            faults: list[Problem] = []
            shift = attempt(faults, lambda options: _find_shift(study, options), tuple(alone))
            effects.append(Effect(one.path, option, float("nan") if shift is None else shift, tuple(faults)))
    return tuple(effects)


def _find_shift(study: Study, options: tuple[int, ...]) -> float:
    rank, moved = study.rank, find_ranks(study.stage(options).nominal)
    both = (rank > 0) & (moved > 0)
    return float(np.abs(moved - rank)[both].mean()) if both.any() else float("nan")


def list_draws(study: Study, *, draws: range, seed: int) -> Iterator[dict[str, Any]]:
    """Yield the parameters of draws, as `sample_ranks` takes them: `draw`, the value of each path, the drawn weights.

    Nothing is stored for this: a draw is known from (seed, draw).
    """
    for tile in range(draws.start // TILE, -(-draws.stop // TILE)):
        options = draw_options(study.sizes, seed=seed, tile=tile)
        weigh, drawn = weigh_tile(study, seed=seed, tile=tile), dict[tuple[float, ...], dict[str, _Array]]()
        for number in range(max(draws.start, tile * TILE), min(draws.stop, (tile + 1) * TILE)):
            row = number - tile * TILE
            chosen = tuple(int(k) for k in options[row])
            words = {one.path: list_options(one)[k] for one, k in zip(study.choosing, chosen, strict=False)}
            words |= {"contest.figures": chosen[-1]} if study.replicates else {}
            if study.weighing:
                stage = study.stage(chosen)
                about = tuple(stage.weights.values())
                weights = drawn[about] = drawn.get(about) or weigh(stage)
                words |= {f"contest.weights.{name}": float(weight[row]) for name, weight in weights.items()}
            yield {"draw": number} | words
