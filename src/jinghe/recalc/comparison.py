"""Check a comparison of two groups: means, SDs, ns, t and p together, test unknown (两组比较的联合检验)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from jinghe.labels import Text
from jinghe.recalc.claim import Claim
from jinghe.recalc.decision import decision_line, is_decision_error, printed_p
from jinghe.recalc.distribution import p_interval
from jinghe.recalc.hypothesis import Hypothesis, df_allowed, hypotheses
from jinghe.recalc.printed import Interval
from jinghe.recalc.statistic import degrees, size_interval
from jinghe.recalc.two_groups import PROCEDURES
from jinghe.recalc.verdict import Finding, Number
from jinghe.recalc.words import list_names, show_printed, show_range

__all__ = ["check_comparison"]


def check_comparison(claim: Claim) -> list[Finding]:
    """Check what is printed about two groups, pair by pair and all together.

    Findings: `t-p`, `means-t`, `means-p` and `joint`, each consistent (Student and Welch), conditional (one of them, or
    one-sided only) or inconsistent (none).
    """
    if any(group.n is None for group in claim.groups) or (claim.statistic is None and printed_p(claim) is None):
        text = Text(
            "缺少样本量，或既无 t 值又无 p 值，无法检验。", "Cannot be tested: sizes, or both t and p, are missing."
        )
        return [Finding("joint", "untestable", text)]
    tried = hypotheses(claim)
    found = _check_df(claim)
    if any(item.status == "inconsistent" for item in found):
        return found
    p, known = printed_p(claim), tried[0].range is not None
    checks = [
        ("t-p", "t_p", claim.statistic is not None and p is not None),
        ("means-t", "means_t", known and claim.statistic is not None),
        ("means-p", "means_p", known and p is not None),
    ]
    found += [_finding(claim, name, slot, tried) for name, slot, made in checks if made]
    if known and not any(item.status == "inconsistent" for item in found):
        found.append(_finding(claim, "joint", "joint", tried))
    return found


def _check_df(claim: Claim) -> list[Finding]:
    """A printed df tells the procedures apart."""
    printed = degrees(claim)
    ranges = [(name, df_allowed(claim, name)) for name in PROCEDURES]
    if not printed:
        return []
    names = [name for name, allowed in ranges if allowed.meet(printed[0])]
    shown, allowed_zh = show_range(printed[0]), "、".join(show_range(allowed) for _, allowed in ranges)
    if names:
        which = list_names(names)
        text = Text(f"自由度 {shown} 属于{which.zh}。", f"The df of {shown} belong to {which.en}.")
        return [Finding("df", "consistent", text)]
    text = Text(
        f"自由度 {shown} 不可能：Student 与 Welch 检验分别要求 {allowed_zh}。",
        f"The df of {shown} are impossible: Student and Welch need {allowed_zh.replace('、', ' and ')}.",
    )
    return [Finding("df", "inconsistent", text)]


def _finding(claim: Claim, check: str, slot: str, tried: Sequence[Hypothesis]) -> Finding:
    possible = [item for item in tried if getattr(item, slot) is not None]
    plain = [item for item in possible if not item.name.endswith("one-sided") or claim.tails == 1]
    status = "consistent" if len(plain) == len(PROCEDURES) else "conditional" if possible else "inconsistent"
    numbers = _numbers(check, slot, tried)
    if possible:
        return Finding(check, status, _possible_text(claim, check, slot, plain or possible, status), numbers=numbers)
    recomputed = _recomputed(claim, check, tried)
    text = _REASONS[check](claim, tried)
    end = decision_line(claim, recomputed)
    both = Text(f"{text.zh}{end.zh}", f"{text.en} {end.en}".rstrip())
    return Finding(check, status, both, is_decision_error(claim, recomputed), numbers | {"p": recomputed})


def _numbers(check: str, slot: str, tried: Sequence[Hypothesis]) -> dict[str, Number]:
    found: dict[str, Number] = {}
    for item in tried:
        if (value := getattr(item, slot)) is not None:
            found[f"{item.name} {check}"] = value
        if item.range and check.startswith("means"):
            found |= {
                f"{item.name} t": item.range.t,
                f"{item.name} p": item.range.p,
                f"{item.name} point": item.range.point[0],
            }
        if item.needed and check.endswith("-p"):
            found[f"{item.name} needed"] = item.needed
        found[f"{item.name} df"] = item.df
    return found


def _recomputed(claim: Claim, check: str, tried: Sequence[Hypothesis]) -> Interval:
    """The p that the printed t, or the means and SDs, allow under any procedure; half of it when one-sided."""
    found = []
    for item in tried:
        if check == "t-p" and claim.statistic:
            found.append(p_interval("t", size_interval(claim.statistic), (item.df,)))
        elif item.range:
            found.append(item.range.p)
    whole = found[0]
    for more in found[1:]:
        whole = whole.join(more)
    return Interval(whole.low / 2, whole.high / 2) if claim.tails == 1 else whole


def _possible_text(claim: Claim, check: str, slot: str, possible: Sequence[Hypothesis], status: str) -> Text:
    zh, en = _SUBJECTS[check](claim)
    names = list_names(item.name for item in possible)
    where = [show_range(getattr(item, slot)) for item in possible]
    if status == "consistent":
        ranges_zh = "、".join(
            f"{list_names([item.name]).zh} |t|∈{show_range(getattr(item, slot))}" for item in possible
        )
        ranges_en = ", ".join(
            f"{list_names([item.name]).en}: |t| in {show_range(getattr(item, slot))}" for item in possible
        )
        return Text(f"{zh}相容（{ranges_zh}）。", f"{en} agree ({ranges_en}).")
    return Text(
        f"{zh}只有用 {names.zh}才相容，且 |t| 须在 {'；'.join(where)} 之内。",
        f"{en} agree only under {names.en}, with |t| in {' or '.join(where)}.",
    )


def _said(claim: Claim) -> tuple[str, str]:
    p = printed_p(claim)
    return show_printed(claim.statistic, "t") if claim.statistic else "t", show_printed(p, "p") if p else "p"


_SUBJECTS: Mapping[str, Callable[[Claim], tuple[str, str]]] = {
    "t-p": lambda claim: (" 与 ".join(_said(claim)) + " ", " and ".join(_said(claim))),
    "means-t": lambda claim: (f"均值、标准差与 {_said(claim)[0]} ", f"Means, SDs and {_said(claim)[0]}"),
    "means-p": lambda claim: (f"均值、标准差与 {_said(claim)[1]} ", f"Means, SDs and {_said(claim)[1]}"),
    "joint": lambda claim: (
        f"均值、标准差与 {'、'.join(_printed(claim))} ",
        f"Means, SDs, {' and '.join(_printed(claim))}",
    ),
}


def _printed(claim: Claim) -> list[str]:
    t, p = _said(claim)
    return [t] * (claim.statistic is not None) + [p] * (p != "p")


def _t_p_reason(claim: Claim, tried: Sequence[Hypothesis]) -> Text:
    t, p = _said(claim)
    found = show_range(_recomputed(claim, "t-p", tried))
    needed = [item.needed for item in tried if item.needed]
    wanted = show_range(needed[0].join(needed[-1]))
    return Text(
        f"由 {t} 得 p 为 {found}，与 {p} 矛盾；该 p 要求 |t| 为 {wanted}。",
        f"{t} gives p {found}, which contradicts {p}; that p needs |t| {wanted}.",
    )


def _means_t_reason(claim: Claim, tried: Sequence[Hypothesis]) -> Text:
    zh, en = _ranges(tried)
    t = _said(claim)[0]
    return Text(f"按均值与标准差，t 只能为 {zh}，与 {t} 矛盾。", f"Means and SDs allow t {en}, which contradicts {t}.")


def _means_p_reason(claim: Claim, tried: Sequence[Hypothesis]) -> Text:
    found, p = show_range(_recomputed(claim, "means-p", tried)), _said(claim)[1]
    return Text(
        f"按均值与标准差，p 只能为 {found}，与 {p} 矛盾。", f"Means and SDs allow p {found}, which contradicts {p}."
    )


def _joint_reason(claim: Claim, tried: Sequence[Hypothesis]) -> Text:
    zh, en = _ranges(tried)
    both_zh, both_en = "、".join(_printed(claim)), " and ".join(_printed(claim))
    return Text(
        f"{both_zh} 与均值、标准差两两相容，但没有一种检验能同时给出（按均值与标准差，t 为 {zh}）。",
        f"{both_en} agree with means and SDs pair by pair, but no one test gives all (means and SDs allow t {en}).",
    )


def _ranges(tried: Sequence[Hypothesis]) -> tuple[str, str]:
    known = [item for item in tried if item.range]
    zh = [f"{show_range(item.range.t)}（{list_names([item.name]).zh}）" for item in known if item.range]
    en = [f"{show_range(item.range.t)} ({list_names([item.name]).en})" for item in known if item.range]
    return "或".join(zh), " or ".join(en)


_REASONS: Mapping[str, Callable[[Claim, Sequence[Hypothesis]], Text]] = {
    "t-p": _t_p_reason,
    "means-t": _means_t_reason,
    "means-p": _means_p_reason,
    "joint": _joint_reason,
}
