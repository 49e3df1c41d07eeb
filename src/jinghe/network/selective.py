"""Who cooperates, in what, and who begins it (选择性合作与发起负担, C2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from jinghe.network.event import Event

__all__ = ["Choice", "concentration_of_initiative", "find_choices"]


@dataclass(frozen=True, slots=True)
class Choice:
    """What one actor takes part in (参与取舍).

    `concentration` is Σ p_d² over its domains: 1 when all it does lies in one. `easy` is the share of its events in
    domains that bind less than the average event. `initiated` is its share of the events somebody began.
    """

    actor: str
    events: int
    domains: int
    concentration: float
    easy: float
    initiated: float


def find_choices(events: Sequence[Event], *, actors: Sequence[str]) -> tuple[Choice, ...]:
    """Describe what every actor takes part in, in the order of `actors`; without an event the shares are undefined.

    Source: theory row C2 (selective cooperation). Assumption: a domain is easy when its events bind less than average.
    """
    mean = float(np.mean([event.binding for event in events])) if events else float("nan")
    bindings: dict[str, list[int]] = {}
    for event in events:
        bindings.setdefault(event.domain, []).append(event.binding)
    easy = {domain for domain, found in bindings.items() if np.mean(found) < mean}
    begun = Counter(event.initiator for event in events if event.initiator)
    own: dict[str, list[Event]] = {}
    for event in events:
        for actor in event.participants:
            own.setdefault(actor, []).append(event)
    return tuple(_choice(actor, own.get(actor, []), easy, begun) for actor in actors)


def _choice(actor: str, own: Sequence[Event], easy: set[str], begun: Counter[str]) -> Choice:
    domains = Counter(event.domain for event in own)
    shares = np.array(list(domains.values())) / max(len(own), 1)
    return Choice(
        actor,
        len(own),
        len(domains),
        float((shares**2).sum()) if own else float("nan"),
        sum(event.domain in easy for event in own) / len(own) if own else float("nan"),
        begun[actor] / begun.total() if begun else float("nan"),
    )


def concentration_of_initiative(choices: Sequence[Choice]) -> float:
    """Gini coefficient of who begins events: 0 when all begin as many, near 1 when one begins all.

    G = Σ_i Σ_j |x_i − x_j| / (2 n² x̄); not a number where nobody is known to have begun one.
    """
    x = np.array([choice.initiated for choice in choices])
    if not len(x) or not np.isfinite(x).all() or not x.sum():
        return float("nan")
    return float(np.abs(x[:, None] - x[None, :]).sum() / (2 * len(x) ** 2 * x.mean()))
