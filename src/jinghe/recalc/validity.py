"""What can be read in a claim but makes no sense (取值的合理性)."""

from __future__ import annotations

from jinghe.errors import Problem, problem
from jinghe.recalc.claim import STATISTICS, Claim

__all__ = ["check_values"]


def check_values(claim: Claim, *, at: str = "") -> list[Problem]:
    """List what can be read but makes no sense: small n, SD below 0 or without n, F < 0, |r| > 1, few groups.

    >>> [item.code for item in check_values(Claim("c", "f_rm", n=1))]
    ['claim-groups', 'claim-n-small']
    """
    found = [*_check_size(claim, f"{at}.reported"), *_check_groups(claim, at)]
    for k, group in enumerate(claim.groups):
        path = f"{at}.groups[{k}]"
        if group.sd is not None and group.sd.value < 0:
            found.append(problem("claim-sd-negative", f"{path}.sd", found=group.sd.text))
        if group.sd is not None and group.n is None:
            found.append(problem("claim-sd-homeless", f"{path}.sd", found=group.sd.text))
        if group.n is not None and group.n < (2 if group.sd else 1):
            found.append(problem("claim-n-small", f"{path}.n", found=group.n))
        if group.share is not None and not 0 <= group.share.value <= 1:
            found.append(problem("share-range", f"{path}.share", found=group.share.text))
    if claim.items == 0:
        found.append(problem("claim-n-small", f"{at}.claim.items", found=0))
    if claim.n is not None and claim.n < (2 if claim.test == "f_rm" else 1):
        found.append(problem("claim-n-small", f"{at}.claim.n", found=claim.n))
    return found


def _check_size(claim: Claim, at: str) -> list[Problem]:
    name, value = STATISTICS.get(claim.test, ""), claim.statistic
    if value is None:
        return []
    if (name in {"F", "chi2"} and value.value < 0) or (name == "r" and abs(value.value) > 1):
        return [problem("claim-statistic-range", f"{at}.{name}", found=value.text, name=name)]
    return []


def _check_groups(claim: Claim, at: str) -> list[Problem]:
    fewest = {"t_ind": 2, "f_rm": 2, "means": 1, "binary": 1, "order": 2, "sum": 1, "share": 1}.get(claim.test, 0)
    if len(claim.groups) < fewest or (claim.test == "t_ind" and len(claim.groups) > fewest):
        return [problem("claim-groups", f"{at}.groups", found=len(claim.groups), expected=fewest)]
    return []
