from __future__ import annotations

import sys
import warnings
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest

from jinghe.errors import RuleError
from jinghe.exploration.adapters import ema_model, salib_problem


@pytest.mark.slow
def test_salib_samples_the_problem_and_finds_the_published_indices(ishigami_factors, ishigami_function) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from SALib.analyze import sobol
        from SALib.sample import sobol as sampler
    problem = salib_problem(ishigami_factors)

    unit = sampler.sample(problem, 1024, calc_second_order=False, seed=1)
    columns = {f.path: np.array(f.values(unit[:, at])) for at, f in enumerate(ishigami_factors)}
    found = sobol.analyze(problem, ishigami_function(columns)["y"], calc_second_order=False, num_resamples=2, seed=1)

    np.testing.assert_allclose(found["S1"], [0.3139, 0.4424, 0.0], atol=0.03)  # 1,024 rows
    np.testing.assert_allclose(found["ST"], [0.5576, 0.4424, 0.2437], atol=0.03)


def test_the_workbench_is_named_when_it_is_missing(analytic, between, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "ema_workbench", None)

    with pytest.raises(RuleError) as caught:
        ema_model(analytic(lambda c: {"y": 0.0}), [between("a")], replications=5)

    assert "package-missing" == caught.value.problems[0].code
    assert "ema_workbench" in caught.value.problems[0].text("en")


def test_the_workbench_gets_levers_uncertainties_and_a_function_of_quantiles(analytic, between, monkeypatch) -> None:
    """The workbench itself is no dependency: a stand-in records what it is given, by the names of its own interface."""
    stand_in = ModuleType("ema_workbench")
    stand_in.Model = lambda name, function: SimpleNamespace(name=name, function=function)
    stand_in.RealParameter = lambda *bounds: bounds
    stand_in.ScalarOutcome = lambda name: name
    monkeypatch.setitem(sys.modules, "ema_workbench", stand_in)

    wrapped = ema_model(
        analytic(lambda c: {"y": c["a"] + c["b"]}), [between("a", 0, 10, lever=True), between("b")], replications=3
    )

    assert ([("f0", 0, 1)], [("f1", 0, 1)], ["y"]) == (wrapped.levers, wrapped.uncertainties, wrapped.outcomes)
    assert {"y": 5.25} == wrapped.function(f0=0.5, f1=0.25)
