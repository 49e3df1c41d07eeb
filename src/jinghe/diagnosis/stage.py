"""Which stage the cooperation has reached (阶段): initial, transition, at risk of falling back, advanced (C3)."""

from __future__ import annotations

from collections.abc import Sequence

from jinghe.compact import Compact
from jinghe.contest import Convergence, Register
from jinghe.diagnosis.finding import Criterion
from jinghe.diagnosis.register import DONE, is_cross_city, list_items
from jinghe.diagnosis.regress import find_regress
from jinghe.evidence import Evidence
from jinghe.labels import Text
from jinghe.operation import Assessment
from jinghe.simulation import Run

__all__ = ["find_stage", "list_criteria"]

_AXES = 4  # Assumption: four fields with items in place show cooperation on more than one axis (C3)
_HALF = 0.5  # Assumption: more than half in place is implementation rather than announcement


def find_stage(criteria: Sequence[Criterion]) -> str:
    """Return the last stage none of whose criteria fails and at least half hold, every earlier stage being reached.

    What is unknown does not block, but does not carry a stage either. Where signs of falling back outweigh, a stage
    beyond the initial one is `regress` instead.
    """
    reached = "initial"
    for stage in ("transition", "advanced"):
        own = [c.holds for c in criteria if c.stage == stage and c.id != "regress"]
        if False in own or not own or 2 * own.count(True) < len(own):
            break
        reached = stage
    at_risk = any(c.id == "regress" and c.holds is False for c in criteria)
    return "regress" if at_risk and reached != "initial" else reached


def list_criteria(
    compact: Compact, *, assessment: Assessment, runs: Sequence[Run], evidence: Evidence
) -> tuple[Criterion, ...]:
    """Test the criteria of the transition and of the advanced stage on the evidence at hand.

    Args:
        compact: the compact with its register, contracts, agreements.
        assessment: lights of the contracts.
        runs: the forecast, the compact first; may be empty.
        evidence: the catalogues of standards.
    Returns:
        Criteria in order of stage; `holds` is None where evidence is missing.
    Source: theory rows C3, C4, S4–S10, Y4; the thresholds are our assumption.
    """
    return (
        _implementation(compact),
        _joint_rules(compact),
        _second_track(compact, assessment),
        find_regress(compact, assessment=assessment),
        _axes(compact),
        _sharing(compact, assessment),
        _promises(assessment),
        _standards(evidence),
        _sustained(runs),
    )


def _implementation(compact: Compact) -> Criterion:
    every = list_items(compact)
    items = [item for item in every if is_cross_city(item, compact=compact)]
    done = sum(item.status in DONE for item in items)
    share = done / len(items) if items else 0.0
    return Criterion(
        id="implementation",
        stage="transition",
        label=Text("跨区域事项过半落地", "More than half of the cross-border items are in place"),
        holds=share > _HALF if items else None,
        evidence=Text(
            f"登记 {len(every)} 项，其中跨区域 {len(items)} 件；跨区域事项中 {done} 件建成或在实施（{share:.0%}）",
            f"{done} of {len(items)} cross-border items are completed or in force ({share:.0%}); "
            f"items in the register: {len(every)}",
        ),
        path="data.joint_items",
        rows=("C3", "S9"),
    )


def _joint_rules(compact: Compact) -> Criterion:
    rules = [
        i
        for i in list_items(compact)
        if i.field == "planning" and i.status in DONE and is_cross_city(i, compact=compact)
    ]
    return Criterion(
        id="joint-rules",
        stage="transition",
        label=Text("有共同的规则或常设机制", "Shared rules or standing bodies exist"),
        holds=bool(rules) if list_items(compact) else None,
        evidence=Text(
            f"{len(rules)} 件共同规划、决定、协议或机制在实施",
            f"{len(rules)} joint plans, decisions, agreements or bodies are in force",
        ),
        path="data.joint_items",
        rows=("C3", "C4", "S5"),
    )


def _second_track(compact: Compact, assessment: Assessment) -> Criterion:
    """Does any branch that counts joint items or convergence carry weight (S4a)? Illustrative weights tell nothing."""
    contest = compact.contest
    if contest is None:
        return _no_contest()
    shared = {i.id for i in contest.indicators if isinstance(i.measure, Register | Convergence)}
    branches = [node for node in contest.root.children if shared & set(node.leaves)]
    weight = sum(contest.weight(node.id, assessment.period.last) for node in branches)
    drawn_up = any(note.kind == "illustrative" and note.path == "contest.weights" for note in compact.notes)
    return Criterion(
        id="second-track",
        stage="transition",
        label=Text("协同进入考核", "Collaboration counts in the contest"),
        holds=None if drawn_up else weight > 0,
        evidence=Text(
            f"契约所载协同各支的权重合计 {weight:.0%}" + "，为示意，不作证据" * drawn_up,
            f"branches on collaboration weigh {weight:.0%} in the compact"
            + ", illustrative and no evidence" * drawn_up,
        ),
        path="contest.weights",
        rows=("S4",),
    )


