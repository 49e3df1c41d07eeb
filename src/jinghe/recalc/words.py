"""How numbers stand in the reasons (数字的写法): enough digits to follow the argument, no more."""

from __future__ import annotations

import math
from collections.abc import Iterable

from jinghe.labels import Text
from jinghe.recalc.printed import Interval, Printed

__all__ = ["LINES", "PROCEDURE_NAMES", "list_names", "show", "show_printed", "show_range"]

PROCEDURE_NAMES = {
    "student": Text("Student t 检验（方差相等）", "Student's t"),
    "welch": Text("Welch t 检验（方差不等）", "Welch's t"),
    "student one-sided": Text("单侧 Student t 检验", "a one-sided Student t"),
    "welch one-sided": Text("单侧 Welch t 检验", "a one-sided Welch t"),
    "one-sided": Text("单侧检验", "a one-sided test"),
    "sphericity": Text("球形假设", "sphericity"),
    "greenhouse-geisser": Text("Greenhouse–Geisser 校正", "a Greenhouse–Geisser correction"),
    "multivariate": Text("多元检验", "the multivariate test"),
    "between": Text("误作独立样本的方差分析", "an ANOVA that takes the phases for different people"),
}
# Shared endings of reasons.
LINES = {
    "decision": Text("显著性结论因此颠倒。", "This reverses the decision on significance."),
    "no-decision": Text("显著性结论不受影响。", "The decision on significance stands."),
}


def show(value: float) -> str:
    """Show a computed number with four decimals, a very small one with two digits.

    >>> show(0.09547), show(0.0000123), show(2404), show(float("inf"))
    ('0.0955', '1.2e-05', '2404', '∞')
    """
    if math.isinf(value):
        return "∞" if value > 0 else "-∞"
    if value == int(value) and abs(value) < 1e9:
        return str(int(value))
    if 0 < abs(value) < 1e-3:
        return f"{value:.2g}"
    return f"{value:.4f}" if abs(value) < 100 else f"{value:.1f}"


def show_range(value: Interval) -> str:
    """Show an interval; one number when its ends show the same.

    >>> show_range(Interval(1.495, 1.49776)), show_range(Interval(2404, 2404))
    ('[1.4950, 1.4978]', '2404')
    """
    low, high = show(value.low), show(value.high)
    return low if low == high else f"[{low}, {high}]"


def show_printed(value: Printed, name: str) -> str:
    """Show a printed number as it stands.

    >>> from jinghe.recalc.printed import read_printed
    >>> show_printed(read_printed("0.990"), "p"), show_printed(read_printed("<.05"), "p")
    ('p=0.990', 'p<.05')
    """
    return name + value.text if value.text[0] in "<>≤≥=" else f"{name}={value.text}"


def list_names(names: Iterable[str]) -> Text:
    """Name procedures in both languages."""
    found = [PROCEDURE_NAMES[name] for name in names]
    return Text("、".join(item.zh for item in found), " or ".join(item.en for item in found))
