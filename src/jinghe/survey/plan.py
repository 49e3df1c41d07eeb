"""What a survey report holds (分析方案): cuts, threshold, weights, comparisons, as data."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from jinghe.errors import DataError, Problem, attempt, problem
from jinghe.labels import Text
from jinghe.survey.comparison import TESTS
from jinghe.survey.effect import ADJUSTMENTS
from jinghe.survey.instrument import Instrument
from jinghe.survey.repetition import CORRECTIONS, POSTHOC
from jinghe.survey.suppression import DEFAULT_K
from jinghe.survey.weighting import Frame, read_frame

__all__ = ["LEAST_K", "Between", "Plan", "Within", "all_cuts", "all_sets", "check_plan", "read_plan"]

LEAST_K = 5
_KEYS: Mapping[str, tuple[str, ...]] = {
    "": (
        "title",
        "instrument",
        "responses",
        "waves",
        "synthetic",
        "k",
        "cuts",
        "weights",
        "trim",
        "compare",
        "within",
        "sources",
    ),
    "waves": ("instrument", "responses"),
    "compare": ("title", "outcomes", "by", "test", "adjust", "bound"),
    "within": ("title", "items", "correction", "posthoc", "adjust"),
}


@dataclass(frozen=True, slots=True)
class Between:
    """One table of comparisons between groups (组间比较方案)."""

    title: Text
    outcomes: tuple[str, ...]
    by: str
    test: str = "welch"
    adjustment: str = "holm"
    bound: float = 0.2


@dataclass(frozen=True, slots=True)
class Within:
    """One comparison within respondents (组内比较方案)."""

    title: Text
    items: tuple[str, ...]
    correction: str = "gg"
    posthoc: str = "unpooled"
    adjustment: str = "holm"


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan of analysis (分析方案). `instrument` and `responses` name the files, as written in the plan.

    `waves` names those of earlier collections, oldest first; one without a questionnaire used the same.
    """

    title: Text = Text("调查报告", "Survey report")
    instrument: str = ""
    responses: str = ""
    synthetic: bool = False
    k: int = DEFAULT_K
    cuts: tuple[tuple[str, ...], ...] = ()
    frame: Frame | None = None
    trim: float | None = None
    between: tuple[Between, ...] = ()
    within: tuple[Within, ...] = ()
    waves: tuple[tuple[str, str], ...] = ()


def read_plan(tree: Mapping[str, Any]) -> Plan:
    """Read `{title, instrument, responses, waves, synthetic, k, cuts, weights, trim, compare, within}`.

    Raises:
        DataError: with every fault at its path.

    >>> read_plan({"title": "T", "cuts": ["region", ["unit", "level"]], "k": 5}).cuts
    (('region',), ('unit', 'level'))
    """
    found: list[Problem] = []
    words = tree if isinstance(tree, Mapping) else {}
    _keys(found, words, "", "")
    k = _number(found, words, "k", DEFAULT_K, "")
    if k < LEAST_K or k != int(k):
        found.append(problem("survey-k-small", "k", found=words.get("k"), least=LEAST_K))
    trim = _number(found, words, "trim", 0, "")
    plan = Plan(
        title=attempt(found, Text.of, words.get("title", Plan().title), path="title") or Plan().title,
        instrument=str(words.get("instrument") or ""),
        responses=str(words.get("responses") or ""),
        synthetic=words.get("synthetic") is True,
        k=int(k),
        cuts=tuple(_cut(found, cut, f"cuts[{at}]") for at, cut in enumerate(_list(found, words, "cuts", ""))),
        frame=_frame(found, words["weights"]) if words.get("weights") else None,
        trim=trim or None,
        between=tuple(_each(found, words, "compare", _between)),
        within=tuple(_each(found, words, "within", _within)),
        waves=tuple(_each(found, words, "waves", _wave)),
    )
    if found:
        raise DataError(found)
    return plan


def _frame(found: list[Problem], tree: Any) -> Frame | None:
    try:
        return read_frame(tree)
    except DataError as error:
        found += [fault.at(path=f"weights.{fault.place.path}") for fault in error.problems]
        return None


def _cut(found: list[Problem], cut: Any, at: str) -> tuple[str, ...]:
    names = tuple(map(str, cut)) if isinstance(cut, list | tuple) else (str(cut),)
    if not 1 <= len(set(names)) == len(names) <= 2:
        found.append(problem("survey-cut-size", at, found=cut))
    return names


def _each(
    found: list[Problem],
    words: Mapping[str, Any],
    key: str,
    read: Callable[[list[Problem], Mapping[str, Any], str], Any],
) -> list[Any]:
    results = []
    for number, entry in enumerate(_list(found, words, key, "")):
        at = f"{key}[{number}]"
        if isinstance(entry, Mapping):
            _keys(found, entry, key, at)
            results.append(read(found, entry, at))
        else:
            found.append(problem("survey-shape", at, found=entry))
    return results


