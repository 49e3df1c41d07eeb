"""A work plan for two catalogues (工作计划): basic fields first, then key fields, then the rest (C4)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from jinghe.labels import Text
from jinghe.standards.catalogue import TIERS, Catalogue, Item
from jinghe.standards.gaps import find_gaps, index_items, restrict
from jinghe.standards.match import Crosswalk

__all__ = ["ACTIONS", "FEASIBILITY", "Step", "make_plan"]

ACTIONS = {
    "unblock": Text("先行化解阻断性冲突", "Remove the blocking incompatibility first"),
    "recognise": Text("比对文本，互认", "Compare the texts, then recognise each other's standard"),
    "align": Text("联合修订为同一标准", "Revise jointly into one standard"),
    "adopt": Text("采用对方标准补缺", "Take over the other side's standard"),
    "divide": Text("厘清宽窄关系与接口", "Settle which part falls under which standard"),
    "judge": Text("由业务人员认定有无对应", "Let an officer of the field judge whether there is a counterpart"),
}
FEASIBILITY = {"unblock": 1.0, "recognise": 1.0, "align": 0.75, "adopt": 0.5, "divide": 0.5, "judge": 0.25}
_BY_PREDICATE = {"skos:exactMatch": "recognise", "skos:closeMatch": "align", "skos:broadMatch": "divide"}
_BY_PREDICATE |= {"skos:narrowMatch": "divide"}
_ORDER = (*TIERS, "")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the plan (步骤): what to do with which items, in which tier, and why it stands where it stands.

    priority = need · feasibility, with need = (share of need of the field) · (1 − share of its items settled).
    """

    action: str
    items: tuple[str, ...]
    tier: str
    field: str
    need: float
    feasibility: float
    priority: float


def make_plan(a: Catalogue, b: Catalogue, crosswalk: Crosswalk, *, settled: Collection[str] = ()) -> tuple[Step, ...]:
    """Order the work on two catalogues: by tier, inside a tier by priority; blocking conflicts head their tier.

    A pair stands in the earlier tier of its two items; an item's tier is that of its first function, else of its
    subsystem; items of no tier come last. Assumption: ours, the feasibilities of `FEASIBILITY`; where no need is
    known all fields weigh alike. `settled` names the items (`prefix:code`) already recognised, taken over or issued
    jointly: steps whose items are all settled are left out.
    Source: C4 (from basic fields to key fields, then the rest); national practice 急用先行.
    """
    a, b, crosswalk = restrict(a, b, crosswalk)
    catalogues = (a, b)
    gaps = find_gaps(a, b, crosswalk)
    wanted: list[tuple[str, tuple[str, ...]]] = []
    for match in crosswalk.counted:
        action = "unblock" if match.is_blocked else _BY_PREDICATE.get(match.predicate)
        if action:
            wanted.append((action, (match.subject, match.object)))
    for supply in gaps.supplies:
        wanted.append(("adopt", (f"{supply.giver}:{supply.item.code}",)))
    for catalogue, side in zip(catalogues, gaps.sides, strict=True):
        wanted += [("judge", (catalogue.curie(item),)) for item in side.unjudged]
    needs = _find_needs(catalogues, settled)
    index = index_items(catalogues)
    steps = [
        _step(action, names, [index[name] for name in names], needs)
        for action, names in wanted
        if not set(names) <= set(settled)
    ]
    return tuple(sorted(steps, key=_rank))


def _step(
    action: str, names: tuple[str, ...], places: Sequence[tuple[Catalogue, Item]], needs: Mapping[str, float]
) -> Step:
    tier = min((_tier(c, item) for c, item in places), key=_ORDER.index, default="")
    field = next((name for _, item in places for name in item.functions), "")
    need = needs.get(field, needs[""])
    return Step(action, names, tier, field, need, FEASIBILITY[action], need * FEASIBILITY[action])


def _tier(catalogue: Catalogue, item: Item) -> str:
    headings = [catalogue.find_heading("function", name) for name in item.functions]
    headings.append(catalogue.find_heading("subsystem", item.subsystem))
    return next((heading.tier for heading in headings if heading and heading.tier), "")


def _find_needs(catalogues: Sequence[Catalogue], settled: Collection[str]) -> dict[str, float]:
    """Weigh each field by its unmet need over both owners; "" stands for items of no field: a mean field."""
    headings = [heading for c in catalogues for heading in c.list_headings("function")]
    known = bool(headings) and all(heading.need is not None for heading in headings)
    needs: dict[str, float] = {}
    for heading in headings:
        needs[heading.id] = needs.get(heading.id, 0.0) + (heading.need or 0.0) if known else 1.0
    total = sum(needs.values()) or 1.0
    places = [(c.curie(item) in settled, item) for c in catalogues for item in c.items]
    for name in needs:
        done = [flag for flag, item in places if name in item.functions]
        needs[name] *= (1 - (sum(done) / len(done) if done else 0.0)) / total
    return {"": 1 / max(len(needs), 1), **needs}


def _rank(step: Step) -> tuple[int, bool, float, tuple[str, ...]]:
    return (_ORDER.index(step.tier), step.action != "unblock", -step.priority, step.items)
