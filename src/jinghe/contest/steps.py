"""The steps of scoring and their settings (考核步骤), and what the rank intervals vary (不确定性设定)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from jinghe.contest.aggregate import AGGREGATIONS, Synthesis
from jinghe.contest.ahp import read_judgements
from jinghe.contest.impute import IMPUTATIONS
from jinghe.contest.normalise import EFFICACY, NORMALISATIONS
from jinghe.contest.scheme import SCHEMES
from jinghe.contest.spec import placed, read_choice, read_keys, read_list, read_map, read_number_in, read_pair
from jinghe.contest.treat import TRANSFORMS, Outliers
from jinghe.errors import CompactError, Problem, attempt, problem
from jinghe.units import Period

__all__ = ["EARLY", "Steps", "Uncertainty", "Weighing", "read_steps", "read_uncertainty"]

EARLY = ("screen", "denominate", "impute", "treat")  # on the figures, in the order in which they are listed
_LATE = ("normalise", "weigh", "aggregate")  # on scores, always in this order
_RELATIVE = tuple(name for name in NORMALISATIONS if name not in ("goalposts", "target", "reference"))


@dataclass(frozen=True, slots=True)
class Weighing:
    """Where weights come from (赋权): a scheme or judgements per parent node, and a base window that freezes them."""

    scheme: str = "given"
    schemes: Mapping[str, str] = field(default_factory=dict)
    judgements: Mapping[str, tuple[tuple[float, ...], ...]] = field(default_factory=dict)
    base: tuple[str, ...] = ()

    def find(self, node: str) -> str:
        """The scheme that weighs the children of a node."""
        return self.schemes.get(node, self.scheme)


@dataclass(frozen=True, slots=True)
class Steps:
    """Settings of the steps (步骤设定). `order` is that of the steps on figures: screen, denominate, impute, treat."""

    coverage: float = 0.0
    imputation: str = "none"
    groups: tuple[str, ...] = ()
    normalisation: str = "minmax"
    scale: tuple[float, float] = (1.0, 100.0)
    goalposts: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    aggregation: str = "arithmetic"
    aggregations: Mapping[str, str] = field(default_factory=dict)
    order: tuple[str, ...] = EARLY
    nonzero: float = 0.0
    unit_coverage: float = 0.0
    unit_nonzero: float = 0.0
    denominators: Mapping[str, str] = field(default_factory=dict)
    otherwise: str = "none"
    draws: int = 20
    seed: int = 0
    outliers: Outliers | None = None
    normalisations: Mapping[str, str] = field(default_factory=dict)
    targets: Mapping[str, float] = field(default_factory=dict)
    reference: str = ""
    base: tuple[str, ...] = ()
    weighing: Weighing = field(default_factory=Weighing)
    levels: tuple[str, ...] = ()
    power: float = 2.0
    distinguishing: float = 0.5
    preference: tuple[float, float] | None = None

    def scaling(self, leaf: str) -> str:
        """How a leaf is normalised: as said for it, by its goalposts or target if it has them, else as for all."""
        if leaf in self.normalisations:
            return self.normalisations[leaf]
        if leaf in self.goalposts and self.normalisation != "efficacy":
            return "goalposts"
        return "target" if leaf in self.targets else self.normalisation

    def mean(self, node: str, *, depth: int = 0) -> str:
        """How a node is aggregated: as said for it, for its level (the root is at depth 1), else as for all."""
        level = self.levels[depth - 1] if 0 < depth <= len(self.levels) else self.aggregation
        return self.aggregations.get(node, level)

    @property
    def ends(self) -> tuple[float, float]:
        """The ends of the scale on which nodes are put: 60–100 where efficacy is the rule for all."""
        return EFFICACY if self.normalisation == "efficacy" else self.scale

    @property
    def synthesis(self) -> Synthesis:
        """The parameters of the aggregates."""
        return Synthesis(self.ends, self.power, self.distinguishing, self.preference)


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """What the rank intervals vary (名次不确定性): see `rank`."""

    coverage: float = 0.90
    draws: int = 2000
    concentration: float = 50.0
    normalisations: tuple[str, ...] = ("minmax",)


def read_steps(tree: Any) -> tuple[Steps, tuple[Problem, ...]]:
    """Read `contest.steps`, a list of one-key mappings: screen, denominate, impute, treat, normalise, weigh, aggregate.

    The first four run in the order in which they are listed, denominate before treat; the last three close the list.
    Returns the settings and every fault; a faulty step keeps its defaults.
    """
    readers: dict[str, Callable[[Steps, Any], Steps]]
    readers = {"screen": _screen, "denominate": _denominate, "impute": _impute, "treat": _treat}
    readers |= {"normalise": _normalise, "weigh": _weigh, "aggregate": _aggregate}
    steps, faults, seen = Steps(), list[Problem](), list[str]()
    for entry in read_list(tree):
        whole = {entry: {}} if isinstance(entry, str) else entry
        keys = attempt(faults, partial(read_keys, allowed=tuple(readers), path="contest.steps"), whole) or {}
        for name, below in keys.items():
            seen.append(name)
            steps = attempt(faults, partial(readers[name], steps), below or {}) or steps
    early = [name for name in seen if name in EARLY]
    if not _in_order(seen, early):
        faults.append(problem("steps-order", "contest.steps", found=", ".join(seen), expected=", ".join(readers)))
    return replace(steps, order=_complete(early)), tuple(faults)


def _in_order(seen: list[str], early: list[str]) -> bool:
    treated_first = "denominate" in early and "treat" in early[: early.index("denominate")]
    once = len(early) == len(set(early))
    return once and not treated_first and seen == [*early, *(name for name in _LATE if name in seen)]


def _complete(early: list[str]) -> tuple[str, ...]:
    """Put the steps that are not listed, which do nothing, after those that come before them by default."""
    found = list(dict.fromkeys(early))
    for name in EARLY:
        if name not in found:
            before = [found.index(other) for other in EARLY[: EARLY.index(name)]]
            found.insert(max(before, default=-1) + 1, name)
    return tuple(found)


def read_uncertainty(tree: Any) -> Uncertainty:
    """Read `contest.rank`. Raises CompactError."""
    path = "contest.rank"
    keys = read_keys(tree, ("coverage", "draws", "concentration", "normalisations"), path=path)
    default = Uncertainty()
    names = read_list(keys.get("normalisations")) or default.normalisations
    return Uncertainty(
        read_number_in(keys.get("coverage", default.coverage), low=0.5, high=0.999, path=f"{path}.coverage"),
        int(read_number_in(keys.get("draws", default.draws), low=1, high=1e6, path=f"{path}.draws")),
        read_number_in(keys.get("concentration", default.concentration), low=1, high=1e9, path=f"{path}.concentration"),
        tuple(read_choice(name, _RELATIVE, path=f"{path}.normalisations") for name in names),
    )


def _screen(steps: Steps, tree: Any) -> Steps:
    path = "contest.steps[screen]"
    keys = read_keys(tree, ("coverage", "nonzero", "unit_coverage", "unit_nonzero"), path=path)

    def read(key: str) -> float:
        return read_number_in(keys.get(key, 0), low=0, high=1, path=f"{path}.{key}")

    return replace(
        steps,
        coverage=read("coverage"),
        nonzero=read("nonzero"),
        unit_coverage=read("unit_coverage"),
        unit_nonzero=read("unit_nonzero"),
    )


def _denominate(steps: Steps, tree: Any) -> Steps:
    series = read_map(tree, path="contest.steps[denominate]")
    return replace(steps, denominators={str(leaf): str(name) for leaf, name in series.items()})


def _impute(steps: Steps, tree: Any) -> Steps:
    path = "contest.steps[impute]"
    keys = read_keys(tree, ("method", "groups", "otherwise", "draws", "seed"), path=path)
    plain = tuple(name for name in IMPUTATIONS if name not in ("latest", "linear", "multiple"))
    return replace(
        steps,
        imputation=read_choice(keys.get("method", "group_median"), IMPUTATIONS, path=f"{path}.method"),
        groups=tuple(str(name) for name in read_list(keys.get("groups"))),
        otherwise=read_choice(keys.get("otherwise", "none"), plain, path=f"{path}.otherwise"),
        draws=int(read_number_in(keys.get("draws", 20), low=2, high=10_000, path=f"{path}.draws")),
        seed=int(read_number_in(keys.get("seed", 0), low=0, high=2**53, path=f"{path}.seed")),
    )


def _treat(steps: Steps, tree: Any) -> Steps:
    path = "contest.steps[treat]"
    keys = read_keys(tree, ("winsor_max", "skew", "kurtosis", "then", "power"), path=path)
    rule = Outliers(
        winsor_max=int(read_number_in(keys.get("winsor_max", 5), low=0, high=1e6, path=f"{path}.winsor_max")),
        skew=read_number_in(keys.get("skew", 2), low=0, high=1e6, path=f"{path}.skew"),
        kurtosis=read_number_in(keys.get("kurtosis", 3.5), low=-2, high=1e6, path=f"{path}.kurtosis"),
        then=read_choice(keys.get("then", "log"), TRANSFORMS, path=f"{path}.then"),
        power=None
        if keys.get("power") is None
        else read_number_in(keys["power"], low=-5, high=5, path=f"{path}.power"),
    )
    return replace(steps, outliers=rule)


def _normalise(steps: Steps, tree: Any) -> Steps:
    path = "contest.steps[normalise]"
    keys = read_keys(tree, ("default", "to", "goalposts", "methods", "targets", "reference", "base"), path=path)
    method = read_choice(keys.get("default", "minmax"), NORMALISATIONS, path=f"{path}.default")
    scale = read_pair(keys.get("to", (1, 100)), path=f"{path}.to")
    methods = _each(keys.get("methods"), partial(read_choice, choices=NORMALISATIONS), path=f"{path}.methods")
    return replace(
        steps,
        normalisation=method,
        scale=scale,
        goalposts=_each(keys.get("goalposts"), read_pair, path=f"{path}.goalposts"),
        normalisations=methods,
        targets=_each(keys.get("targets"), partial(read_number_in, low=-1e300, high=1e300), path=f"{path}.targets"),
        reference=str(keys.get("reference") or ""),
        base=_read_base(keys.get("base"), path=f"{path}.base"),
    )


def _weigh(steps: Steps, tree: Any) -> Steps:
    path = "contest.steps[weigh]"
    words = dict(read_map(tree, path=path))
    base = _read_base(words.pop("base", None), path=f"{path}.base")
    judged = _each(words.pop("judgements", None), read_judgements, path=f"{path}.judgements")
    schemes = {str(node): read_choice(name, SCHEMES, path=f"{path}.{node}") for node, name in words.items()}
    return replace(steps, weighing=Weighing(schemes.pop("default", "given"), schemes, judged, base))


def _aggregate(steps: Steps, tree: Any) -> Steps:
    path = "contest.steps[aggregate]"
    words = dict(read_map(tree, path=path))
    power = read_number_in(words.pop("power", 2), low=-100, high=100, path=f"{path}.power")
    rho = read_number_in(words.pop("distinguishing", 0.5), low=1e-9, high=1, path=f"{path}.distinguishing")
    thresholds = words.pop("preference", None)
    limits = None if thresholds is None else read_pair(thresholds, path=f"{path}.preference")
    levels = tuple(
        read_choice(name, AGGREGATIONS, path=f"{path}.levels") for name in read_list(words.pop("levels", None))
    )
    means = {str(node): read_choice(mean, AGGREGATIONS, path=f"{path}.{node}") for node, mean in words.items()}
    return replace(
        steps,
        aggregation=means.pop("default", "arithmetic"),
        aggregations=means,
        levels=levels,
        power=power,
        distinguishing=rho,
        preference=limits,
    )


def _each(tree: Any, read: Callable[..., Any], *, path: str) -> dict[str, Any]:
    """Read every entry of a mapping; all its faults are told at once."""
    faults: list[Problem] = []
    found: dict[str, Any] = {}
    for name, value in read_map(tree, path=path).items():
        entry = attempt(faults, partial(read, path=f"{path}.{name}"), value)
        found |= {str(name): entry} if entry is not None else {}
    if faults:
        raise CompactError(faults)
    return found


def _read_base(value: Any, *, path: str) -> tuple[str, ...]:
    with placed(path):
        return tuple(Period.of(name).name for name in read_list(value))
