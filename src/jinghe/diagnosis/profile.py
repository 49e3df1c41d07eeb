"""The profile of consensus, organisation and action (共识—组织—行动, Y1–Y4)."""

from __future__ import annotations

from collections import Counter

from jinghe.compact import Compact
from jinghe.diagnosis.finding import Finding
from jinghe.diagnosis.register import DONE, FIELDS, is_cross_city, list_items, name_mode
from jinghe.evidence import Evidence
from jinghe.labels import Text

__all__ = ["find_profile"]


def find_profile(compact: Compact, *, evidence: Evidence) -> tuple[Finding, ...]:
    """Count plans and agreements (consensus), contracts and modes (organisation), fields in place (action).

    Args:
        compact: register and contracts.
        evidence: the network, where events were recorded; else the modes are read off the register.
    Source: theory rows Y1–Y4, S2.
    """
    return _consensus(compact), _organisation(compact, evidence), _action(compact)


def _consensus(compact: Compact) -> Finding:
    plans = [item for item in list_items(compact) if item.field == "planning"]
    shared = sum(is_cross_city(item, compact=compact) for item in plans)
    text = Text(
        f"登记了 {len(plans)} 件规划、决定与协议类事项，其中 {shared} 件由两地以上共同作出。",
        f"{len(plans)} plans, decisions and agreements are registered, {shared} of them made by several together.",
    )
    return Finding("consensus", Text("共识", "Consensus"), text, "data.joint_items", ("Y1",))


def _organisation(compact: Compact, evidence: Evidence) -> Finding:
    forms = Counter(contract.form for contract in compact.contracts)
    if evidence.modes:
        share = dict(evidence.modes.share)
        basis = Text("协作事件", "events of cooperation")
    else:
        modes = Counter(name_mode(item, compact=compact) for item in list_items(compact))
        share = {mode: modes[mode] / (modes.total() or 1) for mode in ("vertical", "horizontal", "network")}
        basis = Text("登记事项", "registered items")
    vertical, horizontal, network = (share[mode] for mode in ("vertical", "horizontal", "network"))
    text = Text(
        f"契约：打包式 {forms['packaged']} 份、专项式 {forms['special']} 份、权限特殊 {forms['authority']} 份；"
        f"{basis.zh}的治理方式：纵向 {vertical:.0%}、横向 {horizontal:.0%}、网络 {network:.0%}。",
        f"Contracts: {forms['packaged']} packaged, {forms['special']} special, {forms['authority']} authority; "
        f"modes of the {basis.en}: vertical {vertical:.0%}, horizontal {horizontal:.0%}, network {network:.0%}.",
    )
    path = "evidence.network" if evidence.modes else "contracts"
    return Finding("organisation", Text("组织", "Organisation"), text, path, ("Y2", "Y3", "S2"))


def _action(compact: Compact) -> Finding:
    done = Counter(item.field for item in list_items(compact) if item.status in DONE)
    named = [(FIELDS.get(field, Text(field, field)), count) for field, count in done.most_common()]
    text = Text(
        f"{len(done)} 个领域有落地事项：" + "、".join(f"{label.zh} {count} 件" for label, count in named) + "。",
        f"{len(done)} fields have items in place: " + ", ".join(f"{label.en} {count}" for label, count in named) + ".",
    )
    return Finding("action", Text("行动", "Action"), text, "data.joint_items", ("Y4",))
