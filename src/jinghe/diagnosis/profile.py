"""The profile of consensus, organisation and action (共识—组织—行动, Y1–Y4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from jinghe.compact import Compact
from jinghe.diagnosis.cited import cite_stage
from jinghe.diagnosis.finding import Finding
from jinghe.diagnosis.register import DONE, FIELDS, is_cross_city, list_items, name_mode
from jinghe.evidence import Coded, Evidence
from jinghe.labels import Text

__all__ = ["find_profile"]


def find_profile(compact: Compact, *, evidence: Evidence) -> tuple[Finding, ...]:
    """Tell what is agreed (consensus), what is set up (organisation) and what is done (action), and the stage in print.

    Consensus: plans and agreements of the register. Organisation: contracts by form, zones and groups. Action: modes of
    governance, fields with items in place. Where documents were coded, settled passages stand beside each.

    Args:
        compact: register, contracts, groups.
        evidence: the network, where events were recorded, else the modes are read off the register; coded documents.
    Source: theory rows Y1–Y5, S2, C3.
    """
    parts = (_consensus(compact), _organisation(compact), _action(compact, evidence))
    return (*parts, *(_coded(evidence.coding) if evidence.coding else ()), *cite_stage(compact))


def _consensus(compact: Compact) -> Finding:
    plans = [item for item in list_items(compact) if item.field == "planning"]
    shared = sum(is_cross_city(item, compact=compact) for item in plans)
    text = Text(
        f"登记了 {len(plans)} 件规划、决定与协议类事项，其中 {shared} 件由两地以上共同作出。",
        f"{len(plans)} plans, decisions and agreements are registered, {shared} of them made by several together.",
    )
    return Finding("consensus", Text("共识", "Consensus"), text, "data.joint_items", ("Y1",))


def _organisation(compact: Compact) -> Finding:
    forms = Counter(contract.form for contract in compact.contracts)
    groups = [one for one in compact.region.groups if one.kind != "pool"]
    listed = [
        Text(f"{one.name.zh}（{len(one.members)} 个成员）", f"{one.name.en} ({len(one.members)} members)")
        for one in groups
    ]
    text = Text(
        f"契约：打包式 {forms['packaged']} 份、专项式 {forms['special']} 份、权限特殊 {forms['authority']} 份"
        + ("；群、区、圈：" + "、".join(one.zh for one in listed) if listed else "")
        + "。",
        f"Contracts: {forms['packaged']} packaged, {forms['special']} special, {forms['authority']} authority"
        + ("; clusters, zones, circles: " + ", ".join(one.en for one in listed) if listed else "")
        + ".",
    )
    return Finding("organisation", Text("组织", "Organisation"), text, "contracts", ("Y2", "S2"))


def _action(compact: Compact, evidence: Evidence) -> Finding:
    done = Counter(item.field for item in list_items(compact) if item.status in DONE)
    named = [(FIELDS.get(field, Text(field, field)), count) for field, count in done.most_common()]
    modes = _modes(compact, evidence)
    text = Text(
        f"{modes.zh}{len(done)} 个领域有落地事项"
        + _list((f"{label.zh} {n} 件" for label, n in named), "：", "、")
        + "。",
        f"{modes.en}Fields with items in place: {len(done)}"
        + _list((f"{label.en} {n}" for label, n in named), ": ", ", ")
        + ".",
    )
    path = "evidence.network" if evidence.modes else "data.joint_items"
    return Finding("action", Text("行动", "Action"), text, path, ("Y3", "Y4"))


def _modes(compact: Compact, evidence: Evidence) -> Text:
    """Modes of events: network governance is a part of the horizontal one; of the register: three kinds of items."""
    if evidence.modes:
        vertical, horizontal, network = (
            f"{evidence.modes.share[mode]:.0%}" for mode in ("vertical", "horizontal", "network")
        )
        return Text(
            f"协作事件的治理方式：纵向 {vertical}、横向 {horizontal}；"
            f"横向之中属网络治理（多类主体、无中心）的，占全部的 {network}。",
            f"Modes of the events: vertical {vertical}, horizontal {horizontal}; the part of it that is network "
            f"governance (many kinds of actors, no centre) makes {network} of all. ",
        )
    counts = Counter(name_mode(item, compact=compact) for item in list_items(compact))
    if not counts:
        return Text("", "")
    vertical, horizontal, network = (
        f"{counts[mode] / counts.total():.0%}" for mode in ("vertical", "horizontal", "network")
    )
    return Text(
        f"登记事项的治理方式：纵向 {vertical}、横向 {horizontal}、网络 {network}。",
        f"Modes of the registered items: vertical {vertical}, horizontal {horizontal}, network {network}. ",
    )


def _coded(coding: Coded) -> tuple[Finding, ...]:
    """Settled passages under the headings of the framework, disputed ones beside, and the blank fields (Y4)."""
    counts = Counter(code for _, code in coding.settled.applied)
    waiting = Counter(one.code for one in coding.settled.open)
    lines = []
    for top in (one for one in coding.codebook.codes if not one.parent):
        below = [one for one in coding.codebook.codes if one.parent == top.id and counts[one.id] + waiting[one.id]]
        told = [_tally(one.name, counts[one.id], waiting[one.id]) for one in below]
        if told:
            zh, en = "、".join(one.zh for one in told), ", ".join(one.en for one in told)
            lines.append(Text(f"{top.name.zh}——{zh}", f"{top.name.en} — {en}"))
    if not lines:
        return _blank(coding)
    text = Text(
        "；".join(one.zh for one in lines) + f"。单位：片段，共 {len(coding.segments)} 个。",
        "; ".join(one.en for one in lines) + f". Passages, of {len(coding.segments)}.",
    )
    found = Finding("coded", Text("编码材料", "Coded documents"), text, "evidence.coding", ("Y1", "Y2", "Y3", "Y5"))
    return (found, *_blank(coding))


def _tally(name: Text, settled: int, waiting: int) -> Text:
    zh, en = (f"（待裁定 {waiting}）", f" ({waiting} disputed)") if waiting else ("", "")
    return Text(f"{name.zh} {settled}{zh}", f"{name.en} {settled}{en}")


def _blank(coding: Coded) -> tuple[Finding, ...]:
    """The fields of action on which the documents hold nothing; nobody says that nothing is done there."""
    if coding.profile is None:
        return ()
    base = {cell.group: cell.of_segments for cell in coding.profile.cells}
    labels = coding.codebook.attributes[coding.profile.attribute]
    empty = [labels[group] for group, n in base.items() if not n]
    if not empty:
        return ()
    text = Text(
        "没有材料的行动领域：" + "、".join(one.zh for one in empty) + "；不等于没有行动。",
        "Fields of action without documents: "
        + ", ".join(one.en for one in empty)
        + "; that is not to say without action.",
    )
    return (Finding("blank", Text("行动领域的空白", "Blank fields of action"), text, "evidence.coding", ("Y4",)),)


def _list(words: Iterable[str], before: str, between: str) -> str:
    joined = between.join(words)
    return before + joined if joined else ""
