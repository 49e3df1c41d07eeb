from __future__ import annotations

import numpy as np
import pytest

from jinghe.simulation.checks_laws import make_full
from jinghe.simulation.equilibrium import prepare
from jinghe.simulation.kernel_choice import choose
from jinghe.simulation.layout import City, Edge, make_work, pack
from jinghe.simulation.parameters import FIXED, Numbers


def test_held_efforts_are_left_as_they_are() -> None:
    design = prepare(make_full(years=2).with_parameters(choice=FIXED)).design
    work = make_work(design)
    work.tasks[0], work.edge[Edge.joint] = 0.3, 0.7

    choose(pack(design), 1, Numbers(*design.numbers[1].tolist()), work, np.uint64(7), 0)

    assert work.tasks[0] == pytest.approx(0.3)
    assert work.edge[Edge.joint] == pytest.approx(0.7)
    assert not work.city[City.push].any()
