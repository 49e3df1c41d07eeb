"""Checks of laws that hold for any rules (守恒自检): balance, relabelling, units of money, seeds and threads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from jinghe.labels import Text
from jinghe.simulation.checking import Check, hold_exactly, run
from jinghe.simulation.engine import play
from jinghe.simulation.equilibrium import prepare
from jinghe.simulation.parameters import PRESETS
from jinghe.simulation.setting import Fund, Index, Setting, make_setting

__all__ = ["check_laws", "make_full", "relabel", "rescale"]

_PAIRS = ((0, 1), (0, 2), (1, 3), (2, 4), (3, 4))
_THETA = np.array([0.6, 0.8, 1.0, 1.2, 1.4])


def make_full(*, years: int = 8) -> Setting:
    """Make five unequal cities with every part of the model on."""
    parameters = replace(
        PRESETS["full"], subsidy=0.3, milestone=0.2, compensation=0.1, absolute_prize=0.2, team_prize=0.1
    )
    base = make_setting(
        replace(parameters, promotion_slots=2),
        n=5,
        years=years,
        growth_weight=0.5,
        collaboration_weight=0.4,
        pairs=_PAIRS,
    )
    some = np.arange(base.network.edges) % 3 == 0
    return replace(
        base,
        theta=_THETA,
        floors=np.tile(0.4 * some, (years, 1)),
        special=np.tile(1.0 * some, (years, 1)),
        authority=np.tile(1.0 * ~some, (years, 1)),
        powers=np.tile([1.0, 0.0, 0.0, 1.0, 0.0], (years, 1)),
        circles=np.array([0, 0, 1, 1, -1], dtype=np.int64),
        funds=(Fund(2, 0.4),),
        settled=np.tile([-0.1, -0.05, 0.0, 0.0, 0.0], (years, 1)),
        payee=np.array([1, 3]),
        source=np.array([0, 1]),
        passed=np.tile([0.1, 0.02], (years, 1)),
    )


def check_laws(*, seed: int, replications: int) -> Iterator[Check]:
    """BAL, PERM, SCALE, SEED."""
    full, count = make_full(), min(replications, 60)
    whole = run(full, seed=seed, replications=count)
    words = Text("全部转移与省级账户之和", "All transfers and the province's account add up to")
    yield hold_exactly("BAL", words, 0.0, float(whole.measured("imbalance").max()), within=1e-9)
    words = Text("交换地区编号后结果之差", "Difference after the cities are relabelled")
    yield hold_exactly("PERM", words, 0.0, relabel(seed, np.array([3, 0, 4, 1, 2])), within=1e-9)
    words = Text("货币单位改变后选择之差", "Difference of choices when money is counted in other units")
    yield hold_exactly("SCALE", words, 0.0, rescale(full, seed, 3.0), within=1e-9)
    alone = run(full, seed=seed, replications=count, threads=1)
    design = prepare(full).design
    parts = [play(design, seed=seed, replications=r) for r in (range(17), range(17, count))]
    same = np.array_equal(whole.rows, alone.rows, equal_nan=True) and np.array_equal(whole.means, alone.means)
    same = same and np.array_equal(np.concatenate([p.rows for p in parts]), whole.rows, equal_nan=True)
    same = same and np.array_equal(
        run(full, seed=seed, replications=count // 2).rows, whole.rows[: count // 2], equal_nan=True
    )
    words = Text(
        "线程数、分块与前缀不改变任何一位（1 为是）", "Threads, blocks and prefixes change no bit (1: so it is)"
    )
    yield hold_exactly("SEED", words, 1.0, float(same))


def relabel(seed: int, order: Index) -> float:
    """Largest difference of efforts when five cities stand in another order: without chance they follow the labels."""
    at = np.argsort(order)  # the new place of each city
    quiet = replace(PRESETS["zhou"], trust_spread=0.0, turnover=0.0, audit=0.0, promotion_slots=2)
    given: dict[str, Any] = {"n": 5, "years": 5, "growth_weight": 0.5, "collaboration_weight": 0.4}
    base = replace(make_setting(quiet, pairs=_PAIRS, **given), theta=_THETA)
    moved = replace(
        make_setting(quiet, pairs=[(int(at[a]), int(at[b])) for a, b in _PAIRS], **given), theta=_THETA[order]
    )
    names = ("growth", "cooperation", "dressing", "trust")
    one, other = (run(setting, seed=seed, replications=1) for setting in (base, moved))
    return max(float(np.abs(one.recorded(k)[..., order] - other.recorded(k)).max()) for k in names)


def rescale(full: Setting, seed: int, factor: float) -> float:
    """Largest difference of choices when money is counted in other units, the noise of choice too."""
    money = (
        "prize",
        "sharing",
        "effort_cost",
        "tau",
        "subsidy",
        "milestone",
        "compensation",
        "absolute_prize",
        "team_prize",
    )
    scaled = full.with_parameters(**{name: factor * getattr(full.parameters, name) for name in money})
    scaled = replace(
        scaled,
        funds=tuple(Fund(fund.top, factor * fund.worth) for fund in full.funds),
        settled=factor * full.settled,
        passed=factor * full.passed,
    )
    one, other = (run(setting, seed=seed, replications=20) for setting in (full, scaled))
    names = ("growth", "cooperation", "dressing", "trust", "score")
    return max(float(np.abs(one.recorded(k) - other.recorded(k)).max()) for k in names)
