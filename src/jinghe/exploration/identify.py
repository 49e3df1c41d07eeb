"""What a case's figures can say of the parameters (可识别性): which statistics they offer, and what stays assumed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from jinghe.compact import Compact, read_fields
from jinghe.exhibit import Column, Section, Table
from jinghe.labels import Text
from jinghe.panel import Panel

__all__ = ["Offer", "Statistic", "identify", "list_statistics"]

_PARAMETERS = "simulate.parameters."
_NUMERICAL = ("choice", "levels", "reach", "reduced", "structured", "imagined", "tau", "joint_form")


@dataclass(frozen=True, slots=True)
class Offer:
    """What is there of a statistic (数据情况): how much, against what is needed, and in words."""

    found: int
    needed: int
    words: Text

    @property
    def is_enough(self) -> bool:
        """Does it reach what is needed?"""
        return self.found >= self.needed


@dataclass(frozen=True, slots=True)
class Statistic:
    """A summary statistic and the parameters it speaks of (统计量).

    `jointly`: they move it together, and it fixes a combination of them, not each.
    """

    label: Text
    parameters: tuple[str, ...]
    jointly: bool
    look: Callable[[Compact, Panel], Offer]


def identify(compact: Compact, panel: Panel) -> Section:
    """Say for every parameter of the model whether the case offers the statistic that speaks of it.

    That data are there is needed, not enough: whether they narrow a parameter is for `calibrate` to find.

    Args:
        compact: with its register, contracts, standards and evidence.
        panel: observations.
    Returns:
        Two tables: statistics with what is there, parameters with the verdict.
    """
    offers = [(one, one.look(compact, panel)) for one in list_statistics()]
    given = {name: (one, offer) for one, offer in offers for name in one.parameters}
    for one, offer in offers:
        given |= {name: (one, offer) for name in one.parameters if offer.is_enough}
    rows, count = [], Counter[str]()
    for field in read_fields():
        name = field.path.removeprefix(_PARAMETERS)
        if field.path == name or "." in name or name in _NUMERICAL:
            continue
        statistic, verdict = _judge(given, name)
        count[verdict] += 1
        rows.append((field.label, statistic, _VERDICTS[verdict]))
    can = count["alone"] + count["jointly"]
    lead = Text(
        f"{len(rows)} 个参数中，{count['alone']} 个有可单独说明它的数据，{count['jointly']} 个只能与其他参数合并限定，"
        f"{len(rows) - can} 个无从识别，只能设定。",
        f"Of {len(rows)} parameters {count['alone']} have data that speak of them alone, {count['jointly']} only "
        f"together with others, and {len(rows) - can} cannot be identified: they stay assumptions.",
    )
    note = Text(
        "“有数据”只是必要条件；数据能否真正收窄参数，须由校准检验。登记簿的偏差照样进入统计量。",
        "Data are needed, not enough: only calibration shows whether they narrow a parameter. The bias of a register "
        "is in its statistics too.",
    )
    return Section("identify", _TITLE, lead, (_tabulate(offers), _tabulate_parameters(rows)), (note,))


def list_statistics() -> tuple[Statistic, ...]:
    """List the summary statistics, what they speak of, and how much of each is needed (assumption: ours)."""
    return (
        Statistic(
            Text("逐年逐对共同事项数", "joint items by pair and year"),
            ("joint_value", "friction", "risk", "coordination", "barrier", "local_first", "willingness"),
            True,
            _look_items,
        ),
        Statistic(Text("契约进度序列", "progress of contracts over time"), ("progress", "wear"), False, _look_progress),
        Statistic(
            Text("各市逐年增速（齐全年份）", "growth of all cities, complete years"), ("noise",), False, _look_growth
        ),
        Statistic(
            Text("同一指标的不同报送人", "the same figure from two reporters"),
            ("measure_noise", "gaming", "audit"),
            True,
            _look_reporters,
        ),
        Statistic(
            Text("官员任期与晋升履历", "careers and tenure of officials"),
            ("turnover", "tenure_slope", "prize", "political_noise", "memory", "envy"),
            True,
            _look_careers,
        ),
        Statistic(
            Text("互信与合作意愿问卷（两轮以上）", "surveys of trust and willingness, two waves or more"),
            ("trust", "trust_spread", "trust_up", "trust_down", "trust_norm", "trust_kept"),
            False,
            _look_survey,
        ),
        Statistic(
            Text("标准对照随时间的变化", "the crosswalk of standards over time"),
            ("standards", "standards_up", "standards_down", "standards_ease"),
            False,
            _look_standards,
        ),
        Statistic(
            Text("地方留成与分享比例", "retained revenue and shares"), ("sharing", "joint_claim"), False, _look_budgets
        ),
        Statistic(
            Text("争端登记", "a register of disputes"),
            ("dispute_rate", "dispute_drag", "capacity"),
            True,
            _look_disputes,
        ),
    )


_TITLE = Text("哪些参数能由本案例数据识别", "What this case's data can identify")
_VERDICTS: Mapping[str, Text] = {
    "alone": Text("有数据，待校准检验", "data are there; calibration must show"),
    "jointly": Text("只能合并限定", "only a combination"),
    "few": Text("数据不足，为设定值", "too little data: assumed"),
    "none": Text("无对应统计量，为设定值", "no statistic speaks of it: assumed"),
}


def _judge(given: Mapping[str, tuple[Statistic, Offer]], name: str) -> tuple[Text, str]:
    if name not in given:
        return Text("—", "—"), "none"
    statistic, offer = given[name]
    if not offer.is_enough:
        return statistic.label, "few"
    return statistic.label, "jointly" if statistic.jointly else "alone"


def _tabulate(offers: list[tuple[Statistic, Offer]]) -> Table:
    words = (Text("统计量", "Statistic"), Text("现有", "There"), Text("所需", "Needed"), Text("情况", "What is there"))
    columns = tuple(Column(word, "number" if at in (1, 2) else "text", 0) for at, word in enumerate(words))
    rows = tuple((one.label, offer.found, offer.needed, offer.words) for one, offer in offers)
    method = Text(
        "所需数量为设定的起点，低于此数不作校准。", "What is needed is a set minimum; below it nothing is calibrated."
    )
    return Table("statistics", Text("数据提供的统计量", "Statistics the data offer"), columns, rows, method)


def _tabulate_parameters(rows: list[tuple[Text, Text, Text]]) -> Table:
    columns = (Column(Text("参数", "Parameter")), Column(Text("统计量", "Statistic")), Column(Text("判断", "Verdict")))
    return Table("parameters", Text("参数的可识别性", "Parameters"), columns, tuple(rows))


def _contestants(compact: Compact) -> tuple[str, ...]:
    return compact.region.contestants(compact.contest.level) if compact.contest else ()


def _look_items(compact: Compact, _panel: Panel) -> Offer:
    codes = set(_contestants(compact))
    dated = [
        i
        for i in compact.items
        if i.on is not None and i.date_kind in ("event", "year") and len(codes & set(i.parties)) > 1
    ]
    years = {item.on.start.year for item in dated if item.on}
    return Offer(
        len(dated) if len(years) > 2 else 0,
        30,
        Text(
            f"登记簿有 {len(dated)} 件带发生日期、涉及两市以上的事项，跨 {len(years)} 年。",
            f"The register has {len(dated)} dated items of two cities or more, in {len(years)} years.",
        ),
    )


def _look_progress(compact: Compact, _panel: Panel) -> Offer:
    counts = Counter(one.contract for one in compact.progress)
    series = [name for name, count in counts.items() if count > 2]
    return Offer(
        len(series),
        5,
        Text(f"{len(series)} 项契约有三期以上进度。", f"{len(series)} contracts have three dated counts or more."),
    )


def _look_growth(compact: Compact, panel: Panel) -> Offer:
    years = _complete_years(compact, panel, "gdp_real_growth")
    return Offer(
        len(years),
        8,
        Text(f"实际增速在 {len(years)} 个年份各市齐全。", f"Real growth is complete in {len(years)} years."),
    )


def _look_reporters(_compact: Compact, panel: Panel) -> Offer:
    seen: dict[tuple[str, str, str], set[str]] = {}
    for one in panel.observations:
        seen.setdefault((one.jurisdiction, one.indicator, one.period), set()).add(one.reporter)
    count = sum(len(reporters) > 1 for reporters in seen.values())
    return Offer(
        count, 50, Text(f"{count} 个数有两个以上报送人。", f"{count} figures come from two reporters or more.")
    )


def _look_careers(compact: Compact, panel: Panel) -> Offer:
    years = _complete_years(compact, panel, "tenure_years")
    return Offer(
        len(years),
        8,
        Text(
            f"各市主要负责人任期（tenure_years）在 {len(years)} 个年份齐全。",
            f"Tenure of leading officials (tenure_years) is complete in {len(years)} years.",
        ),
    )


def _look_survey(compact: Compact, _panel: Panel) -> Offer:
    waves = [one for one in compact.evidence.get("surveys") or () if one.get("kind") == "collected"]
    return Offer(
        len(waves), 2, Text(f"实际回收的问卷 {len(waves)} 轮。", f"{len(waves)} waves of a survey were collected.")
    )


def _look_standards(compact: Compact, _panel: Panel) -> Offer:
    days = compact.platform.get("standards_batches") or {}
    return Offer(
        len(days),
        3,
        Text(f"有日期的标准统一批次 {len(days)} 批。", f"{len(days)} dated batches of harmonised standards."),
    )


def _look_budgets(compact: Compact, panel: Panel) -> Offer:
    years = _complete_years(compact, panel, "budget_revenue")
    return Offer(
        len(years),
        1,
        Text(
            f"一般公共预算收入在 {len(years)} 个年份各市齐全。",
            f"General public budget revenue is complete in {len(years)} years.",
        ),
    )


def _look_disputes(compact: Compact, _panel: Panel) -> Offer:
    found = 1 if (compact.tree.get("data") or {}).get("disputes") else 0
    return Offer(
        found, 1, Text("有争端登记。", "There is a register.") if found else Text("没有争端登记。", "There is none.")
    )


def _complete_years(compact: Compact, panel: Panel, indicator: str) -> list[str]:
    codes = set(_contestants(compact))
    seen: dict[str, set[str]] = {}
    for one in panel.observations:
        if one.indicator == indicator and len(one.period) == 4:
            seen.setdefault(one.period, set()).add(one.jurisdiction)
    return sorted(year for year, found in seen.items() if codes and codes <= found)
