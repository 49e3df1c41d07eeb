from __future__ import annotations

import numpy as np
import pytest

from jinghe.simulation.checks_laws import make_full
from jinghe.simulation.equilibrium import prepare
from jinghe.simulation.kernel_logit import tabulate
from jinghe.simulation.layout import make_work, pack
from jinghe.simulation.parameters import Numbers


def test_structured_weights_are_products_of_constant_ratios() -> None:
    design = prepare(make_full(years=1)).design
    p, work = Numbers(*design.numbers[0].tolist()), make_work(design)

    tabulate(pack(design), p, work)

    level = p.reach * design.unit / (p.levels - 1) * np.arange(p.levels)
    direct = np.exp(-0.5 * p.effort_cost * level**2 / p.tau)
    assert np.cumprod(np.concatenate([[1.0], work.ease[0, 1:]])) == pytest.approx(direct, rel=1e-9)
