"""The light of a contract (亮灯): green, yellow, red or grey, recomputed from its progress event by event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import pairwise

from jinghe.contract.contract import Contract
from jinghe.contract.progress import Progress
from jinghe.labels import LANGUAGES, Text

__all__ = ["Light", "LightChange", "light"]


@dataclass(frozen=True, slots=True)
class LightChange:
    """The day a light took a colour (变灯), and why."""

    on: date
    colour: str
    reason: Text


@dataclass(frozen=True, slots=True)
class Light:
    """How a contract stands on a day (亮灯): green, yellow, red or grey, with all its changes from the first on.

    `done` is None when nothing was reported; `due` is the last day for all of it; `note` says that an implicit
    contract hides shirking.
    """

    contract: str
    on: date
    colour: str
    reason: Text
    done: int | None
    due: date | None
    history: tuple[LightChange, ...]
    note: Text | None = None


def light(contract: Contract, *, progress: Sequence[Progress], on: date, warning_days: int = 90) -> Light:
    """Recompute the light of a contract from what was known, event by event.

    Red: a target's day has passed and its count is not reached. Yellow: a target falls due within `warning_days`
    with work left, or the count is behind an even pace, or it was red before — a late catch-up never turns green
    again. Green: none of these. Grey: no due date and no milestone, or nothing to count.

    Args:
        contract: the contract.
        progress: reports; those of other contracts and those after `on` are left out.
        on: the day of reading; a target is overdue from the day after its own.
        warning_days: how many days ahead a target with work left turns yellow.
    Returns:
        The light with the reason of that day and its history.
    Source: theory rows S1, S2, S8; yellow after a late catch-up: Ouhai district, 2020-05-21 (三色预警).

    >>> road = Contract("road", "special", Text.of("road"), "", "A", ("B",), "P", due=date(2021, 12, 31), count=2)
    >>> light(road, progress=[Progress("road", date(2022, 2, 1), 2)], on=date(2022, 3, 1)).colour
    'yellow'
    """
    reports = sorted((p for p in progress if p.contract == contract.id and p.on <= on), key=lambda p: p.on)
    start = min(contract.begin or date.min, on)
    days = {on, *(day for day in _events(contract, reports, warning_days) if start <= day <= on)}
    history: list[LightChange] = []
    mended: date | None = None
    for day in sorted(days):
        colour, reason = _judge(contract, _known(reports, day), day=day, warning_days=warning_days)
        was_red = bool(history) and history[-1].colour == "red"
        if colour != "red" and (was_red or (mended is None and _has_missed(contract, reports, day))):
            mended = day
        if colour != "red" and mended:
            colour, reason = "yellow", _join([_say("late", on=mended), reason])
        if not history or history[-1].colour != colour:
            history.append(LightChange(day, colour, reason))
    final = contract.due or max((m.due for m in contract.milestones), default=None)
    note = _WORDS["implicit"] if contract.is_implicit else None
    return Light(contract.id, on, colour, reason, _known(reports, on), final, tuple(history), note)


def _events(contract: Contract, reports: Sequence[Progress], warning_days: int) -> set[date]:
    """Days on which the colour can change: reports, entering a warning, becoming overdue, falling behind the pace."""
    days = {p.on for p in reports} | ({contract.begin} if contract.begin else set())
    for target in contract.targets:
        days |= {_shift(target.due, -warning_days), _shift(target.due, 1)}
    for done in {0, *(p.done for p in reports)}:
        for (start, low), (end, high) in pairwise(contract.points):
            if low <= done < high and start < end:
                days.add(_shift(start, -((low - done - 1) * (end - start).days // (high - low))))
    return days


def _known(reports: Sequence[Progress], day: date) -> int | None:
    return next((p.done for p in reversed(reports) if p.on <= day), None)


def _has_missed(contract: Contract, reports: Sequence[Progress], day: date) -> bool:
    return any(m.due < day and (_known(reports, m.due) or 0) < m.count for m in contract.targets)


def _shift(day: date, days: int) -> date:
    """Move a day, no further than the calendar goes: 9999-12-31 is how some write `open`."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def _judge(contract: Contract, done: int | None, *, day: date, warning_days: int) -> tuple[str, Text]:
    targets, reached = contract.targets, done or 0
    total = contract.count or max((m.count for m in targets), default=0)
    say = partial(_say, unit=contract.unit or Text("项", "items"), total=total)
    said = say("unreported" if done is None else "reported", done=done)
    if not targets:
        of = say("of") if total else Text("", "")
        return "grey", say("uncounted" if contract.due else "undated", due=contract.due, said=said, of=of)
    unmet = [m for m in targets if reached < m.count]
    overdue = [say("overdue", label=m.label, due=m.due, count=m.count, said=said) for m in unmet if m.due < day]
    if overdue:
        return "red", _join(overdue)
    near = [m for m in unmet if (m.due - day).days <= warning_days]
    warnings = [say("near", label=m.label, due=m.due, days=(m.due - day).days, left=m.count - reached) for m in near]
    if reached < (planned := contract.planned(day)):
        warnings.append(say("behind", planned=planned, said=said))
    if warnings:
        return "yellow", _join(warnings)
    is_early = all(m.due >= day for m in targets)
    return "green", say("finished" if not unmet else "early" if is_early else "calm")


_WORDS = {
    "reported": Text("已报完成{done}{unit}", "{done} reported done"),
    "unreported": Text("未见进展报告", "no progress was reported"),
    "of": Text("，共{total}{unit}", " of {total} {unit}"),
    "overdue": Text(
        "“{label}”期限为 {due}，应完成{count}{unit}；{said}，已逾期。",
        "“{label}” was due on {due} with {count} of {total} {unit}; {said}: overdue.",
    ),
    "near": Text(
        "“{label}”将于 {due} 到期，还有 {days} 天，尚差{left}{unit}。",
        "“{label}” falls due on {due}; days left: {days}, work left: {left} of {total} {unit}.",
    ),
    "behind": Text(
        "按匀速推算，此时应完成{planned}{unit}；{said}，进度落后，尚未逾期。",
        "An even pace would have reached {planned} of {total} {unit}; {said}: behind plan, not overdue.",
    ),
    "late": Text(
        "曾逾期，{on} 补齐；逾期后补齐不再转绿。",
        "It was overdue and caught up on {on}; a late catch-up never turns green again.",
    ),
    "calm": Text("到期节点均已达到，进度不落后。", "Every target that fell due was met; nothing is behind."),
    "early": Text("尚无节点到期，进度不落后。", "No target has fallen due yet; nothing is behind."),
    "finished": Text("已全部完成（{total}{unit}）。", "All done ({total} {unit})."),
    "undated": Text(
        "未公布期限和节点，只列进展：{said}{of}。",
        "Neither a due date nor a milestone was published; progress alone is shown: {said}{of}.",
    ),
    "uncounted": Text(
        "期限为 {due}，但没有可计量的成果；{said}。",
        "It is due on {due}, but nothing in it can be counted; {said}.",
    ),
    "implicit": Text("没有可计量的成果，难以发现推诿。", "Nothing in it can be counted: shirking cannot be seen."),
}


def _say(key: str, **values: object) -> Text:
    zh, en = ({k: v.get(lang) if isinstance(v, Text) else v for k, v in values.items()} for lang in LANGUAGES)
    return Text(_WORDS[key].zh.format(**zh), _WORDS[key].en.format(**en))


def _join(reasons: Sequence[Text]) -> Text:
    return Text("".join(r.zh for r in reasons), " ".join(r.en for r in reasons))
