"""The catalogues of standards of a case, side by side (标准体系对照, C4–C5)."""

from __future__ import annotations

from dataclasses import dataclass

from jinghe.compact import Compact
from jinghe.errors import DataError, Problem, RuleError, problem
from jinghe.evidence.joint import Joint, find_joint, show_joint, split_remark
from jinghe.exhibit import Cell, Column, Section, Table
from jinghe.labels import Text
from jinghe.standards import (
    ACTIONS,
    PREDICATES,
    TIERS,
    Catalogue,
    Crosswalk,
    PairMetrics,
    Step,
    check_crosswalk,
    find_stock,
    make_plan,
    measure_catalogue,
    measure_pair,
    read_catalogue,
    read_headings,
    read_sssom,
)

__all__ = ["Harmonisation", "find_harmonisation", "need_catalogues", "read_catalogues", "show_harmonisation"]

_COUNT = ("number", 0)


@dataclass(frozen=True, slots=True)
class Harmonisation:
    """Two catalogues and their reviewed crosswalk (标准协同): figures, work plan, standards made jointly."""

    catalogues: tuple[Catalogue, Catalogue]
    crosswalk: Crosswalk
    metrics: PairMetrics
    plan: tuple[Step, ...]
    stock: float
    joint: tuple[Joint, ...] = ()


def read_catalogues(compact: Compact) -> tuple[Catalogue, ...]:
    """Read the catalogues that a compact names. Raises DataError with the faults of all of them."""
    tree, faults, found = compact.standards, list[Problem](), list[Catalogue]()
    headings = read_headings(compact.folder / tree["headings"]) if tree.get("headings") else {}
    for one in tree.get("catalogues") or ():
        plain = {"prefix": one["id"], "owner": Text.of(one["owner"]), "headings": headings.get(one["id"], ())}
        try:
            found.append(
                read_catalogue(compact.folder / one["file"], jurisdiction=one.get("jurisdiction", ""), **plain)
            )
        except DataError as error:
            faults += [item.at(file=one["file"]) for item in error.problems]
    if faults:
        raise DataError(faults)
    return tuple(found)


def need_catalogues(compact: Compact) -> tuple[Catalogue, Catalogue]:
    """Return the two catalogues of a compact. Raises RuleError where it does not name exactly two."""
    found = read_catalogues(compact)
    if len(found) != 2:
        raise RuleError([problem("catalogues-two", "standards.catalogues", found=len(found))])
    return found[0], found[1]


def find_harmonisation(compact: Compact) -> Harmonisation | None:
    """Measure two catalogues against each other; None where a compact has not both of them and a crosswalk.

    Raises:
        DataError: with every fault of catalogues and crosswalk.
    """
    catalogues, file = read_catalogues(compact), compact.standards.get("crosswalk")
    if len(catalogues) != 2 or not file:
        return None
    a, b = catalogues
    crosswalk = read_sssom(compact.folder / file)
    faults = check_crosswalk(crosswalk, catalogues=catalogues, file=file)
    if any(item.level == "error" for item in faults):
        raise DataError(faults)
    metrics, plan = measure_pair(a, b, crosswalk), make_plan(a, b, crosswalk)
    return Harmonisation((a, b), crosswalk, metrics, plan, find_stock(a, b, crosswalk).total, find_joint(compact))


def show_harmonisation(found: Harmonisation) -> Section:
    """Put the catalogues, the crosswalk and the work plan as a section."""
    a, b = found.catalogues
    return Section(
        "standards",
        Text("标准体系对照", "Standards side by side"),
        Text(
            f"{a.owner.zh} {len(a.items)} 项、{b.owner.zh} {len(b.items)} 项；经审定等同 {found.metrics.exact} 对、"
            f"相近 {found.metrics.close} 对。",
            f"{a.owner.en}: {len(a.items)} items; {b.owner.en}: {len(b.items)}. Reviewed: "
            f"{found.metrics.exact} exact and {found.metrics.close} close pairs.",
        ),
        (
            _each(found),
            _pair(found),
            _crosswalk(found),
            _plan(found),
            *([show_joint(found.joint, owners=found.catalogues)] if found.joint else ()),
        ),
        (_reviewed(found.crosswalk), found.metrics.caution),
    )


def _reviewed(crosswalk: Crosswalk) -> Text:
    people = sorted({name.split("（")[0] for name in crosswalk.reviewers})
    return Text(
        f"对应只凭题名认定，审定者：{'、'.join(people) or '无'}；待两地业务人员复核。",
        f"Judged from titles only, reviewed by: {', '.join(people) or 'nobody'}; officers have yet to check.",
    )


