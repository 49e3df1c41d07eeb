"""Which groups of which cuts stay hidden for given scores (分组保护): one decision for all tables of a report."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from jinghe.survey.expression import list_items, parse_expression
from jinghe.survey.instrument import Instrument
from jinghe.survey.responses import Responses, find_asked, group_respondents, take_scores
from jinghe.survey.suppression import DEFAULT_K, protect_cuts
from jinghe.survey.weighting import Weights

__all__ = [
    "Decisions",
    "find_closed",
    "link_scores",
    "protect_answers",
    "protect_each",
    "protect_sample",
    "protect_scores",
]

_Bools = NDArray[np.bool_]
_Counts = NDArray[np.int64]
Decisions = Mapping[str, tuple[_Bools, ...]]
"""Per score, per cut and group whether it is hidden (保护决定)."""


def link_scores(instrument: Instrument, names: Sequence[str]) -> tuple[str, ...]:
    """List the scores that are protected together: a scale and its items, and the ratings of one battery.

    The sum of a scale less its other items is the missing one, so what is hidden of one is hidden of all; a battery is
    one table. A score stands in the same family whoever asks, so that no two tables of a report decide differently.
    """
    families = [(scale.id, *scale.items) for scale in instrument.scales]
    for battery in instrument.batteries:
        families.append(tuple(item.id for item in instrument.members(battery.id) if instrument.is_rating(item.id)))
    linked = dict.fromkeys(names)
    while True:
        more = [name for family in families if set(family) & set(linked) for name in family if name not in linked]
        if not more:
            return tuple(linked)
        linked |= dict.fromkeys(more)


def protect_sample(
    responses: Responses, *, cuts: Sequence[Sequence[str]], k: int = DEFAULT_K
) -> tuple[_Bools, ...] | None:
    """Decide which groups stay hidden in a table of counts; None where fewer than k answered.

    The order in which cuts are named decides nothing, so that all tables of a report agree. Questions put to some
    groups only tell the size of these groups; they count as cuts (`find_closed`).
    """
    found = _protect_counts(responses, cuts, k)
    return None if found is None else found[: len(cuts)]


def find_closed(responses: Responses, *, cuts: Sequence[Sequence[str]], k: int = DEFAULT_K) -> frozenset[str]:
    """List the items of which nothing may be printed, not even how many were asked.

    These are the ones that skip logic put, by a background question, to fewer than k or to all but fewer than k, and
    those put by the answers to one of them.
    """
    found = _protect_counts(responses, cuts, k)
    if found is None:
        return frozenset(item.id for item in responses.instrument.questions())
    by_rule = {rule: gone for (rule, _), gone in zip(_asked(responses), found[len(cuts) :], strict=True)}
    bound = [item for item in responses.instrument.questions() if item.relevant]
    closed = {item.id for item in bound if item.relevant in by_rule and by_rule[item.relevant][-1]}
    for item in bound:  # in the order of the questionnaire: skip logic looks back only
        if closed & set(list_items(parse_expression(item.relevant))):
            closed.add(item.id)
    return frozenset(closed)


def _protect_counts(responses: Responses, cuts: Sequence[Sequence[str]], k: int) -> tuple[_Bools, ...] | None:
    """The groups of the cuts, then those of skip logic (not asked, asked)."""
    if responses.n < k:
        return None
    columns = [*_labels(responses, cuts), *(labels for _, labels in _asked(responses))]
    return _in_order(columns, [*(map(tuple, cuts)), *(rule for rule, _ in _asked(responses))], k=k)


def _labels(responses: Responses, cuts: Sequence[Sequence[str]]) -> list[_Counts]:
    return [group_respondents(responses, cut).labels for cut in cuts]


def _asked(responses: Responses) -> list[tuple[str, _Counts]]:
    """Per rule that hangs on a background question and parts the respondents: to whom it applies."""
    background = {item.id for item in responses.instrument.items if item.cut}
    items = {item.relevant: item for item in responses.instrument.questions() if item.relevant}
    bound = [item for rule, item in items.items() if background & set(list_items(parse_expression(rule)))]
    columns = [(item.relevant, find_asked(responses, item)) for item in bound]
    return [(rule, asked.astype(np.int64)) for rule, asked in columns if asked.any() and not asked.all()]


def _in_order(
    columns: Sequence[_Counts],
    names: Sequence[object],
    *,
    k: int,
    hidden: Sequence[_Bools] | None = None,
    weights: NDArray[np.float64] | None = None,
    plain: Sequence[bool] | None = None,
) -> tuple[_Bools, ...]:
    """Protect cuts in an order of their own, so that the order in which they are named decides nothing."""
    order = sorted(range(len(columns)), key=lambda at: (isinstance(names[at], str), str(names[at])))
    if not order:
        return ()
    given = None if hidden is None else [hidden[at] for at in order]
    marked = None if plain is None else [plain[at] for at in order]
    found = protect_cuts([columns[at] for at in order], k=k, hidden=given, weights=weights, plain=marked)
    placed = dict(zip(order, found, strict=True))
    return tuple(placed[at] for at in range(len(columns)))


def protect_scores(
    responses: Responses,
    names: Sequence[str],
    *,
    cuts: Sequence[Sequence[str]],
    k: int = DEFAULT_K,
    weights: Weights | None = None,
    plain: Collection[Sequence[str]] | None = None,
) -> tuple[_Bools, ...] | None:
    """Decide which groups stay hidden in tables of these scores: the same for all that are linked.

    Who answered differs between scores; what is hidden in the sample, or for one score, is hidden for each.

    Args:
        responses: the answers.
        names: items answered by numbers, or scales.
        cuts: all cuts of the report, so that their differences are safe too.
        k: the smallest group that may be shown.
        weights: where the report has weighted tables.
        plain: the cuts whose groups are printed without weights too, as comparisons are; None: all.
    Returns:
        Per cut and group whether it is hidden; None where fewer than k answered one of the scores.
    """
    known = {name: ~np.isnan(take_scores(responses, name)) for name in link_scores(responses.instrument, names)}
    if responses.n < k or any(int(known[name].sum()) < k for name in names):
        return None
    return _protect(responses, list(known.values()), cuts, k, weights, plain)


def protect_answers(
    responses: Responses,
    name: str,
    *,
    cuts: Sequence[Sequence[str]],
    k: int = DEFAULT_K,
    weights: Weights | None = None,
) -> tuple[_Bools, ...] | None:
    """Decide the same for tables of a choice; None where fewer than k answered."""
    known = responses.answered(name)
    return None if int(known.sum()) < k else _protect(responses, [known], cuts, k, weights, ())


def _protect(
    responses: Responses,
    known: Sequence[_Bools],
    cuts: Sequence[Sequence[str]],
    k: int,
    weights: Weights | None,
    plain: Collection[Sequence[str]] | None,
) -> tuple[_Bools, ...]:
    """Unite what the sample and every base of k or more hides, until none hides more."""
    printed = [np.ones(responses.n, dtype=bool), *(rows for rows in known if int(rows.sum()) >= k)]
    bases = {np.packbits(rows).tobytes(): rows for rows in printed}
    labels, hidden = _labels(responses, cuts), [gone.copy() for gone in _protect_counts(responses, cuts, k) or ()]
    del hidden[len(cuts) :]
    marks = None if plain is None else [tuple(cut) in set(map(tuple, plain)) for cut in cuts]
    while len(bases) > 1 or weights is not None:
        before = sum(int(gone.sum()) for gone in hidden)
        for rows in bases.values():
            each = None if weights is None else weights.values[rows]
            columns = [column[rows] for column in labels]
            found = _in_order(columns, list(map(tuple, cuts)), k=k, hidden=hidden, weights=each, plain=marks)
            for gone, more in zip(hidden, found, strict=True):
                gone[: len(more)] |= more
        if len(bases) == 1 or sum(int(gone.sum()) for gone in hidden) == before:
            break
    return tuple(hidden)


def protect_each(
    responses: Responses,
    names: Sequence[str],
    *,
    cuts: Sequence[Sequence[str]],
    k: int = DEFAULT_K,
    weights: Weights | None = None,
    plain: Collection[Sequence[str]] | None = None,
) -> dict[str, tuple[_Bools, ...]]:
    """Decide for several scores, each as `protect_scores` does; those that fewer than k answered are left out."""
    decided: dict[str, tuple[_Bools, ...] | None] = {}
    for name in names:
        if name not in decided:
            family = [one for one in link_scores(responses.instrument, [name]) if _enough(responses, one, k)]
            if name not in family:
                decided[name] = None
                continue
            found = protect_scores(responses, family, cuts=cuts, k=k, weights=weights, plain=plain)
            decided |= dict.fromkeys(family, found)
    return {name: found for name in names if (found := decided[name]) is not None}


def _enough(responses: Responses, name: str, k: int) -> bool:
    return int((~np.isnan(take_scores(responses, name))).sum()) >= k
