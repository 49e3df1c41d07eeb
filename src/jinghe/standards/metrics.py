"""How redundant, how balanced and how well joined two catalogues are (体系诊断指标): figures, or why there is none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from jinghe.errors import RuleError, problem
from jinghe.labels import Text
from jinghe.standards.catalogue import Catalogue, Item
from jinghe.standards.gaps import Gaps, find_gaps, restrict
from jinghe.standards.match import Crosswalk
from jinghe.standards.similarity import Encoder, encode_titles, find_similar

__all__ = [
    "DUPLICATE",
    "CatalogueMetrics",
    "PairMetrics",
    "find_duplicates",
    "find_lag",
    "measure_catalogue",
    "measure_pair",
]

DUPLICATE = 0.8  # least cosine at which two titles of one catalogue are called duplicates
_CAUTION = Text(
    "只凭题名与职能看不出哪一方的供给更不均衡；判断“供给迟滞”“供给失衡”须有需求与使用数据。",
    "Titles and functions alone do not show whose supply is less balanced; to call it late or uneven takes data on "
    "need and use.",
)
_MISSING = {
    "need": Text("没有各职能的需求数据，按需求相等计", "need per function is unknown; equal need is assumed"),
    "usage": Text("没有使用频次，低使用率不计算", "usage is unknown; the share of little-used standards is left out"),
    "tasks": Text("没有事项引用标准的清单，引用深度不计算", "what tasks cite is unknown; reference depth is left out"),
    "lag": Text("没有需求提出日期，供给时滞不计算", "no day of need is logged; the lag of supply is left out"),
}


@dataclass(frozen=True, slots=True)
class CatalogueMetrics:
    """The figures of one catalogue (单方指标); None stands where data are missing, and `missing` says which.

    load: standards per declared function, L = |S|/|F|. coverage: share of functions with a standard. imbalance:
    D = ½ Σ|s_d − n_d| over functions, 0 to 1. concentration: HHI = Σ s_d². duplicates: duplicate pairs per standard.
    little_used: share below the given quartile of usage. depth: mean number of standards a task cites. lag: median
    days from need to force (Kaplan–Meier, unmet needs censored).
    """

    catalogue: str
    items: int
    functions: int
    supply: tuple[tuple[str, int], ...]
    load: float | None
    coverage: float | None
    imbalance: float | None
    concentration: float | None
    duplicates: float | None
    little_used: float | None = None
    depth: float | None = None
    lag: float | None = None
    missing: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class PairMetrics:
    """The figures of two catalogues and their crosswalk (双方指标).

    strict, loose: J = pairs/(|A| + |B| − pairs) with exact pairs, with exact and close ones. unmatched: share without
    any counterpart, each way. conflict: share of exact and close pairs that sit in different subsystems. blocked: pairs
    barred by an incompatibility. merged: items that several items of the other side go into. unjudged: items nobody
    has judged, so that the shares are provisional. caution: what titles alone cannot show.
    """

    exact: int
    close: int
    strict: float | None
    loose: float | None
    unmatched: tuple[float | None, float | None]
    conflict: float | None
    blocked: int
    merged: int
    unjudged: int
    gaps: Gaps
    caution: Text


def measure_catalogue(
    catalogue: Catalogue,
    *,
    usage: Mapping[str, float] | None = None,
    little: float | None = None,
    tasks: Mapping[str, Sequence[str]] | None = None,
    on: date | None = None,
    encode: Encoder = encode_titles,
) -> CatalogueMetrics:
    """Measure redundancy and supply of one catalogue.

    Args:
        catalogue: the catalogue with its declared functions; an item without function supplies none.
        usage: use per code, as counted or asked; codes left out are unknown.
        little: usage below which a standard is little used; q25 of `usage` when None.
        tasks: the codes that each task of work must cite.
        on: the day up to which unmet needs are known; without it the lag is not computed.
        encode: how titles are compared for duplicates.
    Raises:
        RuleError: `usage` or `tasks` name codes that the catalogue does not have.
    """
    _check_codes(catalogue, {*(usage or ()), *(code for cited in (tasks or {}).values() for code in cited)})
    everything, catalogue = catalogue.items, catalogue.keep_live()
    headings = catalogue.list_headings("function")
    counts = Counter(name for item in catalogue.items for name in item.functions)
    supply = np.array([counts[heading.id] for heading in headings], dtype=float)
    needs = [heading.need for heading in headings]
    known = bool(needs) and None not in needs
    need = np.array(needs, dtype=float) if known else np.ones(len(headings))
    share = supply / supply.sum() if supply.sum() else None
    lag = find_lag(everything, on=on) if on else None
    told = {"need": known, "usage": usage, "tasks": tasks, "lag": lag is not None}
    total = len(catalogue.items)
    return CatalogueMetrics(
        catalogue.prefix,
        total,
        len(headings),
        tuple((heading.id, counts[heading.id]) for heading in headings),
        total / len(headings) if headings else None,
        float((supply > 0).mean()) if headings else None,
        float(np.abs(share - need / need.sum()).sum() / 2) if share is not None else None,
        float((share**2).sum()) if share is not None else None,
        len(find_duplicates(catalogue, encode=encode)) / total if total else None,
        _little_used(usage, little) if usage else None,
        float(np.mean([len(set(cited)) for cited in tasks.values()])) if tasks else None,
        lag,
        tuple(text for name, text in _MISSING.items() if not told[name]),
    )


def measure_pair(a: Catalogue, b: Catalogue, crosswalk: Crosswalk) -> PairMetrics:
    """Measure how far two catalogues are harmonised and where their interfaces gape.

    Pairs count one to one: of several items joined to one, one pair counts.
    """
    a, b, crosswalk = restrict(a, b, crosswalk)
    gaps = find_gaps(a, b, crosswalk)
    sizes = (len(a.items), len(b.items))
    exact, both = (_count_pairs(crosswalk, *kinds) for kinds in (("exactMatch",), ("exactMatch", "closeMatch")))
    told = len(crosswalk.select("exactMatch", "closeMatch"))
    shares = [len(side.unmatched) / size if size else None for side, size in zip(gaps.sides, sizes, strict=True)]
    return PairMetrics(
        exact,
        both - exact,
        _jaccard(exact, *sizes),
        _jaccard(both, *sizes),
        (shares[0], shares[1]),
        len(gaps.conflicts) / told if told else None,
        len(gaps.blocked),
        len(gaps.merged),
        sum(len(side.unjudged) for side in gaps.sides),
        gaps,
        _CAUTION,
    )


def find_duplicates(
    catalogue: Catalogue, *, threshold: float = DUPLICATE, encode: Encoder = encode_titles
) -> tuple[tuple[Item, Item], ...]:
    """Return pairs of one catalogue with titles at least this much alike, or with the same functions and clauses."""
    items = catalogue.items
    titles = [item.title.zh for item in items]
    alike = {(pair.i, pair.j) for pair in find_similar(encode(titles, [])[0], threshold=threshold)}
    content: dict[tuple[tuple[str, ...], tuple[str, ...]], list[int]] = {}
    for number, item in enumerate(items):
        if item.clauses:
            content.setdefault((item.functions, item.clauses), []).append(number)
    alike |= {(i, j) for same in content.values() for k, i in enumerate(same) for j in same[k + 1 :]}
    return tuple((items[i], items[j]) for i, j in sorted(alike))


def find_lag(items: Sequence[Item], *, on: date) -> float | None:
    """Return the median number of days from a logged need to force; None when less than half of the needs are met.

    Kaplan–Meier: S(t) = Π (1 − d_i/r_i) over days t_i ≤ t, d met and r still at risk; needs unmet on the day `on` are
    censored there; the median is the first t with S(t) ≤ ½. Standards in force before their need count as 0 days.
    """
    spells = []
    for item in items:
        if item.needed_on and item.needed_on <= on:
            met = item.in_force_on is not None and item.in_force_on <= on
            end = item.in_force_on if met and item.in_force_on else on
            spells.append((max((end - item.needed_on).days, 0), met))
    remaining = 1.0
    for day in sorted({days for days, met in spells if met}):
        at_risk = sum(days >= day for days, _ in spells)
        remaining *= 1 - sum(days == day for days, met in spells if met) / at_risk
        if remaining <= 0.5 + 1e-12:
            return float(day)
    return None


def _little_used(usage: Mapping[str, float], little: float | None) -> float:
    values = np.array(list(usage.values()), dtype=float)
    return float((values < (np.quantile(values, 0.25) if little is None else little)).mean())


def _count_pairs(crosswalk: Crosswalk, *predicates: str) -> int:
    found = crosswalk.select(*predicates)
    return min(len({match.subject for match in found}), len({match.object for match in found}))


def _jaccard(pairs: int, a: int, b: int) -> float | None:
    return pairs / (a + b - pairs) if a + b else None


def _check_codes(catalogue: Catalogue, codes: set[str]) -> None:
    unknown = sorted(codes - {item.code for item in catalogue.items})
    if unknown:
        raise RuleError([problem("standard-unknown", catalogue.prefix, found=code) for code in unknown])
