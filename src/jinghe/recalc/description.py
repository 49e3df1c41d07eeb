"""Check what is printed beside a test: means, SDs, shares, totals, order (描述统计)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from jinghe.labels import LANGUAGES, Text
from jinghe.recalc.claim import Claim, Group
from jinghe.recalc.counts import top_box_range
from jinghe.recalc.grim import debit, grim, grimmer, sd_range, smallest_n
from jinghe.recalc.printed import Interval
from jinghe.recalc.two_groups import mean_interval
from jinghe.recalc.verdict import Finding, Number
from jinghe.recalc.words import show_range

__all__ = ["check_binary", "check_means", "check_order", "check_shares", "check_sum", "wilson_interval"]

_WIDEST, _MOST_SUMS = 20, 300  # beyond these the programme grows slow and its answer says nothing


def check_means(claim: Claim) -> list[Finding]:
    """Check each printed mean and SD: inside the scale, GRIM, GRIMMER, and the SDs that the scale allows."""
    found = [item for group in claim.groups for item in (*_check_mean(claim, group), *_check_sd(claim, group))]
    if unknown := [group for group in claim.groups if group.mean and not _is_known(claim, group)]:
        found.append(_unknown_means(claim, unknown))
    return found + [item for group in claim.groups if claim.top_box for item in _derive_top_box(claim, group)]


def _size(claim: Claim, group: Group) -> int | None:
    return group.n or (claim.n if claim.test == "f_rm" else None)


def _is_known(claim: Claim, group: Group) -> bool:
    """Whether enough is known of a mean to test it."""
    return (_size(claim, group) is not None and claim.items is not None) or _is_outside(claim, group)


def _is_outside(claim: Claim, group: Group) -> bool:
    return bool(claim.scale) and not Interval(*map(float, claim.scale or ())).meet(mean_interval(group, items=None))


def _check_mean(claim: Claim, group: Group) -> list[Finding]:
    mean, check, n = group.mean, f"mean {group.name.zh}", _size(claim, group)
    if mean is None or not _is_known(claim, group):
        return []
    if claim.scale and _is_outside(claim, group):
        low, high = claim.scale
        text = Text(
            f"{group.name.zh}的均值 {mean.text} 超出量表范围 {low}–{high}。",
            f"{group.name.en}: the mean {mean.text} lies outside the scale {low}–{high}.",
        )
        return [Finding(check, "inconsistent", text)]
    return [_grim_finding(check, group, n or 0, claim.items or 1)]


def _unknown_means(claim: Claim, groups: Sequence[Group]) -> Finding:
    """All means that cannot be tested, in one sentence, with the smallest samples that whole numbers would need."""
    sized = all(_size(claim, group) for group in groups)
    zh, en = (
        ("未说明是否为整数作答", "answers may not be whole numbers")
        if sized
        else ("未印样本量", "their sizes are not printed")
    )
    named = [(group, group.mean) for group in groups if group.mean and not _size(claim, group)]
    tried = [(group, smallest_n(mean, items=claim.items or 1, most=10**mean.decimals)) for group, mean in named]
    least = [(group, n) for group, n in tried if n and n > 1]
    listed_zh, listed_en = (
        "、".join(f"{g.name.zh} {n}" for g, n in least),
        ", ".join(f"{g.name.en} {n}" for g, n in least),
    )
    text = Text(
        f"均值无法检验：{zh}。" + (f"若为整数作答，样本量至少为：{listed_zh}。" if least else ""),
        f"The means cannot be tested: {en}." + (f" Of whole numbers they need at least: {listed_en}." if least else ""),
    )
    return Finding("means", "untestable", text, numbers={f"smallest n {group.name.zh}": n for group, n in least})


def _grim_finding(check: str, group: Group, n: int, items: int) -> Finding:
    assert group.mean is not None
    found, said = grim(group.mean, n, items), f"{group.mean.text} (n={n})"
    if not found.feasible:
        text = Text(
            f"{group.name.zh}的均值 {said} 不可能：没有整数总和能得出它（GRIM）。",
            f"{group.name.en}: the mean {said} is impossible; no sum of whole numbers gives it (GRIM).",
        )
        return Finding(check, "inconsistent", text)
    first, last = found.sums[0], found.sums[-1]
    numbers: dict[str, Number] = {"sums": Interval(first, last), "vacuous": int(found.vacuous), "ties": int(found.ties)}
    sums = str(first) if first == last else f"{first}–{last}"
    note = Text("，样本大，此项不具鉴别力", "; vacuous at this size") if found.vacuous else Text("", "")
    text = Text(
        f"{group.name.zh}的均值 {said} 可能：总和 {sums}（GRIM{note.zh}）。",
        f"{group.name.en}: the mean {said} is possible with a sum of {sums} (GRIM{note.en}).",
    )
    return Finding(check, "consistent", text, numbers=numbers)


def _check_sd(claim: Claim, group: Group) -> list[Finding]:
    """GRIMMER and the range of the SD; what follows from an impossible mean is not told twice."""
    n, mean, sd, check = group.n, group.mean, group.sd, f"sd {group.name.zh}"
    if (
        n is None
        or mean is None
        or sd is None
        or claim.items is None
        or n < 2
        or not grim(mean, n, claim.items).feasible
    ):
        return []
    bounds = sd_range(mean, n, claim.scale, items=claim.items) if claim.scale else None
    said, numbers = f"{sd.text} (n={n}, M={mean.text})", {"sd range": bounds} if bounds else {}
    if bounds and not bounds.meet(sd.interval()):
        allowed = show_range(bounds)
        text = Text(
            f"{group.name.zh}的标准差 {said} 不可能：这一量表上须在 {allowed} 之内。",
            f"{group.name.en}: the SD {said} is impossible; on this scale it lies in {allowed}.",
        )
        return [Finding(check, "inconsistent", text, numbers=numbers)]
    squares = grimmer(mean, sd, n, claim.items, claim.scale)
    if not squares.feasible:
        text = Text(
            f"{group.name.zh}的标准差 {said} 不可能：没有整数平方和能得出它（GRIMMER）。",
            f"{group.name.en}: the SD {said} is impossible; no sum of squares of whole numbers gives it (GRIMMER).",
        )
        return [Finding(check, "inconsistent", text, numbers=numbers)]
    counts = [count for _, count in squares.squares if count]
    whole = numbers | {"squares per sum": Interval(min(counts), max(counts))}
    text = Text(
        f"{group.name.zh}的标准差 {said} 可能（GRIMMER）。", f"{group.name.en}: the SD {said} is possible (GRIMMER)."
    )
    return [Finding(check, "consistent", text, numbers=whole)]


def _derive_top_box(claim: Claim, group: Group) -> list[Finding]:
    """The range of the share of the top answer; for single items only."""
    if claim.items != 1 or not (group.n and group.mean and group.sd and claim.scale):
        return []
    if claim.scale[1] - claim.scale[0] > _WIDEST or grim(group.mean, group.n).sums[_MOST_SUMS:]:
        return []
    found = top_box_range(group.mean, group.sd, group.n, claim.scale)
    check, top = f"top box {group.name.zh}", claim.scale[1]
    if found is None:
        text = Text(
            f"{group.name.zh}：没有一种作答分布有此均值与标准差。",
            f"{group.name.en}: no distribution of answers has this mean and SD.",
        )
        return [Finding(check, "inconsistent", text)]
    text = Text(
        f"{group.name.zh}选“{top}”者占 {found.low:.1%} 至 {found.high:.1%}。",
        f"{group.name.en}: between {found.low:.1%} and {found.high:.1%} chose “{top}”.",
    )
    return [Finding(check, "derived", text, numbers={"share": found})]


def check_binary(claim: Claim) -> list[Finding]:
    """Check the mean and SD of a binary variable (DEBIT)."""
    found = []
    for group in claim.groups:
        if group.n is None or group.mean is None or group.sd is None:
            text = Text(
                f"{group.name.zh}缺少样本量或标准差，无法检验。",
                f"{group.name.en} cannot be tested: n or SD is missing.",
            )
            found.append(Finding(f"debit {group.name.zh}", "untestable", text))
            continue
        fit = debit(group.mean, group.sd, group.n)
        said = f"M={group.mean.text}, SD={group.sd.text}, n={group.n}"
        zh, en = ("相容", "agree") if fit else ("矛盾", "contradict each other")
        text = Text(f"{group.name.zh}：{said} {zh}（DEBIT）。", f"{group.name.en}: {said} {en} (DEBIT).")
        found.append(Finding(f"debit {group.name.zh}", "consistent" if fit else "inconsistent", text))
    return found


def check_order(claim: Claim) -> list[Finding]:
    """Check that the printed means stand in the order that the text claims."""
    groups = claim.groups if claim.order == "falling" else claim.groups[::-1]
    means = [(group, group.mean.interval()) for group in groups if group.mean]
    for (above, high), (below, low) in pairwise(means):
        if high.high < low.low and above.mean and below.mean:
            zh, en = (
                f"{above.name.get(lang)} {above.mean.text} < {below.name.get(lang)} {below.mean.text}"
                for lang in LANGUAGES
            )
            return [Finding("order", "inconsistent", Text(f"所述次序不符：{zh}。", f"Not in the order claimed: {en}."))]
    zh, en = (" > ".join(f"{g.name.get(lang)} {g.mean.text}" for g, _ in means if g.mean) for lang in LANGUAGES)
    text = Text(f"均值次序与所述一致：{zh}。", f"The means stand in the order claimed: {en}.")
    return [Finding("order", "consistent", text)]


def check_sum(claim: Claim) -> list[Finding]:
    """Check that group sizes add up to the printed total."""
    sizes = [group.n for group in claim.groups]
    if claim.n is None or any(n is None for n in sizes):
        return [Finding("sum", "untestable", Text("样本量不全，无法核对。", "Cannot be tested: a size is missing."))]
    total = sum(n for n in sizes if n is not None)
    said = " + ".join(map(str, sizes))
    if total == claim.n:
        return [
            Finding(
                "sum", "consistent", Text(f"{said} = {total}，与总数相符。", f"{said} = {total}, the printed total.")
            )
        ]
    text = Text(f"{said} = {total}，与总数 {claim.n} 不符。", f"{said} = {total}, not the printed total of {claim.n}.")
    return [Finding("sum", "inconsistent", text)]


def check_shares(claim: Claim) -> list[Finding]:
    """Check that each percentage is that of a whole number of n cases, and give its 95 % interval (Wilson)."""
    found = []
    for group in claim.groups:
        n, share = group.n or claim.n, group.share
        if n is None or share is None:
            text = Text(
                f"{group.name.zh}缺少基数，无法检验。", f"{group.name.en} cannot be tested: its base is not printed."
            )
            found.append(Finding(f"share {group.name.zh}", "untestable", text))
            continue
        counts = grim(share, n).sums
        found.append(_share_finding(group, range(max(0, counts.start), min(n + 1, counts.stop)), n))
    return found


def _share_finding(group: Group, counts: range, n: int) -> Finding:
    assert group.share is not None
    check = f"share {group.name.zh}"
    if not counts:
        text = Text(
            f"{group.name.zh} {group.share.text} 不可能：{n} 人中没有整数人数能得出它。",
            f"{group.name.en}: {group.share.text} is impossible; no whole number of {n} gives it.",
        )
        return Finding(check, "inconsistent", text)
    spread = wilson_interval(float(group.share.value), n)
    numbers: dict[str, Number] = {"counts": Interval(counts[0], counts[-1]), "wilson": spread}
    text = Text(
        f"{group.name.zh} {group.share.text} 相当于 {n} 人中的 {counts[0]}–{counts[-1]} 人。",
        f"{group.name.en}: {group.share.text} is {counts[0]} to {counts[-1]} of {n}.",
    )
    return Finding(check, "consistent", text, numbers=numbers)


def wilson_interval(share: float, n: int, *, z: float = 1.959963984540054) -> Interval:
    """Return the Wilson interval of a share: (p + z²/2n ± z√(p(1−p)/n + z²/4n²)) / (1 + z²/n).

    >>> wilson_interval(0.92, 2406)  # doctest: +ELLIPSIS
    Interval(low=0.90..., high=0.930...)
    """
    centre, half = share + z * z / (2 * n), z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    whole = 1 + z * z / n
    return Interval((centre - half) / whole, (centre + half) / whole)
