"""Check a printed statistic against its degrees of freedom and p (统计量与 p 值互核)."""

from __future__ import annotations

import math

from jinghe.labels import Text
from jinghe.recalc.claim import STATISTICS, Claim
from jinghe.recalc.decision import decision_line, is_decision_error, printed_p
from jinghe.recalc.distribution import p_interval, statistic_interval
from jinghe.recalc.printed import Interval, Printed
from jinghe.recalc.verdict import Finding, Number
from jinghe.recalc.words import list_names, show_printed, show_range

__all__ = ["check_statistic", "degrees", "fits", "printed_interval", "size_interval"]

_PARAMETERS = {"t": 1, "r": 1, "chi2": 1, "F": 2, "z": 0}


def degrees(claim: Claim) -> tuple[Interval, ...]:
    """Return the printed degrees of freedom; a whole number is exact, one with decimals an interval."""
    return tuple(df.interval() if df.decimals else Interval(float(df.value), float(df.value)) for df in claim.df)


def printed_interval(p: Printed) -> Interval:
    """Return where a printed p lies, inside [0, 1].

    >>> from jinghe.recalc.printed import read_printed
    >>> printed_interval(read_printed("0.000"))
    Interval(low=0.0, high=0.0005)
    """
    found = p.interval()
    return Interval(max(0.0, found.low), min(1.0, found.high))


def fits(p: Printed, recomputed: Interval, *, tails: int | None) -> str:
    """Tell how a printed p agrees with a recomputed two-sided one: `` (not), `two-sided` or `one-sided`.

    Source: statcheck 1.6 (error_test): the rounding intervals must meet. When the number of tails is not printed, a
    p that is right for one tail only is `one-sided`; the p of a test said to be one-sided may lie in either tail.
    """
    wanted = printed_interval(p)
    if tails != 1 and wanted.meet(recomputed):
        return "two-sided"
    half = Interval(recomputed.low / 2, recomputed.high / 2)
    other = Interval(1 - half.high, 1 - half.low)
    one_sided = tails != 2 and wanted.meet(half)
    return "one-sided" if one_sided or (tails == 1 and wanted.meet(other)) else ""


def check_statistic(claim: Claim) -> list[Finding]:
    """Check p against a statistic with known df: one finding, `statistic-p`."""
    name, p = STATISTICS[claim.test], printed_p(claim)
    if claim.statistic is None or p is None:
        return [_untestable("只印了统计量或只印了 p 值", "only a statistic or only a p is printed")]
    df, size = degrees(claim), size_interval(claim.statistic)
    missing = _PARAMETERS[name] - len(df)
    if missing and not (name in {"t", "r", "F"} and missing == 1):
        return [_untestable("未印自由度", "the degrees of freedom are not printed")]
    recomputed = p_interval(name, size, df + (Interval(1.0, math.inf),) * missing)
    tails = 2 if name in {"F", "chi2"} else claim.tails
    fit = fits(p, recomputed, tails=tails)
    if missing and fit:
        return [
            _untestable(
                "未印自由度，有的自由度下可以成立", "the degrees of freedom are not printed, and some would fit"
            )
        ]
    return [_finding(claim, p, recomputed, df, fit)]


def size_interval(statistic: Printed) -> Interval:
    """Return where the size of a statistic lies; `t < 1` says only that it is below 1."""
    found = statistic.interval().magnitude() if statistic.relation == "=" else statistic.interval()
    return Interval(max(0.0, found.low), found.high)


def _finding(claim: Claim, p: Printed, recomputed: Interval, df: tuple[Interval, ...], fit: str) -> Finding:
    name = STATISTICS[claim.test]
    given = show_printed(claim.statistic, _subscript(name, df)) if claim.statistic else name
    numbers: dict[str, Number] = {"p": recomputed}
    said, found = show_printed(p, "p"), show_range(recomputed)
    if fit == "one-sided" and claim.tails is None:
        side = list_names(["one-sided"])
        text = Text(
            f"{given} 的双侧 p 为 {found}，与 {said} 不符；仅当用{side.zh}时相符。",
            f"{given} gives a two-sided p of {found}, not {said}; it agrees only under {side.en}.",
        )
        return Finding("statistic-p", "conditional", text, numbers=numbers)
    if fit:
        text = Text(f"由 {given} 得 p 为 {found}，与 {said} 相符。", f"{given} gives p {found}, as printed ({said}).")
        return Finding("statistic-p", "consistent", text, numbers=numbers)
    if len(df) == _PARAMETERS[name]:
        numbers["needed"] = needed = statistic_interval(name, printed_interval(p), df)
        zh, en = (
            f"该 p 要求 {_subscript(name, ())} 为 {show_range(needed)}。",
            f" That p needs {_subscript(name, ())} {show_range(needed)}.",
        )
    else:
        zh, en = "任何自由度下均不可能。", " No degrees of freedom make it possible."
    end = decision_line(claim, recomputed)
    text = Text(
        f"由 {given} 得 p 为 {found}，与 {said} 矛盾。{zh}{end.zh}",
        f"{given} gives p {found}, which contradicts {said}.{en} {end.en}".rstrip(),
    )
    return Finding("statistic-p", "inconsistent", text, is_decision_error(claim, recomputed), numbers)


def _subscript(name: str, df: tuple[Interval, ...]) -> str:
    name = "χ²" if name == "chi2" else name
    return f"{name}({', '.join(map(show_range, df))})" if df else name


def _untestable(zh: str, en: str) -> Finding:
    return Finding("statistic-p", "untestable", Text(f"{zh}，无法检验。", f"Cannot be tested: {en}."))
