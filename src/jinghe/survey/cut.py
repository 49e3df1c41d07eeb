"""Tables by group (分组表): the sample and means, small groups hidden on every cut."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from jinghe.labels import Text
from jinghe.survey.protection import Decisions, protect_answers, protect_each, protect_sample
from jinghe.survey.responses import Grouping, Responses, group_respondents, take_scores
from jinghe.survey.spread import Spread, find_spread, find_spreads
from jinghe.survey.suppression import DEFAULT_K
from jinghe.survey.table import Cell, Check, Column, Row, Table
from jinghe.survey.weighting import Frame, Weights
from jinghe.survey.wording import (
    COUNT,
    GROUP,
    ITEM,
    MEAN,
    SD,
    SHARE,
    SIZE,
    TOTAL,
    join_labels,
    say_method,
    say_origin,
    say_small,
)

__all__ = ["tabulate_choices", "tabulate_means", "tabulate_sample", "whole_items"]

_Bools = NDArray[np.bool_]
_SPREAD = {"n": "n", "mean": "mean", "sd": "sd"}


def tabulate_means(
    responses: Responses,
    names: Sequence[str],
    *,
    cuts: Sequence[Sequence[str]],
    title: Text,
    k: int = DEFAULT_K,
    weights: Weights | None = None,
    hidden: Decisions | None = None,
) -> tuple[Table, ...]:
    """Tabulate n, mean and SD by group: one table per cut, each over all of `names`.

    All cuts are protected together, and so are all scores that give each other away (`protect_scores`). With weights n
    is unweighted. Scores that fewer than k answered are left out.

    Args:
        responses: the answers.
        names: items answered by numbers, or scales.
        cuts: background questions, alone or in pairs; all that the report prints.
        title: of the tables.
        k: the smallest group that may be shown.
        weights: of the respondents.
        hidden: what `protect_each` decided, where it was asked before.
    Returns:
        No table where fewer than k answered.
    """
    if hidden is None:
        hidden = protect_each(responses, names, cuts=cuts, k=k, weights=weights)
    hidden = {name: hidden[name] for name in names if name in hidden}
    if not hidden:
        return ()
    words = Text(f"{say_small(k).zh}；标准差除以 n − 1", f"{say_small(k).en}; SD with n − 1")
    methods, origin = say_method(responses, words, weights=weights), say_origin(responses, list(hidden))
    tables = []
    for at, cut in enumerate(cuts):
        gone = {name: masks[at] for name, masks in hidden.items()}
        rows, checks = _mean_rows(responses, group_respondents(responses, cut), gone, weights)
        heading = _by(title, join_labels(responses, cut))
        name, columns = f"means.{names[0]}.{'.'.join(cut)}", (ITEM, GROUP, SIZE, MEAN, SD)
        tables.append(Table(name, heading, columns, tuple(rows), methods, origin, tuple(checks)))
    return tuple(tables)


def _mean_rows(
    responses: Responses, grouping: Grouping, hidden: Mapping[str, _Bools], weights: Weights | None
) -> tuple[list[Row], list[Check]]:
    rows: list[Row] = []
    checks: list[Check] = []
    each = None if weights is None else weights.values
    met = np.flatnonzero(np.bincount(grouping.labels, minlength=len(grouping.names)))
    for name, away in hidden.items():
        score, ends = take_scores(responses, name), responses.instrument.ends(name)
        known, spreads = ~np.isnan(score), find_spreads(score, grouping, weights=each)
        total = find_spread(score[known], weights=None if each is None else each[known])
        lines = [(grouping.names[at], spreads[at], bool(away[at])) for at in met] + [(TOTAL, total, False)]
        items = whole_items(responses, name) if weights is None else None
        for at, (group, spread, gone) in enumerate(lines):
            label = responses.instrument.label(name) if at == 0 else Text("", "")
            if spread.n > 1 and not gone:
                checks.append(Check("means", (len(rows),), _SPREAD, items=items, scale=ends))
            rows.append(Row((label, group, *_numbers(spread, gone)), hidden=gone))
    return rows, checks


def _numbers(spread: Spread, gone: bool) -> tuple[Cell, ...]:  # noqa: FBT001 - a pair of one call
    return (None, None, None) if gone else (spread.n, spread.mean, spread.sd)


def whole_items(responses: Responses, name: str) -> int | None:
    """Return how many whole-number answers a score averages; None when answers are not whole numbers."""
    scale = responses.instrument.scale(name)
    if responses.instrument.ends(name) is None:
        return None
    return len(scale.items) if scale and scale.score == "mean" else 1


def tabulate_choices(
    responses: Responses,
    name: str,
    *,
    cuts: Sequence[Sequence[str]],
    k: int = DEFAULT_K,
    weights: Weights | None = None,
) -> tuple[Table, ...]:
    """Tabulate by group who chose what: per cut a table of shares of those who answered, small groups hidden.

    Of several choices the shares are of the people who made at least one, and may add up to more than 100 %.

    Returns:
        No table where fewer than k answered.
    """
    hidden = protect_answers(responses, name, cuts=cuts, k=k, weights=weights)
    if hidden is None:
        return ()
    several = responses.instrument.item(name).kind == "select_multiple"
    base = Text("至少选一项者", "those who chose any") if several else Text("已作答者", "those who answered")
    words = Text(f"占{base.zh}的百分比；{say_small(k).zh}", f"{say_small(k).en}; shares of {base.en}")
    methods, origin = say_method(responses, words, weights=weights), say_origin(responses, [name])
    options = responses.instrument.options(name)
    columns = (GROUP, SIZE, *(Column(f"o{at}", option.label, "share") for at, option in enumerate(options)))
    tables = []
    for cut, gone in zip(cuts, hidden, strict=True):
        rows = _choice_rows(responses, name, group_respondents(responses, cut), gone, weights)
        shown = tuple(at for at, row in enumerate(rows) if not row.hidden)
        slots = {"n": "n"} | {column.id: column.id for column in columns[2:]}
        checks = () if weights else (Check("multiple" if several else "single", shown, slots),)
        title = _by(responses.instrument.label(name), join_labels(responses, cut))
        tables.append(Table(f"choices.{name}.{'.'.join(cut)}", title, columns, tuple(rows), methods, origin, checks))
    return tuple(tables)


def _by(title: Text, by: Text) -> Text:
    joint = " By " if title.en.endswith("?") else ", by "
    return Text(f"{title.zh}：按{by.zh}", f"{title.en}{joint}{by.en}")


def _choice_rows(
    responses: Responses, name: str, grouping: Grouping, hidden: _Bools, weights: Weights | None
) -> list[Row]:
    answers, known, count = responses.answers[name], responses.answered(name), len(grouping.names)
    options = range(len(responses.instrument.options(name)))
    each = np.ones(responses.n) if weights is None else weights.values
    chosen = answers if answers.ndim == 2 else answers[:, None] == np.array(options)
    labels, weighed = grouping.labels[known], each[known]
    n, whole = np.bincount(labels, minlength=count), np.bincount(labels, weighed, minlength=count)
    parts = np.column_stack([np.bincount(labels, weighed * chosen[known, at], minlength=count) for at in options])
    rows = []
    for at in np.flatnonzero(np.bincount(grouping.labels, minlength=count)):
        cells: list[Cell] = [None] * (1 + len(options)) if hidden[at] else [int(n[at]), *_shares(parts[at], whole[at])]
        rows.append(Row((grouping.names[at], *cells), hidden=bool(hidden[at])))
    return [*rows, Row((TOTAL, int(known.sum()), *_shares(parts.sum(0), whole.sum())))]


def _shares(parts: NDArray[np.float64], whole: float) -> list[float]:
    return [float(part) / whole if whole else math.nan for part in parts]


def tabulate_sample(
    responses: Responses, *, cuts: Sequence[Sequence[str]], k: int = DEFAULT_K, frame: Frame | None = None
) -> tuple[Table, ...]:
    """Tabulate how many answered in each group, with response rates where a frame knows the staff.

    Returns:
        One table per cut; none where fewer than k answered.
    """
    hidden = protect_sample(responses, cuts=cuts, k=k)
    if hidden is None:
        return ()
    pairs = zip(cuts, hidden, strict=True)
    return tuple(_sample_table(responses, group_respondents(responses, cut), gone, k, frame) for cut, gone in pairs)


def _sample_table(responses: Responses, grouping: Grouping, hidden: _Bools, k: int, frame: Frame | None) -> Table:
    counts, of = np.bincount(grouping.labels, minlength=len(grouping.names)), grouping.of[0]
    known = {} if frame is None or frame.assumed or len(grouping.of) > 1 else frame.margins.get(of, {})
    staff = [known.get(choice.code) for choice in responses.instrument.options(of)] if known else []
    rows = []
    for at in np.flatnonzero(counts):
        gone, count = bool(hidden[at]), int(counts[at])
        cells: tuple[Cell, ...] = (None, None) if gone else (count, count / responses.n)
        rate = _rate(count, staff[at]) if at < len(staff) and not gone else (None, None)
        rows.append(Row((grouping.names[at], *cells, *(rate if known else ())), hidden=gone))
    rows.append(Row((TOTAL, responses.n, 1.0, *(_rate(responses.n, sum(known.values())) if known else ()))))
    columns: tuple[Column, ...] = (GROUP, COUNT, SHARE)
    if known:
        columns += (
            Column("staff", Text("在编人数", "Staff"), "count"),
            Column("rate", Text("应答率", "Response rate"), "share"),
        )
    shown = tuple(at for at, row in enumerate(rows[:-1]) if not row.hidden)
    checks = [Check("part", shown, {"count": "count", "share": "share"}, n=responses.n)]
    if len(shown) == len(rows) - 1:
        checks.append(Check("sum", shown, {"n": "count"}, n=responses.n))
    title = _by(Text("样本构成", "Sample"), join_labels(responses, grouping.of))
    method = say_method(responses, say_small(k))
    return Table(f"sample.{'.'.join(grouping.of)}", title, columns, tuple(rows), method, (), tuple(checks))


def _rate(count: int, staff: int | None) -> tuple[Cell, ...]:
    return (staff, count / staff) if staff else (None, None)
