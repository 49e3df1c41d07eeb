"""Time the settling of agreements: a province-year exactly, and many replications in arrays.

    .venv/bin/python benchmarks/sharing.py [--agreements 50] [--months 240] [--replications 10000] [--chunk 5000]
    .venv/bin/python benchmarks/sharing.py --settlements 1000000

Agreements are made from the package's templates for the eleven cities of Shanxi, figures are random. Exactly: CPU
seconds for all agreements and one year, the best of three. In arrays: wall and CPU seconds for all agreements, months
and replications, chunk by chunk so that memory stays bounded, and the peak of memory; making the random figures is not
counted.

With `--settlements N` nothing else is run: N random statements of six cities, by the settling code itself, figures to
the fen; each must sum to zero, its pool included.
"""

from __future__ import annotations

import argparse
import resource
from collections.abc import Mapping
from datetime import date
from time import perf_counter, process_time
from typing import Any

import numpy as np
from ruamel.yaml import YAML

from jinghe.labels import Text
from jinghe.panel import Observation, Panel
from jinghe.region import Jurisdiction, Region
from jinghe.sharing import Agreement, read_agreement, settle, settle_arrays, template_paths
from jinghe.units import Period

TARGETS = {"exact": 1.0, "arrays": 60.0, "memory": 4.0}  # seconds, seconds, GiB
CITIES = tuple(f"14{n:02}00" for n in range(1, 12))
A, B, C = CITIES[:3]
FIRST = date(2001, 1, 1)

# Template → parties and decisions. Kinds of rule: all cities by rank, key, condition or tier; two or three parties with
# terms, ceilings, recovery and clawback.
KINDS: tuple[tuple[str, Mapping[str, str], Mapping[str, Any]], ...] = (
    ("rank_transfer", {}, {"ties": "average"}),
    ("fiscal_disparities", {}, {}),
    ("conditional_growth", {}, {}),
    ("equalise_2020", {}, {}),
    ("sx_water_section", {}, {"amounts": [50, 100, 150, 200, 300]}),
    ("feidi_split", {"origin": A, "host": B}, {"origin_share": "1/2", "term_years": 15, "clock_start": str(FIRST)}),
    ("recover_then_share", {"origin": A, "host": B}, {"investment": 300000}),
    ("jjj_relocation", {"origin": A, "host": B}, {"clock_start": str(FIRST), "before": ["2001-01"]}),
    ("two_key_pot", {"yunnan": A, "guizhou": B, "sichuan": C}, {"partial": "1/2"}),
    ("yellow_river", {"upstream": A, "downstream": B}, {"weights": "equal"}),
)
RANGES = {"air_score": (1, 99), "population": (100, 900), "fiscal_capacity": (1, 9), "condition_met": (0, 2)}
RANGES |= {"section_exceedance": (0, 12), "liuzhuang_class": (1, 6), "liuzhuang_index_change": (-50, 50)}
RANGES |= {"qingshuipu_failed": (0, 2), "lianyuxi_failed": (0, 2)}


def make_agreement(number: int) -> Agreement:
    """Put one of the templates in force since 2001, its base periods and lags inside the months."""
    stem, parties, decided = KINDS[number % len(KINDS)]
    path = next(path for path in template_paths() if path.stem == stem)
    tree: dict[str, Any] = dict(YAML(typ="safe").load(path.read_text(encoding="utf-8")))
    source = next(iter(tree["sources"]))
    tree |= {"agreement": f"{stem}-{number}", "status": "in_force", "effective": {"from": str(FIRST)}}
    for name, value in decided.items():
        tree["parameters"][name] |= {"open": False, "values": [{"value": value, "source": source}]}
    for parameter in tree.get("parameters", {}).values():
        for value in parameter.get("values", ()):
            value.pop("from", None)
        parameter["values"] = parameter.get("values", [])[-1:]
    for role, code in parties.items():
        tree["parties"][role] |= {"code": code}
    for series in tree["data"].values():
        series.pop("lag", None)
        if "at" in series:
            series["at"] = ["2001-01"]
    return read_agreement(tree, sources={})