def _each(found: Harmonisation) -> Table:
    heads = (
        ("标准数", "Items", *_COUNT),
        ("职能数", "Functions", *_COUNT),
        ("每项职能标准数", "Items per function", "number", 2),
        ("职能覆盖率", "Functions covered", "share", 0),
        ("供给失衡", "Imbalance", "number", 3),
        ("疑似重复占比", "Suspected duplicates", "share", 1),
    )
    measured = [measure_catalogue(one) for one in found.catalogues]
    rows = tuple(
        (one.owner, m.items, m.functions, m.load, m.coverage, m.imbalance, m.duplicates)
        for one, m in zip(found.catalogues, measured, strict=True)
    )
    notes = tuple(dict.fromkeys(text for m in measured for text in m.missing))
    method = Text(
        "失衡：各职能标准数占比与需求占比之差的绝对值之和的一半，0 为均衡；"
        "疑似重复：题名相似度达 0.8 的对数 ÷ 标准数。",
        "Imbalance: half the sum of the differences of each function's share of standards and of need, 0 when even. "
        "Suspected duplicates: pairs of titles alike by 0.8 or more / items.",
    )
    columns = _columns(("目录", "Catalogue"), heads)
    return Table("catalogues", Text("各自的目录", "Each catalogue"), columns, rows, method, notes)


def _pair(found: Harmonisation) -> Table:
    m, (a, b) = found.metrics, found.catalogues
    rows: tuple[tuple[Cell, ...], ...] = (
        (Text("协同度（严）", "Harmonised, strict"), m.strict, Text("只计等同", "exact pairs only")),
        (Text("协同度（宽）", "Harmonised, loose"), m.loose, Text("等同与相近", "exact and close pairs")),
        (Text(f"{a.owner.zh}无对应", f"Without counterpart, {a.owner.en}"), m.unmatched[0], _nobody(m.unjudged)),
        (Text(f"{b.owner.zh}无对应", f"Without counterpart, {b.owner.en}"), m.unmatched[1], _nobody(m.unjudged)),
        (
            Text("分类冲突", "Conflicts of subsystem"),
            m.conflict,
            Text("对应而分属不同子体系", "filed differently"),
        ),
        (
            Text("标准存量", "Stock of shared standards"),
            found.stock,
            Text(
                "两方标准中有等同或相近对应者，供推演",
                "items of both with an exact or close counterpart; for the simulator",
            ),
        ),
    )
    columns = (
        Column(Text("指标", "Figure")),
        Column(Text("值", "Value"), "share", 1),
        Column(Text("说明", "Meaning")),
    )
    method = Text("J = 对数 ÷（两方项数之和 − 对数），一对一计。", "J = pairs / (items of both − pairs), one to one.")
    return Table("pair", Text("彼此对照", "Against each other"), columns, rows, method)


def _nobody(unjudged: int) -> Text:
    if not unjudged:
        return Text("均已认定", "all of them judged")
    return Text(f"两方合计 {unjudged} 项尚无人认定", f"items of both that nobody has judged yet: {unjudged}")


def _crosswalk(found: Harmonisation) -> Table:
    titles = _titles(found)
    rows = tuple(
        (
            titles.get(m.subject) or m.subject,
            PREDICATES[m.predicate],
            titles.get(m.object) or m.object,
            split_remark(m.get("comment")),
        )
        for m in found.crosswalk.counted
        if m.predicate in PREDICATES
    )
    names = [one.owner for one in found.catalogues]
    columns = (Column(names[0]), Column(Text("关系", "Relation")), Column(names[1]), Column(Text("备注", "Remark")))
    method = Text("只收经人审定的对应；机器匹配只作候选。", "Reviewed mappings only; machine matches are candidates.")
    return Table("crosswalk", Text("对照表", "Crosswalk"), columns, rows, method)


def _titles(found: Harmonisation) -> dict[str, Text]:
    return {one.curie(item): item.title for one in found.catalogues for item in one.items}


def _plan(found: Harmonisation) -> Table:
    titles = _titles(found)
    none = Text("未分层级", "no tier")
    rows = tuple(
        (
            TIERS.get(step.tier, none),
            ACTIONS[step.action],
            Text(
                *(
                    " ↔ ".join(titles[name].get(lang) for name in step.items) + _way(found, step, lang)
                    for lang in ("zh", "en")
                )
            ),
            step.priority,
        )
        for step in found.plan
    )
    columns = _columns(("层级", "Tier"), (("做什么", "What", "text", 0), ("标准", "Items", "text", 0)))
    columns += (Column(Text("优先度", "Priority"), "number", 3),)
    method = Text(
        "先基础、后重点、再其他（C4）；同层按需求与可行度排序，可行度为假定。",
        "Basic fields first, then key fields, then the rest (C4); inside a tier by need and (assumed) feasibility.",
    )
    return Table("plan", Text("工作计划", "Work plan"), columns, rows, method)


def _way(found: Harmonisation, step: Step, lang: str) -> str:
    """Say who takes a standard over from whom."""
    if step.action != "adopt":
        return ""
    (a, b), prefix = found.catalogues, step.items[0].partition(":")[0]
    giver, taker = (a, b) if a.prefix == prefix else (b, a)
    way = f"{giver.owner.get(lang)} → {taker.owner.get(lang)}"
    return f"（{way}）" if lang == "zh" else f" ({way})"


def _columns(first: tuple[str, str], others: tuple[tuple[str, str, str, int], ...]) -> tuple[Column, ...]:
    return (Column(Text(*first)), *(Column(Text(zh, en), kind, digits) for zh, en, kind, digits in others))
