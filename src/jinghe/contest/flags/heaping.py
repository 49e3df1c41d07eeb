"""Round last digits (末位集中): 0 and 5 more often than chance gives, or last digits that are not evenly spread."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from jinghe.contest.chance import SIZE, find_chance, find_power
from jinghe.contest.digits import find_decimals, read_last_digit, read_last_digits
from jinghe.contest.flags.flag import Probe, Untested
from jinghe.contest.flags.scope import Scope
from jinghe.labels import Text

__all__ = ["find_digit_power", "find_digit_spread", "probe_heaping", "probe_rounding", "probe_spread"]

_FAIR, _SUSPECT = 0.2, 0.4  # share of 0 and 5 by chance, a share worth noticing
_FEW, _MANY = 8, 100  # least number of digits for the exact test and for χ²
_AGAINST = Text("真实占比为 40% 时", "a true share of 40 %")


def probe_heaping(scope: Scope) -> Iterator[Probe | Untested]:
    """Test each indicator and period: exact binomial of the last digits 0 and 5, one-sided.

    p = P(Bin(n, 0.2) ≥ k) over the contestants' figures (`read_last_digits`), n ≥ 8. effect = k/n − 0.2. With 11 cities
    the power is weak.
    """
    for name, period in scope.series:
        figures = scope.find_all(name, period)
        if figures:
            label = scope.label(name)
            yield _test(read_last_digits(figures), scope.superior, name, period, label)


def probe_rounding(scope: Scope) -> Iterator[Probe | Untested]:
    """Test each contestant over all its figures: exact binomial of the last digits 0 and 5, as `probe_heaping`."""
    digits = dict.fromkeys(scope.codes, "")
    for name in scope.indicators:
        items = [item for period in scope.history for item in scope.find_all(name, period)]
        decimals = find_decimals(items)
        for item in items:
            digits[item.jurisdiction] += read_last_digit(item, decimals=decimals)
    for code, found in digits.items():
        if found:
            label = Text(f"{scope.name(code).zh}各项数据", f"All figures of {scope.name(code).en}")
            yield _test(found, code, "", scope.span, label)


def _test(digits: str, code: str, name: str, period: str, label: Text) -> Probe | Untested:
    n, k = len(digits), sum(digit in "05" for digit in digits)
    if n < _FEW:
        reason = Text(
            f"三位以上的数只有 {n} 个，至少要 {_FEW} 个", f"{n} figures of three digits or more; {_FEW} are needed"
        )
        return Untested("digit-heaping", code, name, period, n, reason)
    chance = find_chance(n, k, share=_FAIR)
    evidence = Text(
        f"{period} {label.zh}：{n} 个数中 {k} 个末位为 0 或 5，纯属偶然的概率为 {chance:.2g}。也可能出于统一取整，请核"
        "对。",
        f"{label.en}, {period}: {k} of {n} figures end in 0 or 5; by chance with probability {chance:.2g}. "
        "A common rounding rule may explain it; please check.",
    )
    power = find_power(n, null=_FAIR, true=_SUSPECT)
    return Probe("digit-heaping", code, name, period, k / n - _FAIR, chance, n, power, evidence, _AGAINST)


def find_digit_spread(digits: str) -> tuple[float, float]:
    """Test last digits against an even spread: χ² = Σ (O − n/10)²/(n/10), 9 degrees of freedom.

    Returns:
        Cramér's V = √(χ²/9n), from 0 (even) to 1 (one digit only), and p.

    >>> find_digit_spread("0123456789" * 12)
    (0.0, 1.0)
    """
    from scipy.special import chdtrc

    n = len(digits)
    counts = np.array([digits.count(digit) for digit in "0123456789"])
    square = float(((counts - n / 10) ** 2).sum() * 10 / n)
    return float(np.sqrt(square / (9 * n))), float(chdtrc(9, square))


def find_digit_power(n: int) -> float:
    """Power of the χ² of last digits at n figures when 0 and 5 together have 40 %: noncentrality n/4, 9 df."""
    from scipy.special import chdtri, chndtr

    shares = np.array([_SUSPECT / 2] * 2 + [(1 - _SUSPECT) / 8] * 8)
    return 1 - float(chndtr(chdtri(9, SIZE), 9, n * 10 * ((shares - 0.1) ** 2).sum()))


def probe_spread(scope: Scope) -> Iterator[Probe | Untested]:
    """Test each indicator over all contestants and periods: are all last digits equally frequent? n ≥ 100."""
    for name in scope.indicators:
        digits = read_last_digits([item for period in scope.history for item in scope.find_all(name, period)])
        place, n, label = (scope.superior, name, scope.span), len(digits), scope.label(name)
        if n < _MANY:
            reason = Text(
                f"三位以上的数只有 {n} 个，至少要 {_MANY} 个",
                f"{n} figures of three digits or more; {_MANY} are needed",
            )
            yield Untested("digit-spread", *place, n, reason)
            continue
        effect, p = find_digit_spread(digits)
        often = max("0123456789", key=digits.count)
        evidence = Text(
            f"{scope.span} {label.zh}：{n} 个数的末位不均匀，{often} 出现 {digits.count(often)} 次（均匀时约 "
            f"{n / 10:.0f} 次）。请核对取整办法。",
            f"{label.en}, {scope.span}: the last digits of {n} figures are uneven; {often} stands "
            f"{digits.count(often)} times "
            f"(about {n / 10:.0f} if even). Please check how figures are rounded.",
        )
        yield Probe("digit-spread", *place, effect, p, n, find_digit_power(n), evidence, _AGAINST)
