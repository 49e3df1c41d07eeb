"""Check claims (核对论断): every test has its checks; the verdict is composed of what they find."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from jinghe.recalc.claim import Claim
from jinghe.recalc.comparison import check_comparison
from jinghe.recalc.decision import check_stars
from jinghe.recalc.description import check_binary, check_means, check_order, check_shares, check_sum
from jinghe.recalc.repetition import check_repetition
from jinghe.recalc.statistic import check_statistic
from jinghe.recalc.verdict import Finding, Verdict, compose

__all__ = ["check_claim", "check_claims"]

_Check = Callable[[Claim], list[Finding]]
_CHECKS: Mapping[str, tuple[_Check, ...]] = {
    **dict.fromkeys(("t", "F", "chi2", "r", "z"), (check_statistic, check_stars, check_means)),
    "t_ind": (check_comparison, check_stars, check_means),
    "f_rm": (check_repetition, check_stars, check_means),
    "means": (check_means,),
    "binary": (check_binary,),
    "order": (check_order,),
    "sum": (check_sum,),
    "share": (check_shares,),
}


def check_claim(claim: Claim) -> Verdict:
    """Recalculate one published result: does it agree with itself?

    >>> from jinghe.recalc.printed import read_printed as read
    >>> claim = Claim("demo", "F", statistic=read("2.35"), df=(read("2"), read("4810")), p=read("0.003"))
    >>> verdict = check_claim(claim)
    >>> verdict.status, verdict.decision_error
    ('inconsistent', True)
    """
    return compose(claim, [item for check in _CHECKS[claim.test] for item in check(claim)])


def check_claims(claims: Iterable[Claim]) -> tuple[Verdict, ...]:
    """Recalculate every claim, in order."""
    return tuple(check_claim(claim) for claim in claims)