def _no_contest() -> Criterion:
    return Criterion(
        id="second-track",
        stage="transition",
        label=Text("协同进入考核", "Collaboration counts in the contest"),
        holds=None,
        evidence=Text("未公布协同考核办法", "no rules of a collaborative contest were published"),
        path="contest",
        rows=("S4",),
    )


def _axes(compact: Compact) -> Criterion:
    fields = {i.field for i in list_items(compact) if i.status in DONE and is_cross_city(i, compact=compact)}
    return Criterion(
        id="axes",
        stage="advanced",
        label=Text("多轴协同", "Cooperation on many axes"),
        holds=len(fields) >= _AXES if list_items(compact) else None,
        evidence=Text(
            f"{len(fields)} 个领域有落地的跨区域事项", f"fields with cross-border items in place: {len(fields)}"
        ),
        path="data.joint_items",
        rows=("C3", "Y4"),
    )


def _sharing(compact: Compact, assessment: Assessment) -> Criterion:
    found = [a for a in compact.agreements if a.status == "in_force" and a.is_horizontal]
    now = [a for a in found if a.is_in_force(assessment.period)]
    return Criterion(
        id="sharing",
        stage="advanced",
        label=Text("利益协调制度化", "Interests are settled by standing rules"),
        holds=bool(now) if compact.agreements else None,
        evidence=Text(
            f"本期生效的地区间利益分享协议 {len(now)} 份"
            + ("（" + "；".join(a.title.zh for a in now) + "）" if now else ""),
            f"sharing agreements between jurisdictions in force in this period: {len(now)}"
            + (" (" + "; ".join(a.title.en for a in now) + ")" if now else ""),
        )
        if compact.agreements
        else Text("契约未列分享协议", "the compact lists no sharing agreement"),
        path="agreements",
        rows=("S6", "S8"),
    )


def _promises(assessment: Assessment) -> Criterion:
    """Contracts without a date or progress in print cannot be judged; fewer than half judged is no evidence."""
    judged = [one for one in assessment.lights if one.colour != "grey"]
    late = sum(one.colour == "red" for one in judged)
    return Criterion(
        id="promises",
        stage="advanced",
        label=Text("契约无逾期", "No contract is overdue"),
        holds=late == 0 if 2 * len(judged) >= len(assessment.lights) > 0 else None,
        evidence=Text(
            f"{len(assessment.lights)} 份契约中 {len(judged)} 份可判快慢（期限与进度均有公布），其中 {late} 份逾期",
            f"{len(judged)} of {len(assessment.lights)} contracts can be judged (date and progress in print); "
            f"{late} of them are overdue",
        ),
        path="contracts",
        rows=("S1", "S8"),
    )


def _standards(evidence: Evidence) -> Criterion:
    """Are at least half of the standards shared, exactly or nearly, with none in the way (C4)?"""
    found = evidence.harmonisation
    said = Text("本契约未附标准目录", "the compact lists no catalogue of standards")
    if found:
        m = found.metrics
        said = Text(
            f"协同度 {m.loose or 0:.0%}（等同 {m.exact} 对、相近 {m.close} 对），阻断性冲突 {m.blocked} 处",
            f"harmonised {m.loose or 0:.0%} ({m.exact} exact, {m.close} close pairs), blocking conflicts: {m.blocked}",
        )
    return Criterion(
        id="standards",
        stage="advanced",
        label=Text("标准互认并形成目录", "Standards are shared and catalogued"),
        holds=(found.metrics.loose or 0.0) > _HALF and not found.metrics.blocked if found else None,
        evidence=said,
        path="evidence.standards",
        rows=("C4", "C5"),
    )


def _sustained(runs: Sequence[Run]) -> Criterion:
    """Does cooperation last without promotion (S10)? An uncalibrated forecast is shown but is no evidence."""
    survives = runs[0].survives_without_promotion if runs else None
    said = {
        True: Text(
            "取消晋升激励（λ = 0）后协同努力保有一半以上",
            "without promotion (λ = 0) at least half of the joint effort is left",
        ),
        False: Text(
            "取消晋升激励（λ = 0）后协同努力不足一半",
            "without promotion (λ = 0) less than half of the joint effort is left",
        ),
        None: Text("未作推演", "no forecast was run"),
    }[survives]
    if runs and not runs[0].calibrated:
        said = Text(f"推演未校准，不作证据：{said.zh}", f"the forecast is uncalibrated and no evidence: {said.en}")
    return Criterion(
        id="sustained",
        stage="advanced",
        label=Text("不靠晋升激励也能维持", "Holds without promotion"),
        holds=survives if runs and runs[0].calibrated else None,
        evidence=said,
        path="simulate",
        rows=("S10",),
    )
