"""Which groups of which cuts stay hidden for given scores (分组保护): one decision for all tables of a report."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from jinghe.survey.instrument import Instrument
from jinghe.survey.responses import Responses, group_respondents, take_scores
from jinghe.survey.suppression import DEFAULT_K, protect_cuts

__all__ = ["link_scores", "protect_scores"]

_Bools = NDArray[np.bool_]


def link_scores(instrument: Instrument, names: Sequence[str]) -> tuple[str, ...]:
    """List the scores that give each other away: a scale and its items, directly or through another scale.

    The sum of a scale less its other items is the missing one, so what is hidden of one is hidden of all.
    """
    linked = dict.fromkeys(names)
    while True:
        scales = [scale for scale in instrument.scales if {scale.id, *scale.items} & set(linked)]
        more = [name for scale in scales for name in (scale.id, *scale.items) if name not in linked]
        if not more:
            return tuple(linked)
        linked |= dict.fromkeys(more)


def protect_scores(
    responses: Responses, names: Sequence[str], *, cuts: Sequence[Sequence[str]], k: int = DEFAULT_K
) -> tuple[_Bools, ...] | None:
    """Decide which groups stay hidden in tables of these scores: the same for all that are linked.

    Who answered differs between scores; what is hidden for all respondents, or for one score, is hidden for each, until
    none hides more.

    Args:
        responses: the answers.
        names: items answered by numbers, or scales.
        cuts: all cuts of the report, so that their differences are safe too.
        k: the smallest group that may be shown.
    Returns:
        Per cut and group whether it is hidden; None where fewer than k answered one of the scores.
    """
    labels = [group_respondents(responses, cut).labels for cut in cuts]
    answered = [~np.isnan(take_scores(responses, name)) for name in link_scores(responses.instrument, names)]
    bases = {np.packbits(rows).tobytes(): rows for rows in (np.ones(responses.n, dtype=bool), *answered)}
    if any(int(rows.sum()) < k for rows in bases.values()):
        return None
    hidden = [np.zeros(int(column.max(initial=0)) + 1, dtype=bool) for column in labels]
    while True:
        before = sum(int(gone.sum()) for gone in hidden)
        for rows in bases.values():
            found = protect_cuts([column[rows] for column in labels], k=k, hidden=hidden)
            for gone, more in zip(hidden, found, strict=True):
                gone[: len(more)] |= more
        if len(bases) == 1 or sum(int(gone.sum()) for gone in hidden) == before:
            return tuple(hidden)