def draw(indicator: str, rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """Random figures of an indicator, whole numbers."""
    low, high = RANGES.get(indicator, (1000, 9000))
    return rng.integers(low, high, shape, dtype=np.int16).astype(np.float64)


def time_exact(agreements: list[Agreement]) -> float:
    """Settle one year of every agreement; rules with memory start in that year."""
    region = Region(
        (
            Jurisdiction("140000", Text("省", "province"), "province"),
            *(Jurisdiction(code, Text(code, code), "prefecture", "140000") for code in CITIES),
        )
    )
    rng = np.random.default_rng(7)
    units = {item.indicator: item for one in agreements for item in one.data.values()}
    names = ["2001", "2001-01", *(f"2001-{month:02}" for month in range(2, 13))]
    panel = Panel(
        tuple(
            Observation(c, name, period, x, item.unit, date(2001, 12, 31), "synthetic", "r", "s", printed=f"{x:.0f}")
            for name, item in units.items()
            for period in names
            for c, x in zip(CITIES, draw(name, rng, (len(CITIES),)).tolist(), strict=True)
        )
    )
    times = []
    for _ in range(3):
        start = process_time()
        lines = sum(len(settle(one, panel=panel, region=region, period=Period.of(2001)).lines) for one in agreements)
        times.append(process_time() - start)
    assert lines
    return min(times)


def settle_random(number: int) -> tuple[float, int, int]:
    """Settle random statements of every kind without months; CPU seconds, lines, statements that do not sum to 0."""
    few = CITIES[:6]
    region = Region(tuple(Jurisdiction(code, Text(code, code), "prefecture") for code in few))
    agreements = [
        one for one in map(make_agreement, range(len(KINDS))) if all(x.every == "period" for x in one.data.values())
    ]
    rng, start, lines, wrong = np.random.default_rng(11), process_time(), 0, 0
    for at in range(number):
        agreement = agreements[at % len(agreements)]
        found = settle(agreement, panel=draw_panel(agreement, few, rng), region=region, period=Period.of(2001))
        lines += len(found.lines)
        wrong += sum(money.fen for money in found.net.values()) != 0
    return process_time() - start, lines, wrong


def draw_panel(agreement: Agreement, cities: tuple[str, ...], rng: np.random.Generator) -> Panel:
    """Random figures of one year and its January; money to the fen."""
    rows = []
    for item in agreement.data.values():
        for code, x, rest in zip(cities, draw(item.indicator, rng, (6,)), rng.integers(0, 10**6, 6), strict=True):
            printed = f"{x:.0f}.{rest:06}" if item.unit == "万元" else f"{x:.0f}"
            given = (float(x), item.unit, date(2001, 12, 31), "synthetic", "r", "s")
            rows += [Observation(code, item.indicator, name, *given, printed=printed) for name in ("2001", "2001-01")]
    return Panel(tuple(rows))


def time_arrays(agreements: list[Agreement], *, months: int, replications: int, chunk: int) -> tuple[float, float]:
    """Settle all months and replications of every agreement, chunk by chunk; wall and CPU seconds."""
    periods = [Period.of(f"{2001 + m // 12}-{m % 12 + 1:02}") for m in range(months)]
    indicators = {item.indicator for one in agreements for item in one.data.values()}
    rng, wall, cpu = np.random.default_rng(7), 0.0, 0.0
    totals = np.zeros(len(CITIES))
    for first in range(0, replications, chunk):
        size = min(chunk, replications - first)
        shape = (months, len(CITIES), size)  # replications innermost, as a simulator keeps them
        series = {name: np.moveaxis(draw(name, rng, shape), -1, 0) for name in sorted(indicators)}
        start, started = perf_counter(), process_time()
        for one in agreements:
            totals += settle_arrays(one, series=series, parties=CITIES, periods=periods).sum(axis=(0, 1))
        wall, cpu = wall + perf_counter() - start, cpu + process_time() - started
        del series  # before the next chunk is drawn
    assert np.isfinite(totals).all()
    return wall, cpu


def main() -> int:
    """Print the figures; exit code 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    for name, number in (("agreements", 50), ("months", 240), ("replications", 10_000), ("chunk", 5_000)):
        parser.add_argument(f"--{name}", type=int, default=number)
    parser.add_argument("--settlements", type=int)
    wished = parser.parse_args()
    if wished.settlements:
        seconds, lines, wrong = settle_random(wished.settlements)
        print(f"{wished.settlements:,} statements, {lines:,} lines: {seconds:.0f} s CPU, {wrong} do not sum to zero")
        return int(wrong > 0)
    agreements = [make_agreement(number) for number in range(wished.agreements)]

    exact = time_exact(agreements)
    sizes = {name: getattr(wished, name) for name in ("months", "replications", "chunk")}
    wall, cpu = time_arrays(agreements, **sizes)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20

    print(
        f"exact, one province-year of {wished.agreements} agreements: {exact:.2f} s CPU (target {TARGETS['exact']} s)"
    )
    size = f"{wished.agreements} agreements × {len(CITIES)} parties × {wished.months} months"
    size += f" × {wished.replications} replications"
    print(f"arrays, {size}: {wall:.1f} s wall, {cpu:.1f} s CPU (target {TARGETS['arrays']:.0f} s)")
    print(f"peak memory: {memory:.2f} GiB (target {TARGETS['memory']:.0f} GiB)")
    full = wished.agreements * wished.months * wished.replications >= 50 * 240 * 10_000
    return int(exact > TARGETS["exact"] or memory > TARGETS["memory"] or (full and wall > TARGETS["arrays"]))


if __name__ == "__main__":
    raise SystemExit(main())
