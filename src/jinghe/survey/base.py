"""Common bases (共同基数): who counts where a scale and its items, or the items of one comparison, are printed.

A scale rests on those who answered all its items, the table of an item on those who answered that one. What one has
more than the other is a group that is printed nowhere and follows from both: where it is small, single answers do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from jinghe.survey.protection import protect_sample
from jinghe.survey.responses import Responses, blank_column, group_respondents
from jinghe.survey.suppression import DEFAULT_K, protect_cuts
from jinghe.survey.weighting import Weights

__all__ = ["share_bases"]

_Bools = NDArray[np.bool_]


def share_bases(
    responses: Responses,
    sets: Sequence[Sequence[str]],
    *,
    cuts: Sequence[Sequence[str]] = (),
    k: int = DEFAULT_K,
    weights: Weights | None = None,
) -> Responses:
    """Put items that are added or compared on one base, where the difference of two bases would tell too much.

    What the base of an item or a set has more than that of a set may be nobody, or people of whom every group that the
    sample shows holds none or k and more; then nothing changes. Else all items of the sets that hang together keep only
    the answers of those who answered every one of them; `Responses.given` keeps what was answered.

    Args:
        responses: the answers.
        sets: the items of every scale and of every comparison within respondents that are printed.
        cuts: all cuts of the report.
        k: the smallest group that may be shown.
        weights: where the report has weighted tables.
    """
    answers = dict(responses.answers)
    known = {name: responses.answered(name) for names in sets for name in names}
    whole = {tuple(names): _meet([known[name] for name in names]) for names in sets}
    printed = [names for names, rows in whole.items() if int(rows.sum()) >= k]
    hidden = protect_sample(responses, cuts=cuts, k=k) or ()
    shown = [(group_respondents(responses, cut).labels, gone) for cut, gone in zip(cuts, hidden, strict=False)]
    for joined in _join(printed):
        items = list(dict.fromkeys(name for names in joined for name in names))
        inner = _differ([whole[names] for names in joined])
        outer = _differ([*inner, *(known[name] for name in items)])
        rests = sorted((rows & ~base for rows in outer for base in inner), key=np.count_nonzero)
        rests = _differ([rows for rows in rests if rows.any()])
        if all(_can_be_shown(rows, shown, k, weights) for rows in rests):
            continue
        every = _meet(inner)
        for name in items:
            column, away = answers[name].copy(), known[name] & ~every
            column[away] = blank_column(responses.instrument, responses.instrument.item(name), int(away.sum()))
            answers[name] = column if away.any() else answers[name]
    changed = any(answers[name] is not responses.answers[name] for name in known)
    return replace(responses, answers=answers, given=responses.answers) if changed else responses


def _meet(rows: Sequence[_Bools]) -> _Bools:
    return reduce(np.logical_and, rows)


def _differ(listed: Sequence[_Bools]) -> list[_Bools]:
    return list({np.packbits(rows).tobytes(): rows for rows in listed}.values())


def _join(sets: Sequence[tuple[str, ...]]) -> Iterator[list[tuple[str, ...]]]:
    """Put sets that share an item together."""
    rest = list(sets)
    while rest:
        joined = [rest.pop(0)]
        while more := [names for names in rest if any(set(names) & set(other) for other in joined)]:
            joined += more
            rest = [names for names in rest if names not in more]
        yield joined


def _can_be_shown(
    rows: _Bools, shown: Sequence[tuple[NDArray[np.int64], _Bools]], k: int, weights: Weights | None
) -> bool:
    """Whether tables of these people alone would hide no more groups than the sample does."""
    if int(rows.sum()) < k:
        return False
    hidden = [gone for _, gone in shown]
    parts, each = [labels[rows] for labels, _ in shown], None if weights is None else weights.values[rows]
    sizes = [np.bincount(part, minlength=len(gone)) for part, gone in zip(parts, hidden, strict=True)]
    if any(((size > 0) & (size < k) & ~gone).any() for size, gone in zip(sizes, hidden, strict=True)):
        return False
    found = protect_cuts(parts, k=k, hidden=hidden, weights=each) if parts else ()
    return not any((more & ~gone[: len(more)]).any() for more, gone in zip(found, hidden, strict=True))
