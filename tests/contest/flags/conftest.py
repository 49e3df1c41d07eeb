"""Figures of cities A, B, C … for the flags: one row of figures, a scope around them, panels over years."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from jinghe.contest.flags import Scope
from jinghe.panel import Observation, Panel

CITIES = "ABCDEFGHIJK"


@pytest.fixture
def scope(make_region):
    def make(*figures, codes=CITIES, periods=("2021",), **parts):
        panel = Panel(tuple(figure for group in figures for figure in group))
        return Scope(panel, make_region(codes), tuple(codes), periods[-1:], {}, tuple(periods), **parts)

    return make


@pytest.fixture
def row(make_figure):
    def make(name, figures, codes=CITIES, unit="亿元", **parts):
        return [
            make_figure(code, name, figure, unit=unit, **parts) for code, figure in zip(codes, figures, strict=True)
        ]

    return make


@pytest.fixture
def years():
    """A table of figures (cities, years) ending with 2021, as observations printed to `decimals`."""

    def make(name, table, *, unit="%", decimals=2, codes=CITIES):
        table = np.asarray(table, dtype=float)
        return [
            Observation(
                *(code, name, str(2022 - table.shape[1] + t), float(f"{x:.{decimals}f}"), unit, date(2022, 3, 1)),
                *("reported", "", "s"),
                printed=f"{x:.{decimals}f}",
            )
            for code, line in zip(codes, table, strict=False)
            for t, x in enumerate(line)
        ]

    return make


@pytest.fixture
def rng():
    return np.random.Generator(np.random.Philox(key=5))
