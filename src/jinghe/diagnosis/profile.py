"""The profile of consensus, organisation and action (共识—组织—行动, Y1–Y4)."""

from __future__ import annotations

from collections import Counter

from jinghe.compact import Compact
from jinghe.diagnosis.finding import Finding
from jinghe.diagnosis.register import DONE, list_items, name_mode
from jinghe.labels import Text

__all__ = ["find_profile"]


def find_profile(compact: Compact) -> tuple[Finding, ...]:
    """Count plans and agreements (consensus), contracts and modes (organisation), fields in place (action).

    Source: theory rows Y1–Y4, S2.
    """
    return _consensus(compact), _organisation(compact), _action(compact)


def _consensus(compact: Compact) -> Finding:
    plans = sum(item.field == "planning" for item in list_items(compact))
    text = Text(
        f"登记了 {plans} 件规划、决定与协议类事项。", f"{plans} plans, decisions and agreements are registered."
    )
    return Finding("consensus", Text("共识", "Consensus"), text, "data.joint_items", ("Y1",))


def _organisation(compact: Compact) -> Finding:
    forms = Counter(contract.form for contract in compact.contracts)
    modes = Counter(name_mode(item, compact=compact) for item in list_items(compact))
    total = sum(modes.values()) or 1
    vertical, horizontal, network = (modes[m] / total for m in ("vertical", "horizontal", "network"))
    text = Text(
        f"契约：打包式 {forms['packaged']} 份、专项式 {forms['special']} 份、权限特殊 {forms['authority']} 份；"
        f"登记事项的治理方式：纵向 {vertical:.0%}、横向 {horizontal:.0%}、网络 {network:.0%}。",
        f"Contracts: {forms['packaged']} packaged, {forms['special']} special, {forms['authority']} authority; "
        f"modes of the registered items: vertical {vertical:.0%}, horizontal {horizontal:.0%}, network {network:.0%}.",
    )
    return Finding("organisation", Text("组织", "Organisation"), text, "contracts", ("Y2", "Y3", "S2"))


def _action(compact: Compact) -> Finding:
    fields = {item.field for item in list_items(compact) if item.status in DONE}
    text = Text(f"{len(fields)} 个领域有落地事项。", f"{len(fields)} fields have items in place.")
    return Finding("action", Text("行动", "Action"), text, "data.joint_items", ("Y4",))
