"""Joint items with little behind them (空转事项), or cut into pieces below a threshold (拆分事项)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from jinghe.contest.chance import find_chance, find_power
from jinghe.contest.flags.flag import Flag, Probe, Untested
from jinghe.contest.flags.scope import Scope
from jinghe.contest.register import JointItem
from jinghe.errors import DataError
from jinghe.labels import Text
from jinghe.units import read_number

__all__ = ["flag_hollow", "probe_slices"]

_EARNING = ("started", "completed", "in_force")
_NEAR, _FEW, _CUT = 0.1, 5, 0.8
_SIGNS = {
    "claim": Text("只有一方申报", "only one side reports it"),
    "contribution": Text("各方均未登记投入", "no contribution is registered"),
    "quantity": Text("没有登记数量", "no quantity is registered"),
}


def flag_hollow(scope: Scope, items: Sequence[JointItem]) -> tuple[tuple[Flag, ...], tuple[Untested, ...]]:
    """Flag items said to be under way of which at least two things are missing: a second report, inputs, a quantity.

    A sign counts only where the register holds it for some other item: what nobody was asked for nobody lacks. effect =
    missing signs / signs looked at. With fewer than two signs to look at nothing can be told, which is counted.
    """
    live = [item for item in items if item.status in _EARNING]
    looked = [
        sign
        for sign in _SIGNS
        if any(not _misses(item, sign) for item in live) and any(_asked(item, sign) for item in live)
    ]
    if not live:
        return (), ()
    if len(looked) < 2:
        reason = Text(
            "登记簿没有申报、投入与数量中的两项", "the register holds fewer than two of reports, inputs and quantities"
        )
        return (), (Untested("hollow-item", scope.superior, "", scope.span, len(live), reason),)
    found = []
    for item in live:
        missing = [sign for sign in looked if _misses(item, sign)]
        if len(missing) >= 2:
            found.append(_tell(item, missing, len(looked)))
    return tuple(found), ()


def _asked(item: JointItem, sign: str) -> bool:
    return sign != "claim" or bool(item.standing)


def _misses(item: JointItem, sign: str) -> bool:
    if sign == "claim":
        return item.standing == "claimed"
    return not item.contributions if sign == "contribution" else not item.quantity


def _tell(item: JointItem, missing: Sequence[str], looked: int) -> Flag:
    zh, en = ("，".join(_SIGNS[sign].zh for sign in missing), ", ".join(_SIGNS[sign].en for sign in missing))
    evidence = Text(
        f"事项 {item.id}“{item.title.zh}”登记为推进中或已完成，但{zh}。请补充材料。",
        f"Item {item.id}, “{item.title.en}”, is registered as under way or done, but {en}. Please add evidence.",
    )
    strength = Text(
        f"登记核对：{looked} 项中缺 {len(missing)} 项", f"register: {len(missing)} of {looked} signs are missing"
    )
    period = item.on.name if item.on else ""
    return Flag("hollow-item", item.lead, "", period, len(missing) / looked, evidence, strength)


def probe_slices(
    scope: Scope, items: Sequence[JointItem], thresholds: Mapping[str, float]
) -> Iterator[Probe | Untested]:
    """Test each set of partners and each unit with a threshold T: do its items stand just below T?

    p = P(Bin(K, ½) ≥ K₋) with K₋ items in [0.9 T, T) and K₊ in [T, 1.1 T), K = K₋ + K₊ ≥ 5; effect = K₋/K − ½.
    """
    for unit, size in thresholds.items():
        groups: dict[tuple[str, ...], list[float]] = {}
        for item in items:
            value = _read(item.quantity) if item.unit == unit else None
            if value is not None:
                groups.setdefault(tuple(sorted(item.parties)), []).append(value)
        for parties, values in sorted(groups.items()):
            yield _test(scope, parties, values, size, unit)


def _read(quantity: str) -> float | None:
    try:
        value = read_number(quantity).value
    except DataError:
        return None
    return None if value is None else float(value)


def _test(scope: Scope, parties: tuple[str, ...], values: list[float], size: float, unit: str) -> Probe | Untested:
    below = sum((1 - _NEAR) * size <= value < size for value in values)
    above = sum(size <= value < (1 + _NEAR) * size for value in values)
    k, place = below + above, (parties[0], "", scope.span)
    if k < _FEW:
        reason = Text(
            f"门槛上下一成内只有 {k} 项，至少要 {_FEW} 项",
            f"{k} items within a tenth of the threshold; {_FEW} are needed",
        )
        return Untested("sliced-items", *place, k, reason)
    names = {lang: scope.region.names(parties, lang) for lang in ("zh", "en")}
    evidence = Text(
        f"{names['zh']}：规模在门槛 {size:g} {unit} 上下一成内的 {k} 项中，{below} 项恰在门槛之下。请核对是否本为一项"
        "。",
        f"{names['en']}: of {k} items within a tenth of the threshold of {size:g} {unit}, {below} stand just below "
        "it. Please check "
        "whether they belong together.",
    )
    power, against = find_power(k, null=0.5, true=_CUT), Text("八成在门槛之下时", "four in five below the threshold")
    return Probe("sliced-items", *place, below / k - 0.5, find_chance(k, below, share=0.5), k, power, evidence, against)
