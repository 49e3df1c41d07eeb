"""Published estimates with standard errors, and small contests whose plan varies."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest

from jinghe.contest import Contest, read_contest
from jinghe.contest.chain import Stages, run_chain
from jinghe.contest.tree import Tree
from jinghe.contest.uncertainty.study import Rescore, Study, list_perturbations

ORACLE = Path(__file__).parents[4] / "shared" / "oracle" / "asem"

# Mathematics of PISA 2018, the 37 members of the OECD: mean score and its standard error (OECD, PISA 2018 database).
_MATHEMATICS = """
Australia 491.3600252 1.939833031|Austria 498.9423138 2.970998694|Belgium 508.0703063 2.262662011
Canada 512.0169429 2.357475749|Chile 417.4065563 2.41588757|Colombia 390.9322732 2.989559274
Czechia 499.4676508 2.460661531|Denmark 509.3983746 1.735002337|Estonia 523.4145802 1.743602224
Finland 507.3013618 1.967920411|France 495.4075794 2.320214487|Germany 500.0437805 2.647083096
Greece 451.3703438 3.091228197|Hungary 481.0826364 2.319596741|Iceland 495.1873762 1.953082603
Ireland 499.632894 2.198621128|Israel 463.0345488 3.498563228|Italy 486.5898573 2.780045867
Japan 526.9732502 2.471475318|Korea 525.933002 3.121394315|Latvia 496.1263306 1.962766789
Lithuania 481.1911884 1.953282039|Luxembourg 483.421485 1.097632409|Mexico 408.8014734 2.493225544
Netherlands 519.2309824 2.632277885|New_Zealand 494.489676 1.705942856|Norway 500.9637885 2.219044878
Poland 515.6478747 2.602085176|Portugal 492.4874062 2.684570081|Slovakia 486.1648542 2.555595707
Slovenia 508.8975441 1.363877596|Spain 481.3926126 1.462417763|Sweden 502.3877022 2.654250935
Switzerland 515.3147131 2.908003898|Turkey 453.5077774 2.260406789|United_Kingdom 501.7698992 2.564428111
United_States 478.2447174 3.235444099
"""


class Estimates(NamedTuple):
    names: tuple[str, ...]
    values: np.ndarray
    errors: np.ndarray


@pytest.fixture(scope="session")
def pisa() -> Estimates:
    rows = _MATHEMATICS.replace("\n", "|").strip("|").split("|")
    names, values, errors = zip(*(row.split() for row in rows), strict=True)
    return Estimates(names, np.array(values, dtype=float), np.array(errors, dtype=float))


TREE = {"index": {"growth": ["gdp", "rd"], "green": ["air"]}}
FIGURES = {"gdp": [4.0, 12, 6, 5, 7], "rd": [1.0, 2, 8, 4, 3], "air": [3.0, 1, 2, 9, 4]}
STEPS = [
    {"screen": {"coverage": 0.6}},
    {"impute": {"method": "median"}},
    {"treat": {"winsor_max": 1}},
    {"normalise": {"default": "minmax"}},
    {"aggregate": {"default": "arithmetic"}},
]


@pytest.fixture(scope="session")
def varied(make_contest) -> Callable[..., Contest]:
    """Make a contest of five cities with these perturbations."""

    def make(*entries: Mapping[str, Any], **parts: Any) -> Contest:
        words = {"steps": STEPS, "weights": {"growth": 0.6, "green": 0.4}} | parts
        return make_contest(words.pop("tree", TREE), uncertainty=list(entries), **words)

    return make


@pytest.fixture(scope="session")
def study(varied) -> Callable[..., Study]:
    """Make a study of that contest on five cities' figures."""

    def make(*entries: Mapping[str, Any], figures: Mapping[str, Any] = FIGURES, **parts: Any) -> Study:
        contest = varied(*entries, **parts)
        assert contest.faults == ()
        raw = np.array([figures[leaf] for leaf in contest.root.leaves], dtype=float).T
        return Study(contest, list_perturbations(contest), run_on(raw))

    return make


@pytest.fixture(scope="session")
def asem() -> Study:
    """The ASEM index, 51 countries, from the screened figures, with the four perturbations of COINr's vignette."""
    if not ORACLE.is_dir():
        pytest.skip("the COINr oracle (shared/oracle/asem) is not beside the repository")
    with (ORACLE / "ASEM_iMeta.csv").open(encoding="utf-8") as file:
        meta = [row for row in csv.DictReader(file) if row["Type"] in ("Indicator", "Aggregate")]
    with (ORACLE / "coin_Screened.csv").open(encoding="utf-8") as file:
        units = list(csv.DictReader(file))
    below: dict[str, list[str]] = {}
    for row in meta:
        below.setdefault(row["Parent"], []).append(row["iCode"])
    words = {"1": "positive", "-1": "negative"}
    leaves = {row["iCode"]: {"unit": "1", "direction": words[row["Direction"]]} for row in meta if row["Level"] == "1"}
    scales = [{"default": "minmax", "to": [1, 100]}, {"default": "zscore_open", "to": [4, 16]}]  # mean 10, sd 2
    contest = read_contest(
        {
            "indicators": leaves,
            "tree": {"Index": {top: {pillar: below[pillar] for pillar in below[top]} for top in below["Index"]}},
            "steps": [{"treat": {"winsor_max": 5}}, {"normalise": {"to": [0, 100]}}, {"aggregate": {}}],
            "uncertainty": [
                {"path": "contest.steps[treat].winsor_max", "choices": [1, 2, 3, 4, 5]},
                {"path": "contest.steps[normalise]", "choices": scales},
                {"path": "contest.weights", "within": 0.25, "under": ["Index", "Conn", "Sust"]},
                {"path": "contest.steps[aggregate].default", "choices": ["arithmetic", "geometric"]},
            ],
        }
    )
    raw = np.array([[float(row[leaf]) for leaf in contest.root.leaves] for row in units])
    return Study(contest, contest.perturbations, run_on(raw))


def run_on(raw: np.ndarray) -> Rescore:
    def rescore(contest: Contest) -> Stages:
        tree = Tree.of(contest.root)
        weights = contest.weights_on(date(2022, 1, 1))
        directions = [contest.indicator(leaf).direction for leaf in tree.leaves]
        return run_chain(raw, tree=tree, steps=contest.steps, weights=weights, directions=directions)

    return rescore
