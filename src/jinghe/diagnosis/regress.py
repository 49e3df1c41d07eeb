"""Is cooperation falling back (退行, C3)? What the course of contracts and agreements shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from jinghe.compact import Compact
from jinghe.contract import Contract, Light, Progress
from jinghe.diagnosis.finding import Criterion
from jinghe.labels import Text
from jinghe.operation import Assessment

__all__ = ["COURSES", "find_courses", "find_regress"]

COURSES = {
    "moving": Text("推进或已完成", "moving or done"),
    "overdue": Text("逾期", "overdue"),
    "stalled": Text("停滞一年以上", "at a standstill for a year or more"),
    "fell_back": Text("完成数减少", "fell back"),
}
_YEAR = 365  # days; Assumption: the same count for a year with work left is a standstill
_LABEL = Text("没有退行迹象", "No sign of falling back")


def find_courses(compact: Compact, *, assessment: Assessment) -> Mapping[str, str]:
    """Say of each contract how it goes: a key of `COURSES`, "" where neither light nor reports tell.

    overdue: its light is red. fell_back: the last count is lower than the one before. stalled: a count at least a year
    older is the same and work is left. moving: it rose, it is complete, or its light is green.
    Reports after the day of the lights are left out.
    """
    lights = {one.contract: one for one in assessment.lights}
    return {
        contract.id: _course(
            contract,
            lights.get(contract.id),
            sorted(
                (one for one in compact.progress if one.contract == contract.id and one.on <= assessment.on),
                key=lambda one: one.on,
            ),
        )
        for contract in compact.contracts
    }


def _course(contract: Contract, light: Light | None, reports: Sequence[Progress]) -> str:
    if light and light.colour == "red":
        return "overdue"
    if reports and contract.count is not None and reports[-1].done >= contract.count:
        return "moving"
    if len(reports) > 1:
        last, before = reports[-1], reports[-2]
        if last.done != before.done:
            return "moving" if last.done > before.done else "fell_back"
        if any(one.done == last.done and (last.on - one.on).days >= _YEAR for one in reports):
            return "stalled"
    return "moving" if light and light.colour == "green" else ""


def find_regress(compact: Compact, *, assessment: Assessment) -> Criterion:
    """Ask whether cooperation is falling back: it holds when there is no sign, and is unknown on thin evidence.

    At risk when half of the contracts whose course can be told are overdue, stalled or fell back; unknown when fewer
    than half of the contracts tell their course. Sharing agreements that ran out are named, and decide nothing: that no
    successor is listed does not mean that there is none.
    Source: theory row C3 (deepen or regress). Assumption: the halves.
    """
    courses = find_courses(compact, assessment=assessment)
    told = Counter(course for course in courses.values() if course)
    bad = told.total() - told["moving"]
    holds = 2 * bad < told.total() if 2 * told.total() >= len(courses) > 0 else None
    ended = [one for one in compact.agreements if one.is_horizontal and one.status == "in_force" and one.end]
    lapsed = [one.title for one in ended if one.end and one.end <= assessment.period.start]
    titles = {one.id: one.title for one in compact.contracts}
    named = [(COURSES[course], titles[name]) for name, course in courses.items() if course not in ("", "moving")]
    return Criterion(
        id="regress",
        stage="transition",
        label=_LABEL,
        holds=holds,
        evidence=_say(len(courses), told, named, lapsed),
        path="contracts",
        rows=("C3", "S8"),
    )


def _say(every: int, told: Counter[str], named: Sequence[tuple[Text, Text]], lapsed: Sequence[Text]) -> Text:
    zh = f"{every} 份契约中 {told.total()} 份看得出进退，其中 {told['moving']} 份推进或已完成"
    en = f"{told.total()} of {every} contracts tell their course, {told['moving']} of them moving or done"
    for course, title in named:
        zh += f"；{course.zh}：{title.zh}"
        en += f"; {course.en}: {title.en}"
    if lapsed:
        zh += "；到期的分享协议（未见接续）：" + "、".join(one.zh for one in lapsed)
        en += "; sharing agreements that ran out (no successor seen): " + ", ".join(one.en for one in lapsed)
    return Text(zh, en)
