"""What holds cooperation back (瓶颈), and which of the papers' recommendations answers it."""

from __future__ import annotations

from collections.abc import Sequence

from jinghe.compact import Compact
from jinghe.diagnosis.cited import KINDS, cite_findings
from jinghe.diagnosis.finding import Finding
from jinghe.diagnosis.register import find_most_active
from jinghe.evidence import Evidence
from jinghe.labels import Text
from jinghe.operation import Assessment

__all__ = ["advise", "find_bottlenecks", "list_unjudged"]

_OFTEN, _EASY = 3, 2 / 3  # Assumption: three events show a habit; two thirds in easy domains show selectivity
_MOST = 0.5  # Assumption: one city in more than half of all items is worth saying

_ADVICE = {
    "interest": (
        Text(
            "把未定的分享条款逐条谈定，写明比例、期限与退出。",
            "Settle the open sharing clauses one by one: ratio, term and exit.",
        ),
        ("S6",),
    ),
    "measurement": (
        Text(
            "补齐缺测指标，优先采用不由本市自报的结果指标。",
            "Fill the missing indicators; prefer outcomes that no city reports about itself.",
        ),
        ("S8", "S10"),
    ),
    "risk": (
        Text(
            "对亮红、黄灯的契约督办：明确责任市、节点与期限。",
            "Supervise the contracts with red and yellow lights: who, which milestone, by when.",
        ),
        ("S5",),
    ),
    "barrier": (
        Text(
            "由平台出面调解停在协商的事项，先统一建设标准与时序。",
            "Let the platform mediate the stuck items; agree standards and timing first.",
        ),
        ("S5", "C4"),
    ),
    "benefit": (
        Text(
            "完善干部参与协同的考核与激励：晋升、物质、精神并用。",
            "Assess and reward the officials who do the work: promotion, material reward, recognition.",
        ),
        ("C9", "S4"),
    ),
    "cost": (
        Text(
            "由平台承接协商与信息成本，统一办事标准。",
            "Let the platform bear the cost of talks and information; share standards.",
        ),
        ("S5", "C4"),
    ),
    "local_first": (
        Text(
            "以统一标准建立互信，并把区域协同责任压实到干部考核。",
            "Build trust by shared standards, and assess officials on regional cooperation, too.",
        ),
        ("C4", "C9"),
    ),
    "tenure": (
        Text(
            "对跨任期项目按里程碑分期计功，离任后仍予追认。",
            "Credit projects longer than a term by milestones, and after the official has left.",
        ),
        ("S8",),
    ),
    "interfaces": (
        Text(
            "先基础、后重点：按工作计划互认等同标准、联合修订相近标准，再以对方标准补缺。",
            "Basic fields first: recognise equal standards, revise similar ones, then take over what is missing.",
        ),
        ("C4", "C5"),
    ),
    "selective": (
        Text(
            "在同类城市组内评比，并对弱势城市另设绝对值奖励。",
            "Rank like with like, and add absolute prizes for the weaker cities.",
        ),
        ("S4", "S7"),
    ),
}


def find_bottlenecks(compact: Compact, *, assessment: Assessment, evidence: Evidence) -> tuple[Finding, ...]:
    """List what the evidence at hand shows to stand in the way: interest, measurement, risk, barrier, selectivity.

    Findings in print that the compact lists are quoted after them.

    Args:
        compact: agreements and register.
        assessment: ranks and lights.
        evidence: the catalogues of standards.
    Returns:
        The findings, in the order above; none where nothing shows.
    Source: theory rows C1–C2, S6–S8.
    """
    found = (
        _interest(compact),
        _measurement(assessment),
        _risk(compact, assessment),
        _barrier(compact),
        _selective(compact, evidence),
        _interfaces(evidence),
    )
    return (*(one for one in found if one), *cite_findings(compact))


def advise(bottlenecks: Sequence[Finding]) -> tuple[Finding, ...]:
    """Name the next step for each bottleneck, from the papers' recommendations, each step once."""
    first = {b.id: b for b in reversed(bottlenecks)}
    wanted = dict.fromkeys(b.id for b in bottlenecks)
    return tuple(Finding(i, None, _ADVICE[i][0], first[i].path, _ADVICE[i][1]) for i in wanted)


