"""Which choice decides the ranks (敏感度), as a section: Sobol' indices with their intervals."""

from __future__ import annotations

from typing import Any

from jinghe.contest import Contest, Indices
from jinghe.exhibit import Column, Section, Table
from jinghe.labels import Text
from jinghe.region import Region
from jinghe.report.choices import name_path
from jinghe.report.format import show_number

__all__ = ["show_sensitivity"]


_TARGETS = {
    "mean_rank_shift": Text("各地名次平均移动多少", "by how much ranks move on average"),
    "winner": Text("第一名是否易主", "whether the first stays first"),
}


def show_sensitivity(contest: Contest, *, indices: Indices, target: str, region: Region) -> Section:
    """Show how much of the spread each choice explains, and whether the indices converged.

    Args:
        contest: names the choices.
        indices: what `find_sensitivity` found.
        target: whose spread it is: mean_rank_shift, winner, or a code, for its rank.
        region: names the contestant.
    Returns:
        The section; its note says how many runs it took.
    """
    interval = Text("95% 区间", "95 % interval")
    columns = (
        Column(Text("做法", "Choice")),
        Column(Text("单独作用", "Alone"), "number", 3),
        Column(interval),
        Column(Text("连同交互", "With all others"), "number", 3),
        Column(interval),
    )
    numbers = zip(indices.first, indices.first_interval, indices.total, indices.total_interval, strict=True)
    rows = tuple(
        (name_path(contest, name), float(first), _span(ends), float(total), _span(wide))
        for name, (first, ends, total, wide) in zip(indices.names, numbers, strict=True)
    )
    method = Text(
        "Sobol' 指数。单独作用：这一项独自解释的方差份额；连同交互：其余各项都已确定时仍剩的份额；两者之差是交互作用。",
        "Sobol' indices. Alone: the share of the variance that this choice explains by itself; with all others: the "
        "share that would stay were the others known. The difference is interaction.",
    )
    table = Table("indices", Text("敏感度指数", "Sensitivity indices"), columns, rows, method, (_tell_runs(indices),))
    title = Text("哪一种做法左右名次", "Which choice decides the ranks")
    of = _TARGETS.get(target) or Text(f"{region.name(target, 'zh')}的名次", f"the rank of {region.name(target, 'en')}")
    lead = Text(f"把“{of.zh}”的变动分给各项做法。", f"The spread of {of.en}, divided among the choices.")
    return Section("sensitivity", title, lead, (table,))


def _tell_runs(indices: Indices) -> Text:
    zh, en = f"N = {indices.n:,}，共 {indices.runs:,} 次计算", f"N = {indices.n:,}, {indices.runs:,} runs"
    if indices.converged:
        return Text(
            f"{zh}；各总指数的误差都在 ±0.02 之内，已收敛。", f"{en}; every total index is known to ±0.02: converged."
        )
    return Text(f"{zh}；尚有总指数的误差超过 ±0.02，未收敛。", f"{en}; not every total index is known to ±0.02 yet.")


def _span(ends: Any) -> str:
    return "…".join(show_number(float(end), 3) for end in ends)
