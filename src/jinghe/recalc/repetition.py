"""Check a repeated-measures comparison: F, p, means, post hoc note, and what they imply (重复测量方差分析)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from jinghe.labels import Text
from jinghe.recalc.claim import Claim
from jinghe.recalc.decision import decision_line, is_decision_error, printed_p
from jinghe.recalc.distribution import p_value, statistic_for, statistic_interval
from jinghe.recalc.phases import condition_squares, pooled_contrast, readings, straight_lining_bound, unpooled_least_f
from jinghe.recalc.printed import Interval, Printed
from jinghe.recalc.statistic import check_statistic, printed_interval
from jinghe.recalc.verdict import Finding, Number
from jinghe.recalc.words import list_names, show, show_printed, show_range

__all__ = ["check_posthoc", "check_repetition", "derive_error", "derive_straight_lining"]

_MOST_PHASES = 10
_SLACK = 1.001  # the largest t of a contrast is searched for on a grid


def check_repetition(claim: Claim) -> list[Finding]:
    """Check F against p under every reading of F and against the post hoc note; derive what F and the means imply."""
    return [*_check_p(claim), *check_posthoc(claim), *derive_error(claim), *derive_straight_lining(claim)]


def _check_p(claim: Claim) -> list[Finding]:
    p, k, n = printed_p(claim), len(claim.groups), claim.n
    if n is None or p is None or claim.statistic is None or claim.statistic.relation != "=":
        df = (k - 1,) if n is None else (k - 1, (k - 1) * (n - 1))  # without n perhaps no denominator helps
        known = claim.df or tuple(Printed(str(value), Fraction(value), 0) for value in df)
        return check_statistic(replace(claim, df=known))
    if claim.df:
        return check_statistic(claim)
    found = readings(claim.statistic.interval(), k=k, n=n)
    agreeing = [name for name, value in found.items() if printed_interval(p).meet(value)]
    f, said = show_printed(claim.statistic, f"F({k - 1}, {(k - 1) * (n - 1)})"), show_printed(p, "p")
    numbers: dict[str, Number] = {**found, **_other_readings(claim)}
    if "sphericity" in agreeing:
        plain = show_range(found["sphericity"])
        text = Text(f"由 {f} 得 p 为 {plain}，与 {said} 相符。", f"{f} gives p {plain}, as printed ({said}).")
        return [Finding("statistic-p", "consistent", text, numbers=numbers)]
    if agreeing:
        return [Finding("statistic-p", "conditional", _conditional(f, said, found, agreeing), numbers=numbers)]
    return [_contradiction(claim, f, said, numbers)]


def _conditional(f: str, said: str, found: dict[str, Interval], agreeing: Sequence[str]) -> Text:
    plain, names = show_range(found["sphericity"]), list_names(agreeing)
    return Text(
        f"由 {f} 得 p 为 {plain}，与 {said} 不符；仅在{names.zh}之下相符。",
        f"{f} gives p {plain}, not {said}; it agrees only under {names.en}.",
    )


def _contradiction(claim: Claim, f: str, said: str, numbers: dict[str, Number]) -> Finding:
    p, k, n = printed_p(claim), len(claim.groups), claim.n or 2
    assert p is not None
    assert claim.statistic is not None
    df = (float(k - 1), float((k - 1) * (n - 1)))
    needed = statistic_interval("F", printed_interval(p), tuple(Interval(v, v) for v in df))
    numbers |= {"needed": needed, "needed point": statistic_for("F", float(p.value), df)}
    wrong_df = _least_numerator(claim)
    numbers |= {"needed numerator df": wrong_df} if wrong_df else {}
    plain, every = numbers["sphericity"], _join(numbers)
    assert isinstance(plain, Interval)
    end = decision_line(claim, every)
    text = Text(
        f"由 {f} 得 p 为 {show_range(plain)}（任何校正下都在 {show_range(every)} 之内），与 {said} 矛盾；"
        f"该 p 要求 F 为 {show_range(needed)}。{end.zh}",
        f"{f} gives p {show_range(plain)} (within {show_range(every)} under any correction), which contradicts {said}; "
        f"that p needs F {show_range(needed)}. {end.en}".rstrip(),
    )
    return Finding("statistic-p", "inconsistent", text, is_decision_error(claim, every), numbers)


def _join(numbers: dict[str, Number]) -> Interval:
    found = [
        numbers[name] for name in ("sphericity", "greenhouse-geisser", "between", "multivariate") if name in numbers
    ]
    known = [item for item in found if isinstance(item, Interval)]
    return Interval(min(item.low for item in known), max(item.high for item in known))


def _other_readings(claim: Claim) -> dict[str, Number]:
    """The p of the printed number were it no F at all, and the least p at any denominator df."""
    assert claim.statistic is not None
    value, v1 = float(claim.statistic.value), float(len(claim.groups) - 1)
    return {
        "as z": p_value("z", value),
        "as chi2": p_value("chi2", value, (v1,)),
        "infinite denominator": p_value("F", value, (v1, float("inf"))),
    }


def _least_numerator(claim: Claim) -> int | None:
    """The smallest numerator df at which the printed F has the printed p."""
    p, n = printed_p(claim), claim.n or 2
    assert p is not None
    assert claim.statistic is not None
    wanted, f = printed_interval(p), float(claim.statistic.value)
    return next((v for v in range(1, 201) if p_value("F", f, (v, v * (n - 1.0))) <= wanted.high), None)


def check_posthoc(claim: Claim) -> list[Finding]:
    """Check the post hoc note against F and the means: pooled error first, then an error term for each pair."""
    if not claim.posthoc or claim.statistic is None or claim.n is None or claim.n < 2:
        return []
    if any(group.mean is None for group in claim.groups) or len(claim.groups) > _MOST_PHASES:
        text = Text("均值不全，事后比较无法检验。", "The post hoc note cannot be tested: means are missing.")
        return [Finding("posthoc", "untestable", text)]
    pairs = [(item.less, item.more, item.significant) for item in claim.posthoc]
    pooled = [pooled_contrast(_box(claim), pair=pair[:2], f=claim.statistic.interval()) for pair in pairs]
    df = (len(claim.groups) - 1) * (claim.n - 1.0)
    critical = statistic_for("t", float(claim.alpha), (df,))
    fit = all(
        t.high * _SLACK >= critical if significant else t.low <= critical * _SLACK
        for t, (_, _, significant) in zip(pooled, pairs, strict=True)
    )
    means = [float(group.mean.value) for group in claim.groups if group.mean]
    least = unpooled_least_f(means, n=claim.n, contrasts=pairs, alpha=float(claim.alpha))
    numbers: dict[str, Number] = {f"{i + 1}–{j + 1}": t for t, (i, j, _) in zip(pooled, pairs, strict=True)}
    status = (
        "consistent" if fit else "conditional" if claim.statistic.interval().high * _SLACK >= least else "inconsistent"
    )
    return [_posthoc(claim, status, pooled, numbers | {"critical": critical, "unpooled least F": least})]


def _posthoc(claim: Claim, status: str, pooled: Sequence[Interval], numbers: dict[str, Number]) -> Finding:
    assert claim.statistic is not None
    f, least = show_printed(claim.statistic, "F"), float(numbers["unpooled least F"])  # type: ignore[arg-type]
    zh, en = "、".join(_contrasts(claim, pooled, "zh")), ", ".join(_contrasts(claim, pooled, "en"))
    if status == "consistent":
        text = Text(
            f"事后比较与 {f} 相容（合并误差：{zh}）。", f"The post hoc note agrees with {f} (pooled error: {en})."
        )
        return Finding("posthoc", "consistent", text, numbers=numbers)
    if status == "conditional":
        text = Text(
            f"{f} 时，按合并误差 {zh}，与事后比较不符；"
            f"仅当每对阶段各用自己的误差项时相容（要求 F 不小于 {show(least)}）。",
            f"At {f} a pooled error gives {en}, unlike the post hoc note; it agrees only if each pair has its own "
            f"error term (which needs F of at least {show(least)}).",
        )
        return Finding("posthoc", "conditional", text, numbers=numbers)
    text = Text(
        f"{f} 时，无论用哪种误差项，事后比较都不可能成立（至少要求 F 为 {show(least)}）。",
        f"At {f} the post hoc note is impossible with any error term (it needs F of at least {show(least)}).",
    )
    return Finding("posthoc", "inconsistent", text, numbers=numbers)


def _contrasts(claim: Claim, pooled: Sequence[Interval], lang: str) -> list[str]:
    names = [group.name.get(lang) for group in claim.groups]
    pairs = zip(claim.posthoc, pooled, strict=True)
    return [f"{names[pair.less]} – {names[pair.more]} |t| {show_range(t)}" for pair, t in pairs]


def _box(claim: Claim) -> list[tuple[Fraction, Fraction]]:
    return [group.mean.bounds for group in claim.groups if group.mean]


def derive_error(claim: Claim) -> list[Finding]:
    """Derive SS_cond, MS_error, the SD of a difference and partial η² from F and the means, at the printed values.

    MS_error = SS_cond / (k − 1) / F; SD of a difference = √(2 MS_error); η²_p = F / (F + n − 1).
    """
    f, k, n = claim.statistic, len(claim.groups), claim.n
    if f is None or n is None or f.value <= 0 or any(group.mean is None for group in claim.groups):
        return []
    at = [(group.mean.value,) * 2 for group in claim.groups if group.mean]
    squares, (low, high) = condition_squares(at, n=n)[0], condition_squares(_box(claim), n=n)
    error = float(squares / (k - 1) / f.value)
    numbers: dict[str, Number] = {
        "SS_cond": float(squares),
        "SS_cond range": Interval(float(low), float(high)),
        "MS_error": error,
        "SD of a difference": (2 * error) ** 0.5,
        "partial eta squared": float(f.value / (f.value + n - 1)),
    }
    shown = {name: show(value) for name, value in numbers.items() if isinstance(value, float)}
    text = Text(
        f"由均值与 F 推得误差均方 {shown['MS_error']}、差值标准差 {shown['SD of a difference']}、"
        f"偏 η² {shown['partial eta squared']}。",
        f"Means and F imply MS_error {shown['MS_error']}, an SD of differences of {shown['SD of a difference']} and a "
        f"partial η² of {shown['partial eta squared']}.",
    )
    return [Finding("error-term", "derived", text, numbers=numbers)]


def derive_straight_lining(claim: Claim) -> list[Finding]:
    """Derive how many respondents must have given the same answer in every phase, if each phase is one item.

    Where the printed p needs a larger F, the bound under that F is told as well: one of the two is a misprint.
    """
    f, n = claim.statistic, claim.n
    if claim.items != 1 or n is None or f is None or f.relation != "=" or any(g.mean is None for g in claim.groups):
        return []
    bound = straight_lining_bound(_box(claim), n=n, f=f.bounds[0])
    if bound is None or not bound.identical:
        return []
    numbers: dict[str, Number] = {
        "identical": bound.identical,
        "different": bound.different_at_most,
        "share": bound.share,
    }
    zh = f"若每阶段只有一题，则 {n} 人中至少 {bound.identical} 人（{bound.share:.1%}）各题作答完全相同"
    en = f"If each phase is one item, at least {bound.identical} of {n} respondents ({bound.share:.1%}) gave identical "
    en += "answers"
    needed = _needed_f(claim, n)
    under_p = needed and straight_lining_bound(_box(claim), n=n, f=Fraction(needed.low))
    if needed and under_p:
        numbers |= {"identical under p": under_p.identical, "share under p": under_p.share}
        zh += f"；若 p 属实（F 须为 {show_range(needed)}），至少 {under_p.identical} 人（{under_p.share:.1%}）"
        en += f"; if the p is true (F {show_range(needed)}), at least {under_p.identical} ({under_p.share:.1%})"
    return [Finding("straight-lining", "derived", Text(f"{zh}。", f"{en}."), numbers=numbers)]


def _needed_f(claim: Claim, n: int) -> Interval | None:
    """The F that the printed p needs, where it lies above the printed one."""
    p, k = printed_p(claim), len(claim.groups)
    if p is None or claim.statistic is None or printed_interval(p).low <= 0:
        return None
    df = tuple(Interval(v, v) for v in (k - 1.0, (k - 1.0) * (n - 1)))
    needed = statistic_interval("F", printed_interval(p), df)
    return needed if needed.low > claim.statistic.interval().high else None
