"""Check the simulator against closed forms (模型自检): simulated beside exact, off by so many Monte-Carlo errors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf

import numpy as np

from jinghe.labels import Text
from jinghe.simulation.draws import Array, Purpose, draw_normals
from jinghe.simulation.limits import (
    beta,
    credit_gain,
    neutrality,
    sharing_efficiency,
    sharing_effort,
    spillover_effort,
)
from jinghe.simulation.marginal import sampled_marginals
from jinghe.simulation.model import Paths, draw_shocks, run_model, start
from jinghe.simulation.outcome import average
from jinghe.simulation.parameters import Parameters
from jinghe.simulation.setting import make_setting

__all__ = ["Check", "validate"]


_CONTESTS = ((2, 1), (3, 1), (11, 3), (21, 3))  # contestants, promotions
_ALLOWED = 4.0  # standard errors
_EXACT = 1e-9  # where nothing is random
_CREDIT = 0.2  # standard deviations
_SPILLOVER = 0.4
_SHARING = 0.4
_STEP = 0.1  # of the finite difference: its bias is a tenth of a percent


@dataclass(frozen=True, slots=True)
class Check:
    """One closed form beside the simulation (自检项).

    `error` is the Monte-Carlo standard error of `simulated`, 0 where nothing is random; `standard_errors` is how far
    simulated and expected are apart, in these errors.
    """

    name: str
    setting: Text
    expected: float
    simulated: float
    error: float
    standard_errors: float
    passed: bool


def validate(*, seed: int = 7, replications: int = 400) -> tuple[Check, ...]:
    """Run the simulator on its special cases and compare with `limits`.

    The officials of the simulator do not know the closed forms: they estimate their chances from contests they imagine,
    so an effort is a Monte-Carlo estimate with an error.

    Args:
        seed: of the draws.
        replications: independent groups of officials, at least 2.
    Returns:
        LRn and ZHOU for 2, 3, 11 and 21 contestants, NEUT for 2, 3 and 11, SHARE.
    Source: reference table of acceptance tests, §4.6.
    """
    checks = [*_tournaments(seed, replications), *_neutrality(seed, replications), *_sharing(seed, replications)]
    return tuple(checks)


def _tournaments(seed: int, replications: int) -> Iterator[Check]:
    for name, spillover in (("LRn", 0.0), ("ZHOU", _SPILLOVER)):
        for n, k in _CONTESTS:
            parameters = Parameters(promotion_slots=k, spillover=spillover, sharing=0.0, willingness=0.0)
            found = average(_play(parameters, n, seed, replications).growth.mean(axis=(1, 2)))
            exact = spillover_effort(n, k, prize=1.0, effort_cost=1.0, noise=1.0, spillover=spillover)
            words = f"n={n}, k={k}, r={spillover:g}"
            yield _check(name, Text(f"均衡努力，{words}", f"Equilibrium effort, {words}"), exact, found)
    words = f"n=11, k=3, r={_SPILLOVER:g}"
    found = average(_harder(_contests(11, seed, replications), 3))
    exact = (1 - _SPILLOVER / 10) * beta(11, 3)
    yield _check("ZHOU", Text(f"多努力一分的晋升概率，{words}", f"Promotion per unit of effort, {words}"), exact, found)


def _neutrality(seed: int, replications: int) -> Iterator[Check]:
    for n, k in _CONTESTS[:3]:
        draws = _contests(n, seed, replications)
        network = make_setting(Parameters(promotion_slots=k), n=n).network
        marginals = sampled_marginals(np.zeros((replications, n)), draws, network, slots=k, spread=1.0)
        found = average(marginals.own[:, 0] - marginals.cross[:, 0])
        case = f"n={n}, k={k}"
        words = Text(f"双方各得一分的名次价值，{case}", f"Worth in rank of a credit to both partners, {case}")
        yield _check("NEUT", words, neutrality(n) * beta(n, k), found)
        zh = f"双方各加 {_CREDIT:g} 个标准差后的晋升概率增量，{case}"
        words = Text(zh, f"Gain in promotion when both get {_CREDIT:g} s.d., {case}")
        yield _check("NEUT", words, credit_gain(n, k, credit=_CREDIT), average(_gains(draws, k)))


def _sharing(seed: int, replications: int) -> Iterator[Check]:
    parameters = Parameters(promotion_slots=3, prize=0.0, spillover=0.0, sharing=_SHARING, willingness=0.0)
    paths = _play(parameters, 11, seed, replications)
    effort = sharing_effort(sharing=_SHARING, productivity=1.0, effort_cost=1.0)
    words = Text(f"无竞赛时的努力，s={_SHARING:g}", f"Effort without a contest, s={_SHARING:g}")
    yield _check("SHARE", words, effort, average(paths.growth.mean(axis=(1, 2))))
    surplus = (paths.output - paths.growth**2 / 2).mean(axis=(1, 2)) / 0.5
    words = Text(f"相对最优的剩余，s={_SHARING:g}", f"Surplus relative to the first best, s={_SHARING:g}")
    yield _check("SHARE", words, sharing_efficiency(_SHARING), average(surplus))


def _play(parameters: Parameters, n: int, seed: int, replications: int) -> Paths:
    setting = make_setting(parameters, n=n)
    shocks = draw_shocks(setting, seed=seed, replications=range(replications))
    return run_model(setting, shocks, equilibrium=start(setting))


def _contests(n: int, seed: int, replications: int) -> Array:
    rows = range(replications)
    return draw_normals(seed, purpose=Purpose.IMAGINED, replications=rows, period=0, places=n, count=64)


def _gains(draws: Array, k: int) -> Array:
    """Change in the first contestant's share of promotions when the first two get the credit, same noise."""
    raised = draws.copy()
    raised[..., :2] += _CREDIT
    won = [(scores > scores[..., :1]).sum(axis=-1) < k for scores in (raised, draws)]
    return np.asarray(won[0].mean(axis=1) - won[1].mean(axis=1))


def _harder(draws: Array, k: int) -> Array:
    """Difference in the first contestant's promotions per unit of own effort; rivals share what spills over."""
    chances = []
    for effort in (_STEP, -_STEP):
        rivals = draws[..., 1:] + _SPILLOVER * effort / (draws.shape[-1] - 1)
        chances.append(((rivals > draws[..., :1] + effort).sum(axis=-1) < k).mean(axis=1))
    return np.asarray((chances[0] - chances[1]) / (2 * _STEP))


def _check(name: str, setting: Text, expected: float, found: tuple[float, float]) -> Check:
    simulated, error = found
    gap = abs(simulated - expected)
    if error < _EXACT:
        return Check(name, setting, expected, simulated, 0.0, 0.0 if gap < _EXACT else inf, gap < _EXACT)
    return Check(name, setting, expected, simulated, error, gap / error, gap <= _ALLOWED * error)
