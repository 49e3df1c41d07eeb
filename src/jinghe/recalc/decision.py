"""Significance: what p, stars and a recomputed p decide, and when they contradict each other (显著性与星号)."""

from __future__ import annotations

from fractions import Fraction

from jinghe.labels import Text
from jinghe.recalc.claim import Claim
from jinghe.recalc.printed import Interval, Printed
from jinghe.recalc.verdict import Finding
from jinghe.recalc.words import LINES, show, show_printed

__all__ = ["DEFAULT_LEVELS", "check_stars", "decision_line", "is_decision_error", "printed_p"]

DEFAULT_LEVELS = {"*": Fraction(1, 20), "**": Fraction(1, 100), "***": Fraction(1, 1000)}


def printed_p(claim: Claim) -> Printed | None:
    """Return the printed p; where there is none, what the stars say: `**` means p ≤ 0.01.

    >>> printed_p(Claim("c", "t", stars="**")).text
    '<=0.01'
    """
    if claim.p is not None or not claim.stars:
        return claim.p
    level = _level(claim, claim.stars)
    return Printed(f"<={float(level):g}", level, 3, "<=")


def is_decision_error(claim: Claim, recomputed: Interval) -> bool:
    """Tell whether every recomputed p lies on the other side of α than the printed one.

    As in statcheck a printed p equal to α counts as significant; `p < 0.10` decides nothing.
    """
    reported = _reported(claim)
    if reported is None:
        return False
    alpha = float(claim.alpha)
    return recomputed.low > alpha if reported else recomputed.high <= alpha


def decision_line(claim: Claim, recomputed: Interval) -> Text:
    """Say in a sentence whether the decision on significance is reversed; empty when it cannot be told."""
    if is_decision_error(claim, recomputed):
        return LINES["decision"]
    straddles = recomputed.low <= float(claim.alpha) < recomputed.high
    return Text("", "") if straddles or _reported(claim) is None else LINES["no-decision"]


def _reported(claim: Claim) -> bool | None:
    p = printed_p(claim)
    if p is None:
        return False if claim.stars == "" else None
    if p.relation == "=":
        return p.value <= claim.alpha
    if p.relation.startswith("<"):
        return True if p.value <= claim.alpha else None
    return False if p.value >= claim.alpha else None


def check_stars(claim: Claim) -> list[Finding]:
    """Compare the stars with the printed p: at most the level of these stars, above that of the next.

    The lower end is held against the row only where the note of the table prints the next level itself.
    """
    if claim.stars is None or claim.p is None:
        return []
    p = claim.p.interval()
    high = _level(claim, claim.stars) if claim.stars else None
    follow = _next_level(claim)
    too_large = high is not None and p.low > float(high)
    too_small = follow is not None and p.high < float(follow)
    values = (show_printed(claim.p, "p"), claim.stars)
    if too_large or too_small:
        found, text = "inconsistent", _stars_text(*values, high if too_large else follow, too_large=too_large)
    else:
        found, text = "consistent", _stars_agree(*values)
    alpha = claim.alpha
    false_stars = too_large and high is not None and high <= alpha and p.low > float(alpha)
    return [Finding("stars", found, text, decision_error=false_stars or (too_small and not claim.stars))]


def _level(claim: Claim, stars: str) -> Fraction:
    return claim.levels.get(stars) or DEFAULT_LEVELS.get(stars) or claim.alpha


def _next_level(claim: Claim) -> Fraction | None:
    """The level that would have earned more stars."""
    assert claim.stars is not None
    more = "*" * (len(claim.stars) + 1)
    return claim.levels.get(more) or (claim.alpha if not claim.stars and not claim.levels else None)


def _stars_text(p: str, stars: str, level: Fraction | None, *, too_large: bool) -> Text:
    limit = show(float(level or 0))
    if too_large:
        return Text(f"{p} 不配“{stars}”（须不大于 {limit}）。", f"{p} does not earn “{stars}” (at most {limit}).")
    mark_zh, mark_en = (f"“{stars}”", f"“{stars}”") if stars else ("不标星号", "no star")
    return Text(f"{p} 小于 {limit}，却{'只标' if stars else ''}{mark_zh}。", f"{p} is below {limit} but has {mark_en}.")


def _stars_agree(p: str, stars: str) -> Text:
    if stars:
        return Text(f"{p} 与“{stars}”相符。", f"{p} agrees with “{stars}”.")
    return Text(f"{p} 与不标星号相符。", f"{p} agrees with having no star.")
