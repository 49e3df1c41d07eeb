"""Weights to known staff counts (加权): raking, post-stratification, and what weights cost in precision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jinghe.errors import DataError, Problem, attempt, problem
from jinghe.labels import Text
from jinghe.survey.instrument import Instrument
from jinghe.survey.responses import Responses
from jinghe.survey.suppression import DEFAULT_K
from jinghe.units import read_count

__all__ = [
    "Frame",
    "Weights",
    "check_frame",
    "check_turnout",
    "kish",
    "post_stratify",
    "rake",
    "rake_table",
    "read_frame",
]

_Floats = NDArray[np.float64]
_MOST_ROUNDS = 1000
_TOLERANCE = 1e-12


@dataclass(frozen=True, slots=True)
class Frame:
    """Known staff counts (在编人数框): per background question the staff behind each option.

    `source` says where the counts come from; `assumed` that they are set, not known.
    """

    margins: Mapping[str, Mapping[str, int]]
    source: str = ""
    assumed: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """A weight per respondent with mean 1 (权重), the design effect and the effective size."""

    values: _Floats
    deff: float
    n_eff: float
    method: Text


def read_frame(tree: Mapping[str, Any]) -> Frame:
    """Read `{margins: {region: {chengdu: 1200, …}}, source, assumed}`. Raises DataError."""
    found: list[Problem] = []
    words = tree if isinstance(tree, Mapping) else {}
    margins: dict[str, dict[str, int]] = {}
    for name, counts in (words.get("margins") or {}).items():
        listed = counts if isinstance(counts, Mapping) else {}
        margins[str(name)] = {
            str(code): attempt(found, read_count, count, path=f"margins.{name}.{code}") or 0
            for code, count in listed.items()
        }
    if not margins or not all(margins.values()):
        found.append(problem("survey-key-missing", "margins", key="margins"))
    if found:
        raise DataError(found)
    return Frame(margins, str(words.get("source") or ""), words.get("assumed") is True)


def check_frame(frame: Frame, instrument: Instrument, *, k: int = DEFAULT_K) -> list[Problem]:
    """List unknown options, options without staff count, totals that differ, and units too small ever to be shown."""
    found: list[Problem] = []
    totals = {name: sum(counts.values()) for name, counts in frame.margins.items()}
    if len(set(totals.values())) > 1:
        found.append(problem("survey-frame-total", "margins", found=totals))
    for name, counts in frame.margins.items():
        options = {choice.code for choice in instrument.options(name)}
        for code in sorted(options ^ set(counts)):
            found.append(problem("survey-frame-option", f"margins.{name}", found=code))
        for code, staff in counts.items():
            if 0 < staff < k:
                found.append(problem("survey-unit-small", f"margins.{name}.{code}", found=code, staff=staff, k=k))
    return found


def check_turnout(frame: Frame, responses: Responses) -> list[Problem]:
    """List options that more people chose than there are staff; counts that are set tell nothing of it."""
    found = []
    for name, staff in ({} if frame.assumed else frame.margins).items():
        for at, choice in enumerate(responses.instrument.options(name)):
            count = int((responses.answers[name] == at).sum())
            if choice.code in staff and count > staff[choice.code] > 0:
                path = f"weights.margins.{name}.{choice.code}"
                found.append(problem("survey-turnout", path, found=count, staff=staff[choice.code]))
    return found


def kish(weights: _Floats) -> tuple[float, float]:
    """Return deff = n Σw² / (Σw)² and n_eff = n / deff.

    Source: Kish 1965: the loss from unequal weights when they have nothing to do with the answers.

    >>> deff, n_eff = kish(np.repeat([0.5 / 284, 0.5 / 2122], [284, 2122]))
    >>> round(deff, 4), round(n_eff, 1)
    (2.4014, 1001.9)
    """
    deff = float(len(weights) * (weights**2).sum() / weights.sum() ** 2)
    return deff, len(weights) / deff


def rake_table(counts: _Floats, margins: Sequence[Sequence[float]]) -> _Floats:
    """Fit a table of counts to known totals of each of its ways (iterative proportional fitting).

    Source: Deming & Stephan 1940. Rounds stop when every total fits to 1e-12 of all.

    Raises:
        DataError: an option with a known total has no respondent, or zeros keep the rounds from settling.

    >>> fitted = rake_table(np.array([[84, 200], [600, 1522.0]]), [[1203, 1203], [962.4, 1443.6]])
    >>> fitted.round(4).tolist()
    [[490.3444, 712.6556], [472.0556, 730.9444]]
    """
    fitted = np.asarray(counts, dtype=np.float64)
    ways = [tuple(way for way in range(fitted.ndim) if way != at) for at in range(fitted.ndim)]
    wanted = [np.asarray(margin, dtype=np.float64) for margin in margins]
    whole = wanted[0].sum()
    for at, margin in enumerate(wanted):
        if ((fitted.sum(ways[at]) == 0) & (margin > 0)).any():
            raise DataError([problem("survey-rake-empty", found=f"#{at + 1}")])
    for _ in range(_MOST_ROUNDS):
        for at, margin in enumerate(wanted):
            met = fitted.sum(ways[at])
            shape = [-1 if way == at else 1 for way in range(fitted.ndim)]
            fitted = fitted * np.divide(margin, met, out=np.zeros_like(margin), where=met > 0).reshape(shape)
        if all(np.abs(fitted.sum(ways[at]) - m).max() <= _TOLERANCE * whole for at, m in enumerate(wanted)):
            return fitted
    raise DataError([problem("survey-rake-unsettled", found=_MOST_ROUNDS)])


def rake(
    responses: Responses,
    frame: Frame,
    *,
    trim: float | None = None,
    merged: Mapping[str, NDArray[np.bool_]] | None = None,
) -> Weights:
    """Weigh respondents so that every margin of the frame fits (raking); one margin alone is post-stratification.

    Respondents who left one of the questions blank cannot be placed and are refused.

    Args:
        responses: with an answer to every question of the frame.
        frame: known staff counts.
        trim: the largest weight, in multiples of the mean weight; None leaves them as they are. After trimming
            margins fit only nearly.
        merged: per question the options that form one stratum, because they are too small to be shown: weights of
            their own would tell their sizes.
    Raises:
        DataError: a blank answer, an answer behind which there is no staff, or no fit.
    """
    names = list(frame.margins)
    columns = [responses.answers[name] for name in names]
    if blank := [name for name, column in zip(names, columns, strict=True) if (column < 0).any()]:
        raise DataError([problem("survey-weight-blank", name, found=name) for name in blank])
    strata = [_strata(responses, name, frame, (merged or {}).get(name)) for name in names]
    whole = [staff.sum() for _, staff in strata]
    margins = [staff / total * responses.n for (_, staff), total in zip(strata, whole, strict=True)]
    shape = tuple(map(len, margins))
    cells = np.ravel_multi_index([onto[column] for (onto, _), column in zip(strata, columns, strict=True)], shape)
    counts = np.bincount(cells, minlength=int(np.prod(shape))).astype(np.float64)
    _refuse_empty(responses, names, counts.reshape(shape), margins)
    fitted = rake_table(counts.reshape(shape), margins).ravel()
    each = np.divide(fitted, counts, out=np.zeros_like(fitted), where=counts > 0)[cells]
    if trim is not None:
        each = np.minimum(each, trim * each.mean())
    joined = any((onto != np.arange(len(onto))).any() for onto, _ in strata)
    return _weights(responses, each, frame, trim, joined=joined)


def _strata(
    responses: Responses, name: str, frame: Frame, merged: NDArray[np.bool_] | None
) -> tuple[NDArray[np.int64], _Floats]:
    """Per option its stratum, and per stratum the staff."""
    codes = [choice.code for choice in responses.instrument.options(name)]
    onto = np.arange(len(codes), dtype=np.int64)
    small = np.flatnonzero([] if merged is None else merged)
    onto[small] = small[:1] if len(small) else small
    staff = np.array([frame.margins[name].get(code, 0) for code in codes], dtype=np.float64)
    return onto, np.asarray(np.bincount(onto, staff, minlength=len(codes)), dtype=np.float64)


def _refuse_empty(responses: Responses, names: Sequence[str], counts: _Floats, margins: Sequence[_Floats]) -> None:
    found: list[Problem] = []
    for at, (name, margin) in enumerate(zip(names, margins, strict=True)):
        met = counts.sum(tuple(way for way in range(counts.ndim) if way != at))
        codes = np.array([choice.code for choice in responses.instrument.options(name)], dtype=object)
        for code, wrong in (
            ("survey-rake-empty", (met == 0) & (margin > 0)),
            ("survey-weight-zero", (met > 0) & (margin == 0)),
        ):
            found += [problem(code, name, found=", ".join(codes[wrong]))] * bool(wrong.any())
    if found:
        raise DataError(found)


def post_stratify(responses: Responses, frame: Frame, *, trim: float | None = None) -> Weights:
    """Weigh respondents to the staff counts of one background question (post-stratification): w = N_h n / (N n_h).

    Raises:
        DataError: the frame has more than one margin, or as `rake`.
    """
    if len(frame.margins) != 1:
        raise DataError([problem("survey-frame-margins", found=len(frame.margins))])
    return rake(responses, frame, trim=trim)


def _weights(responses: Responses, each: _Floats, frame: Frame, trim: float | None, *, joined: bool) -> Weights:
    """Scale to mean 1 and say how; design effect and effective size are said coarsely, since they tell sizes."""
    scaled = each * (len(each) / each.sum())
    deff, n_eff = kish(scaled)
    labels = [responses.instrument.label(name) for name in frame.margins]
    way = Text("迭代比例加权", "raked") if len(labels) > 1 else Text("事后分层加权", "post-stratified")
    zh, en = "、".join(label.zh for label in labels), ", ".join(label.en for label in labels)
    known = Text("设定的人数", "assumed counts") if frame.assumed else Text("在编人数", "staff counts")
    notes_zh, notes_en = [], []
    if joined:
        notes_zh.append("不单独显示的组合为一层")
        notes_en.append("groups that are not shown form one stratum")
    if trim:
        notes_zh.append(f"权重截于均值的 {trim:g} 倍")
        notes_en.append(f"trimmed at {trim:g} times the mean")
    more_zh, more_en = "".join(f"，{note}" for note in notes_zh), "".join(f", {note}" for note in notes_en)
    source_zh, source_en = (f"（{frame.source}）", f" ({frame.source})") if frame.source else ("", "")
    method = Text(
        f"按{known.zh}{source_zh}对{zh}{way.zh}{more_zh}，设计效应约 {deff:.2f}，有效样本量约 {n_eff:.0f}",
        f"{way.en} to {known.en}{source_en} by {en}{more_en}; design effect about {deff:.2f}, effective n about "
        f"{n_eff:.0f}",
    )
    return Weights(scaled, deff, n_eff, method)