def _wave(found: list[Problem], entry: Mapping[str, Any], at: str) -> tuple[str, str]:
    if not entry.get("responses"):
        found.append(problem("survey-key-missing", f"{at}.responses", key="responses"))
    return str(entry.get("instrument") or ""), str(entry.get("responses") or "")


def _between(found: list[Problem], entry: Mapping[str, Any], at: str) -> Between:
    return Between(
        title=_title(found, entry, at),
        outcomes=tuple(map(str, _list(found, entry, "outcomes", at))),
        by=str(entry.get("by") or ""),
        test=_choice(found, entry, "test", TESTS, at),
        adjustment=_choice(found, entry, "adjust", ADJUSTMENTS, at),
        bound=_number(found, entry, "bound", 0.2, at),
    )


def _within(found: list[Problem], entry: Mapping[str, Any], at: str) -> Within:
    return Within(
        title=_title(found, entry, at),
        items=tuple(map(str, _list(found, entry, "items", at))),
        correction=_choice(found, entry, "correction", CORRECTIONS, at),
        posthoc=_choice(found, entry, "posthoc", POSTHOC, at),
        adjustment=_choice(found, entry, "adjust", ADJUSTMENTS, at),
    )


def _title(found: list[Problem], entry: Mapping[str, Any], at: str) -> Text:
    return attempt(found, Text.of, entry.get("title"), path=f"{at}.title") or Text("", "")


def _choice(found: list[Problem], entry: Mapping[str, Any], key: str, known: Mapping[str, Text], at: str) -> str:
    """The first one known is the default."""
    value = str(entry.get(key) or next(iter(known)))
    if value not in known:
        found.append(problem("choice-unknown", f"{at}.{key}", found=value, expected=", ".join(known)))
    return value


def _number(found: list[Problem], entry: Mapping[str, Any], key: str, default: float, at: str) -> float:
    value = entry.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        found.append(problem("survey-plan-number", f"{at}.{key}".strip("."), found=value))
        return default
    return value


def _list(found: list[Problem], entry: Mapping[str, Any], key: str, at: str) -> Sequence[Any]:
    value = entry.get(key)
    if value is None or isinstance(value, list | tuple):
        return value or ()
    found.append(problem("survey-shape", f"{at}.{key}".strip("."), found=value))
    return ()


def _keys(found: list[Problem], entry: Mapping[str, Any], kind: str, at: str) -> None:
    for key in entry:
        if key not in _KEYS[kind]:
            near = next(iter(get_close_matches(str(key), _KEYS[kind], 1, 0)), "—")
            found.append(problem("survey-key-unknown", f"{at}.{key}".strip("."), found=key, nearest=near))


def check_plan(plan: Plan, instrument: Instrument) -> list[Problem]:
    """List what a plan names and the questionnaire does not have, or not so that it can be used."""
    items = {item.id: item for item in instrument.questions()}
    scores = {name for name in items if instrument.is_rating(name)} | {scale.id for scale in instrument.scales}
    scores |= {item.id for item in items.values() if item.kind in {"integer", "decimal"}}
    cuts = {item.id for item in items.values() if item.cut}
    wanted = [(f"cuts[{at}]", name, cuts) for at, cut in enumerate(plan.cuts) for name in cut]
    wanted += [("weights.margins", name, cuts) for name in (plan.frame.margins if plan.frame else ())]
    for at, between in enumerate(plan.between):
        wanted += [(f"compare[{at}].outcomes", name, scores) for name in between.outcomes or ("",)]
        wanted.append((f"compare[{at}].by", between.by, cuts))
    for at, within in enumerate(plan.within):
        wanted += [(f"within[{at}].items", name, scores & set(items)) for name in within.items or ("",)]
    return [
        problem("survey-item-unknown", path, found=name, known=", ".join(sorted(known)) or "—")
        for path, name, known in wanted
        if name not in known
    ]


def all_cuts(plan: Plan) -> tuple[tuple[str, ...], ...]:
    """List every cut a report prints, those of its comparisons and weights included."""
    margins = plan.frame.margins if plan.frame else ()
    return tuple(dict.fromkeys((*plan.cuts, *((one.by,) for one in plan.between), *((name,) for name in margins))))


def all_sets(plan: Plan, instrument: Instrument) -> tuple[tuple[str, ...], ...]:
    """List the items that are added up or compared with each other: of every scale, of every comparison within."""
    return (*(scale.items for scale in instrument.scales), *(one.items for one in plan.within))
