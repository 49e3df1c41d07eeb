"""Figures worth a second look (数据疑点): flags, never verdicts, each with its effect and its strength."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isnan

from jinghe.contest.contest import Contest
from jinghe.contest.digits import find_chance, find_power, find_rounding, read_last_digits
from jinghe.contest.indicator import Identity
from jinghe.errors import DataError
from jinghe.labels import Text
from jinghe.panel import Observation, Panel
from jinghe.region import Region
from jinghe.units import Period, convert

__all__ = ["Flag", "Scope", "flag", "flag_heaping", "flag_ratios", "flag_reports", "flag_sums"]

_FEW, _SIZE, _STRONG = 8, 0.05, 0.8  # least number of digits, size of their test, power that counts as strong
_SLIP = 1 + 1e-9  # floating point may not tip a comparison


@dataclass(frozen=True, slots=True)
class Flag:
    """A figure to look at again (疑点). It names no cause and no guilt: scope, revision or typing may explain it."""

    code: str
    jurisdiction: str
    indicator: str
    period: str
    effect: float
    evidence: Text
    strength: Text


@dataclass(frozen=True, slots=True)
class Scope:
    """What is looked at (核查范围): figures of the contestants and of their superior in these periods."""

    panel: Panel
    region: Region
    codes: tuple[str, ...]
    periods: tuple[str, ...]
    labels: Mapping[str, Text]

    @property
    def superior(self) -> str:
        """Code of the jurisdiction the contestants belong to, empty when the region does not say."""
        return self.region.jurisdiction(self.codes[0]).parent if self.codes else ""

    @property
    def series(self) -> tuple[tuple[str, str], ...]:
        """Each (indicator, period) with a figure, in order."""
        found = {(item.indicator, item.period) for item in self.panel.observations if item.period in self.periods}
        return tuple(sorted(found))

    def find(self, code: str, indicator: str, period: str) -> Observation | None:
        """Return the latest figure unless it is missing."""
        item = self.panel.find(code, indicator, period)
        return None if item is None or isnan(item.value) else item

    def find_all(self, indicator: str, period: str) -> tuple[Observation, ...]:
        """Return the contestants' latest figures, those there are."""
        return tuple(item for code in self.codes if (item := self.find(code, indicator, period)))

    def label(self, indicator: str) -> Text:
        """Name an indicator, by its id when the contest does not declare it."""
        return self.labels.get(indicator) or Text(indicator, indicator)

    def title(self, item: Observation) -> Text:
        """Name one figure: who, when, what."""
        label = self.label(item.indicator)
        zh, en = (self.region.name(item.jurisdiction, lang) for lang in ("zh", "en"))
        when = f"{item.period}年" if item.period.isdigit() else f" {item.period} "
        return Text(f"{zh}{when}{label.zh}", f"{label.en} of {en}, {item.period}")


def flag(contest: Contest, *, panel: Panel, region: Region, period: Period) -> tuple[Flag, ...]:
    """Look for figures that do not fit each other, in the scored period and the other periods the contest reads.

    Args:
        contest: whose indicators name the figures.
        panel: all figures, all vintages and reporters.
        region: the contestants and their superior.
        period: the scored period.
    Returns:
        Flags in a fixed order: sums, ratios, reports, heaping. Figures whose units do not convert are not compared.
    """
    others = (name for _, name in contest.series if name)
    codes = region.contestants(contest.level, on=period.last)
    labels = dict(contest.labels) | {item.id: item.label for item in contest.indicators}
    scope = Scope(panel, region, codes, tuple(dict.fromkeys((period.name, *others))), labels)
    return (*flag_sums(scope), *flag_ratios(scope, contest.identities), *flag_reports(scope), *flag_heaping(scope))


def flag_sums(scope: Scope) -> tuple[Flag, ...]:
    """Flag sums of the contestants that differ from the superior's own figure by more than rounding can explain.

    effect = (Σ x_i − X) / |X|; flagged when |Σ x_i − X| > Σ r_i + R with r, R from `find_rounding`. Only amounts of
    money and of persons with all figures present are added up.
    """
    return tuple(found for name, period in scope.series if (found := _compare_sum(scope, name, period)))


def flag_ratios(scope: Scope, identities: Sequence[Identity]) -> tuple[Flag, ...]:
    """Flag published ratios that their published parts cannot give within rounding.

    effect = p − f·a/b in the ratio's unit; flagged when p ± r_p lies outside f·(a ± r_a)/(b ∓ r_b). Which
    ratio has which parts is declared in the compact, `contest.identities`.
    """
    codes = (*scope.codes, scope.superior)
    rules = ((rule, period, code) for rule in identities for period in scope.periods for code in codes)
    return tuple(found for rule, period, code in rules if (found := _compare_ratio(scope, rule, period, code)))


def flag_reports(scope: Scope) -> tuple[Flag, ...]:
    """Flag figures on which reporters or vintages differ by more than rounding can explain.

    effect = (max − min) / |latest|.
    """
    reports: dict[tuple[str, str, str], list[Observation]] = {}
    for item in scope.panel.observations:
        if item.period in scope.periods and not isnan(item.value):
            reports.setdefault((item.jurisdiction, item.indicator, item.period), []).append(item)
    return tuple(found for _, items in sorted(reports.items()) if (found := _compare_reports(scope, items)))


def flag_heaping(scope: Scope) -> tuple[Flag, ...]:
    """Flag indicators whose last digits are 0 or 5 more often than chance gives: exact binomial, 5 %, one-sided.

    P(Bin(n, 0.2) ≥ k) ≤ 0.05 over the contestants' figures (`read_last_digits`), n ≥ 8. effect = k/n − 0.2. The
    strength tells the power against a true share of 0.4; with 11 cities it is weak.
    """
    return tuple(found for name, period in scope.series if (found := _test_digits(scope, name, period)))


