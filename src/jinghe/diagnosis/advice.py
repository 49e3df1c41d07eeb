"""The next step for each bottleneck (下一步), from what the papers recommend."""

from __future__ import annotations

from collections.abc import Sequence

from jinghe.diagnosis.finding import Finding
from jinghe.labels import Text

__all__ = ["advise"]

_Advice = tuple[Text, tuple[str, ...]]

_ADVICE: dict[str, _Advice] = {
    "interest": (
        Text(
            "把未定的分享条款逐条谈定，写明比例、期限与退出，收益与成本一并分担。",
            "Settle the open sharing clauses one by one — ratio, term and exit — and share costs with the benefits.",
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
            "对预警、逾期、停滞的契约督办：明确责任方、节点与期限。",
            "Supervise the contracts that are late or at a standstill: who, which milestone, by when.",
        ),
        ("S5",),
    ),
    "barrier": (
        Text(
            "先统一标准、共享信息；停在协商的事项由平台出面调解。",
            "Share standards and information first; let the platform mediate what is stuck in negotiation.",
        ),
        ("C3", "C4", "S5"),
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
            "先基础、后重点：按工作计划互认等同标准、联合修订相近标准，再以对方标准补缺，执行留有余地。",
            "Basic fields first: recognise equal standards, revise similar ones, then take over what is missing, and "
            "leave room for how they are carried out.",
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
_WITHOUT_CONTEST: dict[str, _Advice] = {
    "selective": (
        Text(
            "以先行示范区和自组织组团带动，从好协同的领域逐步推进到有约束力的重点领域；横向、纵向、网络三种方式互补。",
            "Lead with the demonstration zone and self-organised groups; go on from easy fields to binding key ones; "
            "let horizontal, vertical and network governance complement each other.",
        ),
        ("C4", "Y2", "Y3"),
    ),
    "local_first": (
        Text(
            "以统一标准建立互信；先抓公共服务等双方都受益的事，缓冲利益博弈。",
            "Build trust by shared standards; begin with public services and the like, where both gain.",
        ),
        ("C4", "C7"),
    ),
}


def advise(bottlenecks: Sequence[Finding], *, has_contest: bool) -> tuple[Finding, ...]:
    """Name the next step for each bottleneck, from the papers' recommendations, each step once.

    Without a contest nothing is advised that only a contest can do.
    """
    steps = _ADVICE if has_contest else _ADVICE | _WITHOUT_CONTEST
    first = {one.id: one for one in reversed(bottlenecks)}
    return tuple(
        Finding(i, None, steps[i][0], first[i].path, steps[i][1]) for i in dict.fromkeys(map(_id, bottlenecks))
    )


def _id(one: Finding) -> str:
    return one.id
