"""The toy and Shanxi agreements with regions and figures small enough to check by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from jinghe.labels import Text
from jinghe.panel import Observation, Panel
from jinghe.region import Jurisdiction, Region
from jinghe.sharing import Agreement, read_agreement, template_paths
from jinghe.source import Source

CASES = Path(__file__).parents[2] / "cases"
TOY = {"990100": ("甲市", "City A"), "990200": ("乙市", "City B"), "990300": ("丙市", "City C")}
SHANXI = {
    "140100": ("太原市", "Taiyuan"),
    "140200": ("大同市", "Datong"),
    "140300": ("阳泉市", "Yangquan"),
    "140400": ("长治市", "Changzhi"),
    "140500": ("晋城市", "Jincheng"),
    "140600": ("朔州市", "Shuozhou"),
    "140700": ("晋中市", "Jinzhong"),
    "140800": ("运城市", "Yuncheng"),
    "140900": ("忻州市", "Xinzhou"),
    "141000": ("临汾市", "Linfen"),
    "141100": ("吕梁市", "Lvliang"),
}
SOURCES = {
    "w1": Source("w1", "中国新闻网 2010-04", "press", "2010-04-22"),
    "w2": Source("w2", "中国新闻网 2010-11", "repost", "2010-11-08"),
    "toy": Source("toy", "合成数据", "synthetic"),
}


@cache
def parsed(name: str) -> dict[str, Any]:
    path = CASES / name  # an absolute path stays itself
    return dict(YAML(typ="safe").load(path.read_text(encoding="utf-8")))


def region_of(names: Mapping[str, tuple[str, str]], principal: str) -> Region:
    cities = (Jurisdiction(code, Text(*name), "prefecture", principal) for code, name in names.items())
    return Region((Jurisdiction(principal, Text("省", "province"), "province"), *cities))


@pytest.fixture
def toy_region() -> Region:
    return region_of(TOY, "990000")


@pytest.fixture
def shanxi_region() -> Region:
    return region_of(SHANXI, "140000")


@pytest.fixture
def figure() -> Callable[..., Observation]:
    def make(code: str, indicator: str, period: str, printed: str, unit: str = "万元", **more: Any) -> Observation:
        given = {"vintage": date(2023, 1, 1), "status": "synthetic", "reporter": "r", "source": "toy"} | more
        return Observation(code, indicator, period, float("nan"), unit, printed=printed, **given)

    return make


@pytest.fixture
def toy_panel(figure: Callable[..., Observation]) -> Panel:
    taxes = [figure("990200", "park_tax", str(y), t) for y, t in ((2021, "1000"), (2022, "1,200"), (2026, "1000"))]
    scores = {"2021": ("90", "80", "70"), "2022": ("85", "85", "75")}
    ranked = [
        figure(code, "water_rank_score", year, score, "points")
        for year, row in scores.items()
        for code, score in zip(TOY, row, strict=True)
    ]
    return Panel((*taxes, *ranked))


@pytest.fixture
def tree() -> Callable[[str], dict[str, Any]]:
    return lambda name: deepcopy(parsed(name))


@pytest.fixture
def read(tree: Callable[[str], dict[str, Any]]) -> Callable[..., Agreement]:
    """Read an agreement of a case; keyword arguments replace top-level fields."""

    def make(name: str, **changes: Any) -> Agreement:
        return read_agreement(tree(name) | changes, sources=SOURCES, file=f"agreements/{Path(name).name}")

    return make


@pytest.fixture
def park(read: Callable[..., Agreement]) -> Agreement:
    return read("toy/agreements/toy-park.yaml")


@pytest.fixture
def ranked(read: Callable[..., Agreement]) -> Agreement:
    return read("toy/agreements/toy-rank-transfer.yaml")


@pytest.fixture
def water(read: Callable[..., Agreement]) -> Agreement:
    return read("shanxi/agreements/section-water-2010.yaml")


@pytest.fixture
def filled(tree: Callable[[str], dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """Put a template in force: codes for parties, decisions for open choices, other fields replaced."""

    def make(stem: str, *, start: str = "2021-01-01", decide: Mapping[str, Any] | None = None, **more: Any) -> Any:
        path = next(path for path in template_paths() if path.stem == stem)
        found = tree(str(path)) | {"status": "in_force", "effective": {"from": start}}
        source = next(iter(found["sources"]))
        for name, value in (decide or {}).items():
            found["parameters"][name] |= {"open": False, "values": [{"value": value, "source": source}]}
        for role, code in more.pop("parties", {}).items():
            found["parties"][role] |= {"code": code}
        return found | more

    return make


@pytest.fixture
def fill(filled: Callable[..., dict[str, Any]]) -> Callable[..., Agreement]:
    """Read a template put in force."""
    return lambda stem, **given: read_agreement(filled(stem, **given), sources=SOURCES, file=f"{stem}.yaml")


@pytest.fixture
def panel_of(figure: Callable[..., Observation]) -> Callable[..., Panel]:
    """A panel from rows (code, indicator, period, printed, unit)."""
    return lambda rows: Panel(tuple(figure(*row) for row in rows))
