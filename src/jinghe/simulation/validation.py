"""Check the simulator against closed forms (模型自检): simulated beside exact, off by so many Monte-Carlo errors."""

from __future__ import annotations

from jinghe.simulation.checking import Check
from jinghe.simulation.checks_contest import check_contests
from jinghe.simulation.checks_effort import check_efforts
from jinghe.simulation.checks_laws import check_laws
from jinghe.simulation.checks_years import check_years

__all__ = ["validate"]


def validate(*, seed: int = 7, replications: int = 400) -> tuple[Check, ...]:
    """Run the simulator of the product on its special cases and compare with the closed forms.

    Where nothing is random, to 1e-8 (to the grid where a threshold is searched for); where it is, within four
    standard errors.

    Args:
        seed: of the draws.
        replications: independent runs behind each row that is random, at least 2.
    Returns:
        Every row of the acceptance table: LR2, LRn, ZHOU, TUL, TULh, CS, TEAM, SHARE, SPLIT, HM, BAKER, HOLM,
        HELP, SAB, NEUT, JOIN, PGG, REP, TRUST, STD, BASS, TEN, TIP, BAL, PERM, SCALE, SEED, some of them several times.
    Source: reference table of acceptance tests, §4.6.
    """
    parts = (check_contests, check_efforts, check_years, check_laws)
    return tuple(check for part in parts for check in part(seed=seed, replications=replications))