def list_unjudged(bottlenecks: Sequence[Finding]) -> tuple[Text, ...]:
    """Say which kinds of bottleneck nothing at hand bears on (C1–C2, S8)."""
    judged = {one.id for one in bottlenecks} | {"interest", "measurement", "risk", "barrier"}
    left = [label for kind, label in KINDS.items() if kind not in judged]
    if not left:
        return ()
    return (
        Text(
            "以下瓶颈没有证据可据，未作判断：" + "、".join(label.zh for label in left) + "。",
            "Bottlenecks that no evidence bears on, not judged: " + ", ".join(label.en for label in left) + ".",
        ),
    )


def _interest(compact: Compact) -> Finding | None:
    waiting = [a for a in compact.agreements if a.status == "proposed"]
    if not waiting:
        return None
    text = Text(
        f"{len(waiting)} 份分享协议仍有未定条款，不能结算。",
        f"Sharing agreements with open choices, which cannot be settled: {len(waiting)}.",
    )
    return Finding("interest", Text("利益协调滞后", "Interests are not settled"), text, "agreements", ("S6", "S8"))


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
    return Finding(
        "measurement", Text("协同难以量准", "Collaboration is hard to measure"), text, "contest", ("S8", "S10")
    )


def _risk(compact: Compact, assessment: Assessment) -> Finding | None:
    titles = {c.id: c.title for c in compact.contracts}
    late = [titles[one.contract] for one in assessment.lights if one.colour in ("red", "yellow")]
    if not late:
        return None
    text = Text(
        "亮红、黄灯的契约：" + "；".join(t.zh for t in late) + "。",
        "Contracts with red or yellow lights: " + "; ".join(t.en for t in late) + ".",
    )
    return Finding("risk", Text("承诺兑现有风险", "Promises are at risk"), text, "contracts", ("C2", "S8"))


def _barrier(compact: Compact) -> Finding | None:
    stuck = [item.title for item in compact.items if item.status == "negotiating"]
    if not stuck:
        return None
    text = Text(
        f"{len(stuck)} 件跨区域事项登记时停在协商（" + "；".join(t.zh for t in stuck) + "）。",
        f"Cross-city items in negotiation when registered: {len(stuck)} (" + "; ".join(t.en for t in stuck) + ").",
    )
    return Finding("barrier", Text("行政壁垒", "Administrative barriers"), text, "data.joint_items", ("C2", "S7"))


def _interfaces(evidence: Evidence) -> Finding | None:
    """Business that cannot interface: standards without a counterpart (C5)."""
    found = evidence.harmonisation
    if found is None or not any(found.metrics.unmatched):
        return None
    gaps = [f"{share or 0:.0%}" for share in found.metrics.unmatched]
    (a, b), m = found.catalogues, found.metrics
    text = Text(
        f"{a.owner.zh}的标准有 {gaps[0]}、{b.owner.zh}有 {gaps[1]} 在对方没有对应；{m.merged} 项由对方多项合并。",
        f"Without a counterpart: {gaps[0]} of the standards of {a.owner.en}, {gaps[1]} of {b.owner.en}; "
        f"items that several of the other side go into: {m.merged}.",
    )
    return Finding(
        "interfaces", Text("业务难以对接", "Business cannot interface"), text, "evidence.standards", ("C4", "C5")
    )


def _selective(compact: Compact, evidence: Evidence) -> Finding | None:
    """One city in most items, or many that take part in easy things only (C2)."""
    label = Text("选择性合作", "Selective cooperation")
    often = [one for one in evidence.choices if one.events >= _OFTEN]
    picky = [one for one in often if one.easy > _EASY]
    if picky:
        text = Text(
            f"参与 {_OFTEN} 件以上协作事件的 {len(often)} 个行动者中，{len(picky)} 个的事件三分之二以上属易办领域。",
            f"Of {len(often)} actors in {_OFTEN} or more events, {len(picky)} have over two thirds in easy domains.",
        )
        return Finding("selective", label, text, "evidence.network", ("C2", "S7"))
    code, share = find_most_active(compact)
    if not compact.contest or share <= _MOST:
        return None
    text = Text(
        f"{compact.region.name(code, 'zh')}参与了登记事项的 {share:.0%}；登记只收见诸报端者，仅作线索。",
        f"{compact.region.name(code, 'en')} takes part in {share:.0%} of the registered items; "
        "the register holds only what is in print, so this is a lead, no more.",
    )
    return Finding("selective", label, text, "data.joint_items", ("C2", "S7"))