def _compare_sum(scope: Scope, name: str, period: str) -> Flag | None:
    whole, parts = scope.find(scope.superior, name, period), scope.find_all(name, period)
    if whole is None or len(parts) < len(scope.codes) or not any(_factor(whole.unit, unit) for unit in ("元", "人")):
        return None
    factors = [_factor(item.unit, whole.unit) for item in parts]
    total = sum(item.value * f for item, f in zip(parts, factors, strict=True))
    slack = find_rounding(whole) + sum(find_rounding(item) * f for item, f in zip(parts, factors, strict=True))
    gap = total - whole.value
    if not all(factors) or abs(gap) <= slack * _SLIP:
        return None
    title, unit, n = scope.title(whole), whole.unit, len(parts)
    evidence = Text(
        f"{title.zh}公布 {whole.value:.10g} {unit}，{n} 个地区合计 {total:.10g}，相差 {gap:+.6g}。"
        "请核对口径、修订与录入。",
        f"{title.en}: {whole.value:.10g} {unit} is published, the {n} contestants sum to {total:.10g}, a gap of "
        f"{gap:+.6g}. Please check scope, revisions and typing.",
    )
    effect = gap / abs(whole.value or gap)
    return Flag("sum-identity", scope.superior, name, period, effect, evidence, _bound(slack, unit))


def _compare_ratio(scope: Scope, rule: Identity, period: str, code: str) -> Flag | None:
    printed, above, below = (scope.find(code, series, period) for series in (rule.ratio, rule.of, rule.over))
    if not (printed and above and below):
        return None
    scale, factor = _factor(below.unit, above.unit), _factor("share", printed.unit)
    a, b = above.value, below.value * scale
    ra, rb, rp = find_rounding(above), find_rounding(below) * scale, find_rounding(printed)
    if b - rb <= 0 or not factor:
        return None
    low, high = factor * (a - ra) / (b + rb) - rp, factor * (a + ra) / (b - rb) + rp
    if low / _SLIP <= printed.value <= high * _SLIP:
        return None
    given, title, up, down = factor * a / b, scope.title(printed), scope.label(rule.of), scope.label(rule.over)
    evidence = Text(
        f"{title.zh}公布 {printed.value:g}，按{up.zh}与{down.zh}计算为 {given:.4g}。请核对口径、修订与录入。",
        f"{title.en}: {printed.value:g} is published, {up.en} over {down.en} gives {given:.4g}. "
        "Please check scope, revisions and typing.",
    )
    slack = max(high - given, given - low)
    return Flag(
        "ratio-identity", code, rule.ratio, period, printed.value - given, evidence, _bound(slack, printed.unit)
    )


def _compare_reports(scope: Scope, items: list[Observation]) -> Flag | None:
    latest = max(items, key=lambda item: item.precedence)
    factors = [_factor(item.unit, latest.unit) for item in items]
    reports = [(item.value * f, find_rounding(item) * f, item) for item, f in zip(items, factors, strict=True)]
    low, low_slack, first = min(reports, key=lambda report: report[0])
    high, high_slack, last = max(reports, key=lambda report: report[0])
    slack = low_slack + high_slack
    if not all(factors) or high - low <= slack * _SLIP:
        return None
    title, unit, n = scope.title(latest), latest.unit, len(items)
    evidence = Text(
        f"{title.zh}有 {n} 次报送，最小 {low:.10g}（{_origin(first)}），最大 {high:.10g}（{_origin(last)}）{unit}。"
        "请核对口径与修订。",
        f"{title.en}: {n} reports, from {low:.10g} ({_origin(first)}) to {high:.10g} {unit} ({_origin(last)}). "
        "Please check scope and revisions.",
    )
    effect = (high - low) / abs(latest.value or high - low)
    return Flag("reports-differ", *latest.key[:3], effect, evidence, _bound(slack, unit))


def _test_digits(scope: Scope, name: str, period: str) -> Flag | None:
    digits = read_last_digits(scope.find_all(name, period))
    n, k = len(digits), sum(digit in "05" for digit in digits)
    chance = find_chance(n, k)
    if n < _FEW or chance > _SIZE:
        return None
    label, power = scope.label(name), find_power(n)
    evidence = Text(
        f"{period} {label.zh}：{n} 个数中 {k} 个末位为 0 或 5，纯属偶然的概率为 {chance:.3f}。"
        "也可能出于统一取整，请核对。",
        f"{label.en}, {period}: {k} of {n} figures end in 0 or 5; by chance with probability {chance:.3f}. "
        "A common rounding rule may explain it; please check.",
    )
    word = Text("强", "strong") if power >= _STRONG else Text("弱", "weak")
    strength = Text(
        f"{word.zh}：n = {n}，真实占比为 40% 时的检出概率为 {power:.0%}",
        f"{word.en}: n = {n}, power {power:.0%} against a true share of 40 %",
    )
    return Flag("digit-heaping", scope.superior, name, period, k / n - 0.2, evidence, strength)


def _bound(slack: float, unit: str) -> Text:
    zh = f"恒等关系：四舍五入至多解释 ±{slack:.4g} {unit}"
    return Text(zh, f"identity: rounding explains at most ±{slack:.4g} {unit}")


def _origin(item: Observation) -> str:
    return " ".join(part for part in (item.reporter, item.vintage.isoformat()) if part)


def _factor(found: str, expected: str) -> float:
    """How many `expected` one `found` is; 0 when they do not convert."""
    try:
        return float(convert(Fraction(1), found, expected))
    except DataError:
        return 0.0
