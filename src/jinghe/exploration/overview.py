"""A sweep at a glance (推演概览): what the outcomes span, what moves them, and what could not be run."""

from __future__ import annotations

from collections import Counter

import numpy as np

from jinghe.errors import RuleError
from jinghe.exhibit import Column, Section, Table
from jinghe.exploration.condition import name_outcome
from jinghe.exploration.noise import separate_noise
from jinghe.exploration.sensitivity import decompose, screen, tabulate_effects, tabulate_shares
from jinghe.exploration.sweep import Sweep
from jinghe.labels import Text

__all__ = ["show_sensitivity", "show_sweep"]


def show_sweep(found: Sweep) -> Section:
    """Show lowest, mean and highest of every outcome over the designs, and the share of its spread that is theirs."""
    n, r = found.cells.shape[1:]
    left = len(found.faults)
    lead = Text(
        f"{n} 个方案点，各 {r} 次重复；{left} 个无法推演。未校准。",
        f"{n} designs, {r} replications each; {left} cannot be run. Uncalibrated.",
    )
    words = (Text("最低", "Lowest"), Text("均值", "Mean"), Text("最高", "Highest"))
    heads = (
        Column(Text("结果", "Outcome")),
        *(Column(word, "number", 3) for word in words),
        Column(Text("方案所致的差异", "Spread that is the designs'"), "share", 0),
    )
    rows = tuple((name_outcome(name), *_span(found, name)) for name in found.outcomes)
    method = Text(
        "各列为各方案点均值的最低、平均和最高；末列为扣除重复抽样噪声后的信度。",
        "Lowest, mean and highest of the designs' means; the last column is their reliability.",
    )
    table = Table("sweep", Text("各结果的范围", "What the outcomes span"), heads, rows, method)
    return Section("sweep", Text("批量推演", "Sweep"), lead, (table,), _say_faults(found))


def show_sensitivity(found: Sweep, *, seed: int = 1) -> Section:
    """Show what moves every outcome of a sweep over Morris' or Saltelli's design; what cannot be told is a note."""
    designs, tables, notes = found.designs, list[Table](), list[Text]()
    for name in found.outcomes:
        said, values = name_outcome(name), found.values(name)
        try:
            if designs.method == "morris":
                tables.append(tabulate_effects(designs, screen(designs, values, seed=seed), outcome=said))
            else:
                tables.append(tabulate_shares(designs, decompose(designs, values, seed=seed), outcome=said))
        except RuleError as error:
            why = error.problems[0]
            notes.append(Text(f"“{said.zh}”：{why.text('zh')}", f"“{said.en}”: {why.text('en')}"))
    n, r = found.cells.shape[1:]
    lead = Text(
        f"{n} 个方案点，各 {r} 次重复。未校准：说明模型里什么要紧。",
        f"{n} designs, {r} replications each. Uncalibrated: it says what matters in the model.",
    )
    return Section(
        "sensitivity", Text("敏感度", "Sensitivity"), lead, tuple(tables), (*notes, *_say_faults(found))
    )  # fmt: skip


def _span(found: Sweep, name: str) -> tuple[float | None, ...]:
    means = found.means(name)
    known = means[np.isfinite(means)]
    if not len(known):
        return (None,) * 4
    values = found.values(name)
    whole = int(np.isfinite(values).all(axis=1).sum())
    share = separate_noise(values).reliability if whole > 1 else float("nan")
    return float(known.min()), float(known.mean()), float(known.max()), share


def _say_faults(found: Sweep) -> tuple[Text, ...]:
    """Every reason once, with how many designs it stops."""
    counted = Counter(
        Text(problems[0].text("zh"), problems[0].text("en")) for problems in found.faults.values() if problems
    )
    return tuple(
        Text(f"{count} 个方案点：{why.zh}", f"{count} designs: {why.en}") for why, count in counted.most_common(5)
    )
