from __future__ import annotations

import numpy as np
import pytest

from jinghe.simulation.checks_laws import make_full
from jinghe.simulation.equilibrium import prepare
from jinghe.simulation.kernel_measure import measure_run
from jinghe.simulation.layout import Edge, make_work, pack
from jinghe.simulation.measures import MEASURES, RECORDS, measure


def test_measures_of_any_records_are_those_of_the_specification() -> None:
    design = prepare(make_full(years=4)).design
    work, row, drawn = make_work(design), np.zeros(len(MEASURES)), np.random.default_rng(7)
    work.records[:] = drawn.uniform(0.1, 2.0, work.records.shape)
    records, course = work.records[0], work.course[0]
    records[RECORDS.index("promoted")] = drawn.integers(0, 2, records.shape[1:])
    course[:] = [[0.1, 0.2, 0.7, 0.6], [0, 2, 1, 2], [0, 1e-12, 0, 0]]
    work.edge[Edge.joint] = drawn.uniform(size=work.edge.shape[1])

    measure_run(pack(design), work, 0, row)

    told = {name: records[v][None] for v, name in enumerate(RECORDS)}
    told |= {name: course[k][None] for k, name in enumerate(("standards", "stage", "balance"))}
    assert row == pytest.approx(measure(design, told | {"pairs": work.edge[Edge.joint][None]})[0], abs=1e-12)
