"""Figures that do not agree with each other (勾稽不符): sums, ratios, reports."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from math import isnan

from jinghe.contest.digits import find_rounding
from jinghe.contest.flags.flag import Flag, Untested
from jinghe.contest.flags.scope import Scope, find_factor, is_amount
from jinghe.contest.indicator import Identity
from jinghe.labels import Text
from jinghe.panel import Observation

__all__ = ["flag_ratios", "flag_reports", "flag_sums", "list_unheld"]

_SLIP = 1 + 1e-9  # floating point may not tip a comparison


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


def list_unheld(scope: Scope, identities: Sequence[Identity]) -> tuple[Untested, ...]:
    """List the identities that could not be held against any figure: no contestant has the ratio and both parts."""
    reason = Text("没有一个地区三个数俱全", "no contestant has all three figures")
    places = list(product(scope.periods, (*scope.codes, scope.superior)))
    return tuple(
        Untested("ratio-identity", scope.superior, rule.ratio, scope.span, 0, reason)
        for rule in identities
        if not any(_read_parts(scope, rule, period, code) for period, code in places)
    )


def flag_reports(scope: Scope) -> tuple[Flag, ...]:
    """Flag figures on which reporters or vintages differ by more than rounding can explain.

    effect = (max − min) / |latest|.
    """
    reports: dict[tuple[str, str, str], list[Observation]] = {}
    for item in scope.panel.observations:
        if item.period in scope.periods and not isnan(item.value):
            reports.setdefault((item.jurisdiction, item.indicator, item.period), []).append(item)
    return tuple(found for _, items in sorted(reports.items()) if (found := _compare_reports(scope, items)))


def _compare_sum(scope: Scope, name: str, period: str) -> Flag | None:
    whole, parts = scope.find(scope.superior, name, period), scope.find_all(name, period)
    if whole is None or len(parts) < len(scope.codes) or not is_amount(whole.unit):
        return None
    factors = [find_factor(item.unit, whole.unit) for item in parts]
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


def _read_parts(
    scope: Scope, rule: Identity, period: str, code: str
) -> tuple[Observation, Observation, Observation] | None:
    printed, above, below = (scope.find(code, series, period) for series in (rule.ratio, rule.of, rule.over))
    return (printed, above, below) if printed and above and below else None


def _compare_ratio(scope: Scope, rule: Identity, period: str, code: str) -> Flag | None:
    parts = _read_parts(scope, rule, period, code)
    if parts is None:
        return None
    printed, above, below = parts
    scale, factor = find_factor(below.unit, above.unit), find_factor("share", printed.unit)
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
    factors = [find_factor(item.unit, latest.unit) for item in items]
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


def _bound(slack: float, unit: str) -> Text:
    zh = f"恒等关系：四舍五入至多解释 ±{slack:.4g} {unit}"
    return Text(zh, f"identity: rounding explains at most ±{slack:.4g} {unit}")


def _origin(item: Observation) -> str:
    return " ".join(part for part in (item.reporter, item.vintage.isoformat()) if part)
