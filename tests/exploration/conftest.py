"""What the tests of exploration share: cheap models with known answers, and the toy case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import pytest

from jinghe.compact import Compact, load_compact, load_panel
from jinghe.errors import RuleError, problem
from jinghe.exploration import CompactModel, Factor
from jinghe.labels import Text
from jinghe.panel import Panel

CASES = Path(__file__).parents[2] / "cases"


@dataclass(frozen=True)
class Analytic:
    """A function of the changes plus noise keyed by replication; designs share it except for `own`, theirs alone."""

    function: Callable[[Mapping[str, Any]], dict[str, float]]
    outcomes: tuple[str, ...] = ("y",)
    noise: float = 0.0
    own: float = 0.0
    identity: str = "analytic"

    def __call__(self, changes, first, count):
        means = self.function(changes)
        if means is None:
            raise RuleError([problem("equilibrium-none", "simulate", prize=1, cost=1, noise=1, bound=1)])
        found = {name: np.empty(count) for name in self.outcomes}
        salt = crc32(repr(sorted((k, str(v)) for k, v in changes.items())).encode())
        for at in range(count):
            shared = np.random.Generator(np.random.Philox(key=[7, first + at])).standard_normal(len(self.outcomes))
            extra = np.random.Generator(np.random.Philox(key=[salt, first + at])).standard_normal() if self.own else 0.0
            for number, name in enumerate(self.outcomes):
                found[name][at] = means[name] + self.noise * shared[number] + self.own * extra
        return found


def ishigami(changes):
    """Sin x₁ + 7 sin² x₂ + 0.1 x₃⁴ sin x₁ on [−π, π]³; S = .3139, .4424, 0; ST = .5576, .4424, .2437."""
    x = [changes[f"x{i}"] for i in (1, 2, 3)]
    return {"y": np.sin(x[0]) + 7 * np.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * np.sin(x[0])}


def interval(name: str, low: float = 0.0, high: float = 1.0, *, lever: bool = False) -> Factor:
    return Factor(name, lever, Text(name, name), dist="uniform", numbers={"low": low, "high": high})


@pytest.fixture(scope="session")
def analytic():
    return Analytic


@pytest.fixture(scope="session")
def between():
    return interval


@pytest.fixture(scope="session")
def ishigami_factors():
    return tuple(interval(f"x{i}", -np.pi, np.pi) for i in (1, 2, 3))


@pytest.fixture(scope="session")
def ishigami_function():
    return ishigami


@pytest.fixture(scope="session")
def toy() -> Compact:
    return load_compact(CASES / "toy")


@pytest.fixture(scope="session")
def shanxi() -> Compact:
    return load_compact(CASES / "shanxi")


@pytest.fixture(scope="session")
def panel(toy) -> Panel:
    return load_panel(toy).panel


@pytest.fixture(scope="session")
def model(toy, panel) -> CompactModel:
    return CompactModel(toy, panel, 7)
