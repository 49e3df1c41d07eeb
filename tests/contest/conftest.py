"""Small contests to test with: cities A, B, C … of a province P, figures given as lists in that order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from jinghe.contest import Contest, JointItem, Scores, read_contest, score
from jinghe.labels import Text
from jinghe.panel import Observation, Panel
from jinghe.region import Group, Jurisdiction, Membership, Region
from jinghe.units import Period

CITIES = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@pytest.fixture(scope="session")
def make_region() -> Callable[..., Region]:
    def make(codes: Sequence[str] = "ABC", **groups: Sequence[str]) -> Region:
        cities = tuple(Jurisdiction(code, Text(f"{code}市", f"City {code}"), "prefecture", "P") for code in codes)
        province = Jurisdiction("P", Text("某省", "Province"), "province")
        joined = (
            Group(
                name, Text(f"{name}圈", f"circle {name}"), "circle", tuple(Membership(code, None) for code in members)
            )
            for name, members in groups.items()
        )
        return Region((province, *cities), tuple(joined))

    return make


@pytest.fixture(scope="session")
def make_figure() -> Callable[..., Observation]:
    def make(code: str, indicator: str, figure: float | str, **parts: Any) -> Observation:
        printed = figure if isinstance(figure, str) else ""
        words = {"period": "2021", "unit": "%", "vintage": date(2022, 3, 1), "status": "reported"}
        words |= {"reporter": "", "source": "s"} | parts
        return Observation(code, indicator, value=float(printed or figure), printed=printed, **words)

    return make


@pytest.fixture(scope="session")
def make_panel(make_figure: Callable[..., Observation]) -> Callable[..., Panel]:
    def make(figures: Mapping[str, Sequence[float | str | None]], codes: Sequence[str] = CITIES, **parts: Any) -> Panel:
        return Panel(
            tuple(
                make_figure(code, name, figure, **parts)
                for name, row in figures.items()
                for code, figure in zip(codes, row, strict=False)
                if figure is not None
            )
        )

    return make


@pytest.fixture(scope="session")
def make_contest() -> Callable[..., Contest]:
    def make(tree: Mapping[str, Any], indicators: Mapping[str, Any] | None = None, **parts: Any) -> Contest:
        def leaves(below: Any) -> list[str]:
            return [name for one in below.values() for name in leaves(one)] if isinstance(below, dict) else list(below)

        plain = {name: {"unit": "%"} for name in leaves(tree)}
        return read_contest({"indicators": plain | dict(indicators or {}), "tree": tree, **parts})

    return make


@pytest.fixture(scope="session")
def make_item() -> Callable[..., JointItem]:
    def make(
        name: str, lead: str, *partners: str, on: str = "2021", status: str = "completed", **given: float
    ) -> JointItem:
        period = Period.of(on) if on else None
        kind, title = "event" if on else "unknown", Text(name, name)
        shares = tuple(given.items())
        return JointItem(name, period, kind, lead, partners, "roads", title, "1", "km", status, shares, "s")

    return make


@pytest.fixture(scope="session")
def make_scores(
    make_contest: Callable[..., Contest], make_panel: Callable[..., Panel], make_region: Callable[..., Region]
) -> Callable[..., Scores]:
    """Score figures given as lists; the tree is flat unless one is given."""

    def make(figures: Mapping[str, Sequence[float | None]], *, codes: Sequence[str] = "", **parts: Any) -> Scores:
        codes = codes or CITIES[: len(next(iter(figures.values())))]
        contest = make_contest(parts.pop("tree", {"index": list(figures)}), **parts)
        panel = make_panel(figures, codes)
        return score(contest, panel=panel, items=(), region=make_region(codes), period=Period.of(2021))

    return make
