"""Regional measures as formulas of indicators (区域测度公式): what each reads, as written under `measure:`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from jinghe.contest.spec import placed, read_choice, read_keys, read_list, read_map, read_number_in
from jinghe.errors import CompactError, problem
from jinghe.units import Period

__all__ = [
    "COUPLINGS", "FORMULAS", "GAPS", "NEIGHBOURHOODS", "SIMILARITIES", "CouplingFormula", "Formula", "GapFormula",
    "GravityFormula",
    "LocalMoranFormula", "NeighbourFormula", "StructureFormula",
]  # fmt: skip

COUPLINGS = ("traditional", "corrected")
GAPS = ("theil", "gini", "sigma")
NEIGHBOURHOODS = ("mean", "gap")
SIMILARITIES = ("krugman", "cosine")
_Series = tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class CouplingFormula:
    """Coupling coordination degree of series of one city (耦合协调度), each scaled from worst to best."""

    systems: tuple[tuple[str, float, float], ...]
    model: str = "traditional"

    @property
    def series(self) -> _Series:
        """The series read."""
        return tuple((name, None) for name, _, _ in self.systems)


@dataclass(frozen=True, slots=True)
class GapFormula:
    """The gap inside the group a city belongs to (组内差异); with `growth`, by how much it fell in a year.

    `index`: theil, gini (a group's own Gini in Dagum's decomposition), or sigma (σ: standard deviation of logarithms).
    """

    of: str
    over: str
    groups: tuple[str, ...]
    over_period: str | None = None
    growth: str | None = None
    index: str = "theil"

    @property
    def series(self) -> _Series:
        """The series read."""
        return ((self.of, None), (self.over, self.over_period), *(((self.growth, None),) if self.growth else ()))


@dataclass(frozen=True, slots=True)
class NeighbourFormula:
    """The mean of a city and its neighbours, or its gap to them in log points (邻域均值、邻域差距)."""

    of: str
    how: str = "mean"
    over: str | None = None
    over_period: str | None = None

    @property
    def series(self) -> _Series:
        """The series read."""
        return ((self.of, None), *(((self.over, self.over_period),) if self.over else ()))


@dataclass(frozen=True, slots=True)
class LocalMoranFormula:
    """Local Moran's I of a city among its neighbours (局部莫兰指数)."""

    of: str
    over: str | None = None
    over_period: str | None = None

    @property
    def series(self) -> _Series:
        """The series read."""
        return ((self.of, None), *(((self.over, self.over_period),) if self.over else ()))


@dataclass(frozen=True, slots=True)
class StructureFormula:
    """How the industry of a city compares with that of all others (产业结构差异或相似)."""

    of: tuple[str, ...]
    how: str = "krugman"

    @property
    def series(self) -> _Series:
        """The series read."""
        return tuple((name, None) for name in self.of)


@dataclass(frozen=True, slots=True)
class GravityFormula:
    """The pull between a city and all others (引力联系强度), ln of the sum of its links."""

    people: str
    output: str
    distances: Mapping[tuple[str, str], float]
    people_period: str | None = None

    @property
    def series(self) -> _Series:
        """The series read."""
        return ((self.people, self.people_period), (self.output, None))


Formula = CouplingFormula | GapFormula | NeighbourFormula | LocalMoranFormula | StructureFormula | GravityFormula


def _coupling(tree: Any, path: str) -> CouplingFormula:
    keys = read_keys(tree, ("systems", "model"), required=("systems",), path=path)
    model = read_choice(keys.get("model", COUPLINGS[0]), COUPLINGS, path=f"{path}.model")
    systems = tuple(
        (str(name), *_ends(ends, path=f"{path}.systems.{name}"))
        for name, ends in read_map(keys["systems"], path=f"{path}.systems").items()
    )
    if len(systems) < 2:
        raise CompactError([problem("measure-few", f"{path}.systems", found=len(systems), least=2)])
    if model == "corrected" and len(systems) != 2:
        raise CompactError([problem("coupling-two", f"{path}.systems", found=len(systems))])
    return CouplingFormula(systems, model)


def _ends(value: Any, *, path: str) -> tuple[float, float]:
    """The worst and the best figure, in either order of size."""
    ends = [read_number_in(end, low=-1e300, high=1e300, path=path) for end in read_list(value)]
    if len(ends) != 2 or ends[0] == ends[1]:
        raise CompactError([problem("contest-pair", path, found=value)])
    return ends[0], ends[1]


def _gap(tree: Any, path: str, *, index: str) -> GapFormula:
    names = ("of", "over", "groups", "over_period", "growth")
    keys = read_keys(tree, names, required=names[:3], path=path)
    groups = tuple(str(name) for name in read_list(keys["groups"]))
    growth = keys.get("growth")
    named = None if growth is None else str(growth)
    return GapFormula(str(keys["of"]), str(keys["over"]), groups, _period(keys, path), named, index)


def _neighbours(tree: Any, path: str) -> NeighbourFormula:
    keys = read_keys(tree, ("of", "how", "over", "over_period"), required=("of",), path=path)
    how = read_choice(keys.get("how", NEIGHBOURHOODS[0]), NEIGHBOURHOODS, path=f"{path}.how")
    return NeighbourFormula(str(keys["of"]), how, _name(keys, "over"), _period(keys, path))


def _local_moran(tree: Any, path: str) -> LocalMoranFormula:
    keys = read_keys(tree, ("of", "over", "over_period"), required=("of",), path=path)
    return LocalMoranFormula(str(keys["of"]), _name(keys, "over"), _period(keys, path))


def _structure(tree: Any, path: str) -> StructureFormula:
    keys = read_keys(tree, ("of", "how"), required=("of",), path=path)
    sectors = tuple(str(name) for name in read_list(keys["of"]))
    if len(sectors) < 2:
        raise CompactError([problem("measure-few", f"{path}.of", found=len(sectors), least=2)])
    how = read_choice(keys.get("how", SIMILARITIES[0]), SIMILARITIES, path=f"{path}.how")
    return StructureFormula(sectors, how)


def _gravity(tree: Any, path: str) -> GravityFormula:
    names = ("people", "output", "distances", "people_period")
    keys = read_keys(tree, names, required=names[:3], path=path)
    distances = {}
    for pair, value in read_map(keys["distances"], path=f"{path}.distances").items():
        a, _, b = str(pair).partition("-")
        distances[a, b] = read_number_in(value, low=1e-9, high=1e9, path=f"{path}.distances.{pair}")
    return GravityFormula(str(keys["people"]), str(keys["output"]), distances, _period(keys, path, "people_period"))


def _name(keys: Mapping[str, Any], key: str) -> str | None:
    return None if keys.get(key) is None else str(keys[key])


def _period(keys: Mapping[str, Any], path: str, key: str = "over_period") -> str | None:
    if keys.get(key) is None:
        return None
    with placed(f"{path}.{key}"):
        return Period.of(keys[key]).name


FORMULAS: dict[str, Callable[[Any, str], Formula]] = {
    "coupling": _coupling,
    **{index: partial(_gap, index=index) for index in GAPS},
    "neighbours": _neighbours,
    "local_moran": _local_moran,
    "structure": _structure,
    "gravity": _gravity,
}
