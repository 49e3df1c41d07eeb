"""What holds cooperation back (瓶颈): from figures, from coded documents, and from what is in print."""

from __future__ import annotations

from collections import Counter

from jinghe.compact import Compact
from jinghe.diagnosis.cited import KINDS, cite_findings
from jinghe.diagnosis.finding import Finding
from jinghe.diagnosis.register import find_most_active, list_items
from jinghe.diagnosis.regress import COURSES, find_courses
from jinghe.evidence import Evidence
from jinghe.labels import Text
from jinghe.operation import Assessment

__all__ = ["find_bottlenecks", "list_unjudged"]

_OFTEN, _EASY = 3, 2 / 3  # Assumption: three events show a habit; two thirds in easy domains show selectivity
_MOST = 0.5  # Assumption: one city in more than half of all items is worth saying
_CODEBOOK = "consensus-organisation-action"
_BARRIERS = {"B1": "local_first", "B2": "barrier", "B3": "selective", "B4": "benefit", "B5": "barrier"}


def find_bottlenecks(compact: Compact, *, assessment: Assessment, evidence: Evidence) -> tuple[Finding, ...]:
    """List what the evidence at hand shows to stand in the way.

    From the figures: interest, measurement, risk, barrier, selectivity, interfaces; from coded documents: passages with
    a barrier's code; quoted from print: what the compact lists. Findings of one kind stand together.

    Args:
        compact: agreements, contracts and register.
        assessment: ranks and lights.
        evidence: catalogues of standards, network, coded documents.
    Returns:
        The findings; none where nothing shows.
    Source: theory rows C1–C2, S6–S8.
    """
    computed = (
        _interest(compact),
        _measurement(assessment),
        _risk(compact, assessment),
        _barrier(compact),
        _selective(compact, evidence),
        _interfaces(evidence),
    )
    every = (*(one for one in computed if one), *_coded(evidence), *cite_findings(compact))
    order = list(dict.fromkeys(one.id for one in every))
    return tuple(sorted(every, key=lambda one: order.index(one.id)))


def list_unjudged(compact: Compact, *, assessment: Assessment, evidence: Evidence) -> tuple[Text, ...]:
    """Say which kinds of bottleneck nothing at hand bears on (C1–C2, S8): no finding is then no all-clear."""
    bears = {
        "interest": bool(compact.agreements),
        "measurement": assessment.scores is not None,
        "risk": any(find_courses(compact, assessment=assessment).values())
        or any(one.colour == "yellow" for one in assessment.lights),
        "barrier": bool(list_items(compact)) or evidence.harmonisation is not None,
        "selective": bool(evidence.choices) or bool(compact.contest and list_items(compact)),
    }
    found = {one.id for one in find_bottlenecks(compact, assessment=assessment, evidence=evidence)}
    left = [label for kind, label in KINDS.items() if kind not in found and not bears.get(kind)]
    said = []
    if left:
        said.append(
            Text(
                "以下瓶颈没有证据可据，未作判断：" + "、".join(label.zh for label in left) + "。",
                "Bottlenecks that no evidence bears on, not judged: " + ", ".join(label.en for label in left) + ".",
            )
        )
    if evidence.coding and evidence.coding.codebook.id == _CODEBOOK and not _coded(evidence):
        said.append(
            Text(
                "编码材料中没有定稿的障碍类片段；这不等于没有障碍。",
                "No settled passage of the coded documents speaks of a barrier; that does not mean there is none.",
            )
        )
    return tuple(said)


def _interest(compact: Compact) -> Finding | None:
    waiting = [a for a in compact.agreements if a.status == "proposed"]
    if not waiting:
        return None
    text = Text(
        f"{len(waiting)} 份分享协议仍有未定条款，不能结算。",
        f"Sharing agreements with open choices, which cannot be settled: {len(waiting)}.",
    )
    return Finding("interest", KINDS["interest"], text, "agreements", ("S6", "S8"))


def _measurement(assessment: Assessment) -> Finding | None:
    scores, ranking = assessment.scores, assessment.ranking
    if scores is None or ranking is None:
        return None
    spread = float((ranking.high - ranking.low + 1).mean())
    if not scores.dropped and spread <= len(scores.codes) / 3:
        return None
    text = Text(
        f"名次区间平均跨 {spread:.1f} 名；{len(scores.dropped)} 个指标或分支因数据不全未计入。",
        f"Rank intervals span {spread:.1f} ranks on average; "
        f"indicators or branches left out for want of data: {len(scores.dropped)}.",
    )
    return Finding("measurement", KINDS["measurement"], text, "contest", ("S8", "S10"))


