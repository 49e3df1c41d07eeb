"""Answers as tables (频数表): one choice, several choices (% of responses and % of cases), batteries, scores.

These are tables over everybody; what fewer than k answered is refused.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from jinghe.errors import DataError, problem
from jinghe.labels import Text
from jinghe.survey.cut import whole_items
from jinghe.survey.responses import Responses, take_scores
from jinghe.survey.spread import find_spread
from jinghe.survey.suppression import DEFAULT_K
from jinghe.survey.table import HIDDEN, Check, Column, Row, Table
from jinghe.survey.weighting import Weights
from jinghe.survey.wording import COUNT, ITEM, MEAN, OPTION, SD, SHARE, SIZE, TOTAL, say_method, say_origin

__all__ = ["tabulate_battery", "tabulate_item", "tabulate_multiple", "tabulate_scores", "tabulate_unshown"]

_SPREAD = {"n": "n", "mean": "mean", "sd": "sd"}


def _refuse_few(n: int, name: str, k: int) -> None:
    if n < k:
        raise DataError([problem("survey-too-few", name, found=n, k=k)])


def tabulate_item(responses: Responses, name: str, *, weights: Weights | None = None, k: int = DEFAULT_K) -> Table:
    """Tabulate a question with one choice: how many chose each option and their share of those who answered.

    With weights the share is weighted and the count is not. Raises DataError where fewer than k answered.
    """
    item, answers = responses.instrument.item(name), responses.answers[name]
    if item.kind != "select_one":
        raise DataError([problem("survey-table-kind", name, found=item.kind, expected="select_one")])
    options, known = responses.instrument.options(name), answers >= 0
    counts = np.bincount(answers[known], minlength=len(options))
    weighed = counts if weights is None else np.bincount(answers[known], weights.values[known], len(options))
    base, whole = int(counts.sum()), float(weighed.sum())
    _refuse_few(base, name, k)
    rows = [
        Row((option.label, int(count), float(part) / whole if whole else math.nan))
        for option, count, part in zip(options, counts, weighed, strict=True)
    ]
    every = tuple(range(len(options)))
    checks = [Check("sum", every, {"n": "count"}, n=base)]
    if weights is None and base:
        checks.append(Check("part", every, {"count": "count", "share": "share"}, n=base))
    words = Text(f"占已作答 {base} 人的百分比", f"Shares of the {base} who answered")
    return Table(
        f"item.{name}",
        item.label,
        (OPTION, COUNT, SHARE),
        (*rows, Row((TOTAL, base, 1.0 if whole else math.nan))),
        say_method(responses, words, weights=weights),
        say_origin(responses, [name]),
        tuple(checks),
    )


def tabulate_multiple(responses: Responses, name: str, *, weights: Weights | None = None, k: int = DEFAULT_K) -> Table:
    """Tabulate a question with several choices: shares of all choices made and of the people who made them.

    A case is a respondent who chose at least one option: none chosen cannot be told from not answered. Raises DataError
    where fewer than k did.
    """
    item, chosen = responses.instrument.item(name), responses.answers[name]
    if item.kind != "select_multiple":
        raise DataError([problem("survey-table-kind", name, found=item.kind, expected="select_multiple")])
    each, someone = np.ones(responses.n) if weights is None else weights.values, chosen.any(1)
    counts, weighed = chosen.sum(0), each @ chosen
    cases, base, made, total = int(someone.sum()), float(each[someone].sum()), float(weighed.sum()), int(counts.sum())
    _refuse_few(cases, name, k)
    options = responses.instrument.options(name)
    rows = [
        Row((option.label, int(count), _share(part, made), _share(part, base)))
        for option, count, part in zip(options, counts, weighed, strict=True)
    ]
    every = tuple(range(len(options)))
    checks = [Check("sum", every, {"n": "count"}, n=total)]
    if weights is None and cases:
        checks.append(Check("part", every, {"count": "count", "share": "responses"}, n=total))
        checks.append(Check("part", every, {"count": "count", "share": "cases"}, n=cases))
    words = Text(
        f"多选题，{cases} 人至少选一项、共 {total} 人次，占人数之和可超过 100%",
        f"Several choices; {cases} people made at least one, {total} in all; % of cases may exceed 100",
    )
    columns = (
        OPTION,
        Column("count", Text("人次", "Choices"), "count"),
        Column("responses", Text("占人次", "% of responses"), "share"),
        Column("cases", Text("占人数", "% of cases"), "share"),
    )
    return Table(
        f"multiple.{name}",
        item.label,
        columns,
        (*rows, Row((TOTAL, total, _share(made, made), _share(made, base)))),
        say_method(responses, words, weights=weights),
        say_origin(responses, [name]),
        tuple(checks),
    )


def _share(part: float, whole: float) -> float:
    return float(part) / whole if whole else math.nan


def tabulate_battery(
    responses: Responses, names: Sequence[str], *, title: Text, weights: Weights | None = None, k: int = DEFAULT_K
) -> Table:
    """Tabulate rating items with the same options side by side: the share of each option, mean and SD.

    The table carries what a Likert figure needs. Raises DataError where fewer than k answered one of them.
    """
    options, instrument = responses.instrument.options(names[0]), responses.instrument
    heads = tuple(Column(f"o{at}", option.label, "share") for at, option in enumerate(options))
    rows, lines = [], []
    checks: list[Check] = []
    for at, name in enumerate(names):
        answers, known = responses.answers[name], responses.answers[name] >= 0
        each = None if weights is None else weights.values[known]
        weighed = np.bincount(answers[known], each, minlength=len(options))
        parts = [_share(part, float(weighed.sum())) for part in weighed]
        spread = find_spread(responses.values(name)[known], weights=each)
        _refuse_few(spread.n, name, k)
        rows.append(Row((instrument.label(name), spread.n, *parts, spread.mean, spread.sd)))
        lines.append({"label": instrument.label(name).as_dict(), "n": spread.n, "shares": [round(p, 3) for p in parts]})
        if spread.n > 1:
            items = whole_items(responses, name) if weights is None else None
            checks.append(Check("means", (at,), _SPREAD, items=items, scale=instrument.ends(name)))
    if weights is None:
        checks.append(Check("single", tuple(range(len(rows))), {"n": "n"} | {head.id: head.id for head in heads}))
    figure = {"kind": "likert", "options": [option.label.as_dict() for option in options], "rows": lines}
    words = Text("占已作答者的百分比；标准差除以 n − 1", "Shares of those who answered; SD with n − 1")
    label = instrument.item(names[0]).battery or names[0]
    return Table(
        f"battery.{label}",
        title,
        (ITEM, SIZE, *heads, MEAN, SD),
        tuple(rows),
        say_method(responses, words, weights=weights),
        say_origin(responses, names),
        tuple(checks),
        figure | {"title": title.as_dict()},
    )


def tabulate_scores(
    responses: Responses, names: Sequence[str], *, weights: Weights | None = None, k: int = DEFAULT_K
) -> Table:
    """Tabulate items answered by numbers and scales over everybody: n, mean and SD.

    Raises DataError where fewer than k answered one of them.
    """
    rows, checks = [], []
    for at, name in enumerate(names):
        score = take_scores(responses, name)
        known = ~np.isnan(score)
        spread = find_spread(score[known], weights=None if weights is None else weights.values[known])
        _refuse_few(spread.n, name, k)
        rows.append(Row((responses.instrument.label(name), spread.n, spread.mean, spread.sd)))
        if spread.n > 1:
            checks.append(Check("means", (at,), _SPREAD, scale=responses.instrument.ends(name)))
    words = Text("标准差除以 n − 1", "SD with n − 1")
    return Table(
        "scores",
        Text("数字题与量表得分", "Numbers and scores"),
        (ITEM, SIZE, MEAN, SD),
        tuple(rows),
        say_method(responses, words, weights=weights),
        say_origin(responses, names),
        tuple(checks),
    )


def tabulate_unshown(responses: Responses, names: Sequence[str], *, k: int = DEFAULT_K) -> Table:
    """List the questions of which nothing is printed, so that none is missing without a word."""
    words = Text(
        f"作答不足 {k} 人，或跳题使被问人数泄露不足 {k} 人的组的题，不输出结果",
        f"Fewer than {k} answered, or skip logic makes the number asked tell the size of a group of fewer than {k}",
    )
    rows = tuple(Row((responses.instrument.label(name), HIDDEN)) for name in names)
    columns = (ITEM, Column("shown", Text("结果", "Results")))
    title = Text("不输出结果的题", "Questions without results")
    return Table("unshown", title, columns, rows, say_method(responses, words))