def _risk(compact: Compact, assessment: Assessment) -> Finding | None:
    """Contracts that are late, or have not moved for a year, or fell back."""
    titles = {c.id: c.title for c in compact.contracts}
    colours = {one.contract: one.colour for one in assessment.lights}
    courses = find_courses(compact, assessment=assessment)
    kinds = {
        Text("亮红、黄灯", "red or yellow light"): [n for n, c in colours.items() if c in ("red", "yellow")],
        **{COURSES[kind]: [n for n, c in courses.items() if c == kind] for kind in ("stalled", "fell_back")},
    }
    parts = [(kind, [titles[name] for name in names]) for kind, names in kinds.items() if names]
    if not parts:
        return None
    text = Text(
        "".join(f"{kind.zh}的契约：" + "；".join(t.zh for t in named) + "。" for kind, named in parts),
        " ".join(f"Contracts, {kind.en}: " + "; ".join(t.en for t in named) + "." for kind, named in parts),
    )
    return Finding("risk", KINDS["risk"], text, "contracts", ("C2", "S8"))


def _barrier(compact: Compact) -> Finding | None:
    stuck = [item.title for item in compact.items if item.status == "negotiating"]
    if not stuck:
        return None
    text = Text(
        f"{len(stuck)} 件跨区域事项登记时停在协商（" + "；".join(t.zh for t in stuck) + "）。",
        f"Cross-city items in negotiation when registered: {len(stuck)} (" + "; ".join(t.en for t in stuck) + ").",
    )
    return Finding("barrier", KINDS["barrier"], text, "data.joint_items", ("C2", "S7"))


def _interfaces(evidence: Evidence) -> Finding | None:
    """Business that cannot interface: standards without a counterpart (C5)."""
    found = evidence.harmonisation
    if found is None or not any(found.metrics.unmatched):
        return None
    gaps = [f"{share or 0:.0%}" for share in found.metrics.unmatched]
    (a, b), m = found.catalogues, found.metrics
    text = Text(
        f"{a.owner.zh}的标准有 {gaps[0]}、{b.owner.zh}的有 {gaps[1]} 在对方没有对应；"
        f"另有 {m.merged} 项各对应对方的多项。",
        f"Without a counterpart: {gaps[0]} of the standards of the {a.owner.en}, {gaps[1]} of the {b.owner.en}; "
        f"items that several of the other side go into: {m.merged}.",
    )
    return Finding(
        "interfaces", Text("业务难以对接", "Business cannot interface"), text, "evidence.standards", ("C4", "C5")
    )


def _selective(compact: Compact, evidence: Evidence) -> Finding | None:
    """One city in most items, or many that take part in easy things only (C2)."""
    often = [one for one in evidence.choices if one.events >= _OFTEN]
    picky = [one for one in often if one.easy > _EASY]
    if picky:
        text = Text(
            f"参与 {_OFTEN} 件以上协作事件的 {len(often)} 个行动者中，"
            f"{len(picky)} 个的事件三分之二以上属约束力偏低的领域。",
            f"Of {len(often)} actors in {_OFTEN} or more events, {len(picky)} have over two thirds in domains "
            "that bind less than average.",
        )
        return Finding("selective", KINDS["selective"], text, "evidence.network", ("C2", "S7"))
    code, share = find_most_active(compact)
    if not compact.contest or share <= _MOST:
        return None
    text = Text(
        f"{compact.region.name(code, 'zh')}参与了登记事项的 {share:.0%}；登记只收见诸报端者，仅作线索。",
        f"{compact.region.name(code, 'en')} takes part in {share:.0%} of the registered items; "
        "the register holds only what is in print, so this is a lead, no more.",
    )
    return Finding("selective", KINDS["selective"], text, "data.joint_items", ("C2", "S7"))


def _coded(evidence: Evidence) -> tuple[Finding, ...]:
    """Barriers that settled passages of the coded documents speak of (Y5)."""
    coding = evidence.coding
    if coding is None or coding.codebook.id != _CODEBOOK:
        return ()
    counts = Counter(code for _, code in coding.settled.applied if code in _BARRIERS)
    found = []
    for code, count in sorted(counts.items()):
        name = next(one.name for one in coding.codebook.codes if one.id == code)
        text = Text(
            f"编码材料有 {count} 个片段归入“{name.zh}”。",
            f"Passages of the coded documents under “{name.en}”: {count}.",
        )
        kind = _BARRIERS[code]
        found.append(Finding(kind, KINDS[kind], text, "evidence.coding", ("C2", "Y5")))
    return tuple(found)
