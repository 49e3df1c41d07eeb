"""Sharing what does not suffice (破产与索求问题): an estate E below the sum of the claims d."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import numpy as np

from jinghe.errors import DataError, Problem, problem
from jinghe.games.game import Floats, Game, read_vector, sum_members
from jinghe.games.shapley import shapley
from jinghe.labels import Text

__all__ = [
    "CLAIMS_RULES",
    "ClaimsRule",
    "equal_awards",
    "equal_losses",
    "find_dual",
    "make_bankruptcy",
    "proportional_awards",
    "random_arrival",
    "talmud",
]


def _read_claims(claims: Sequence[float], estate: float) -> tuple[Floats, float]:
    due = read_vector(claims, path="claims", n=max(len(claims), 1))
    amount = float(read_vector([estate], path="estate", n=1)[0])
    faults: list[Problem] = [
        problem("claim-negative", f"claims[{i}]", found=f"{x:g}") for i, x in enumerate(due) if x < 0
    ]
    if amount < 0:
        faults.append(problem("claim-negative", "estate", found=f"{amount:g}"))
    elif amount > due.sum() * (1 + 1e-12):
        faults.append(problem("claims-below-estate", "claims", sum=f"{due.sum():.9g}", estate=f"{amount:.9g}"))
    if faults:
        raise DataError(faults)
    return due, min(amount, float(due.sum()))


def proportional_awards(claims: Sequence[float], *, estate: float) -> Floats:
    """Award in proportion to the claims, x_i = E · d_i / D (按比例清偿, PRO).

    Args:
        claims: n claims d_i ≥ 0 in one unit, D their sum.
        estate: what there is, 0 ≤ E ≤ D, in the same unit.
    Returns:
        (n,) awards between 0 and the claims, summing to E.
    Raises:
        DataError: there is no claim, a claim or the estate is negative or not finite, or the claims sum to less.

    >>> proportional_awards([100, 300], estate=100).tolist()
    [25.0, 75.0]
    """
    due, amount = _read_claims(claims, estate)
    return due * (amount / due.sum()) if amount > 0 else np.zeros(due.size)


def equal_awards(claims: Sequence[float], *, estate: float) -> Floats:
    """Award the same to all, nobody more than his claim, x_i = min(d_i, λ) (受限等额, CEA).

    Arguments, result and errors as for `proportional_awards`; λ makes the awards sum to E.

    >>> equal_awards([100, 200, 300], estate=450).tolist()
    [100.0, 175.0, 175.0]
    """
    due, amount = _read_claims(claims, estate)
    return _cap(due, amount)


def _cap(due: Floats, amount: float) -> Floats:
    """Fill equally from below: the smallest claims are met while an equal part of the rest exceeds them."""
    awards = np.empty(due.size)
    for met, i in enumerate(np.argsort(due, kind="stable").tolist()):
        awards[i] = min(due[i], amount / (due.size - met))
        amount -= awards[i]
    return awards


def equal_losses(claims: Sequence[float], *, estate: float) -> Floats:
    """Let all lose the same, nobody more than his claim, x_i = max(0, d_i − λ) (受限等损, CEL).

    Arguments, result and errors as for `proportional_awards`; λ makes the awards sum to E.

    >>> equal_losses([100, 200, 300], estate=300).tolist()
    [0.0, 100.0, 200.0]
    """
    due, amount = _read_claims(claims, estate)
    return due - _cap(due, float(due.sum()) - amount)


def talmud(claims: Sequence[float], *, estate: float) -> Floats:
    """Award equally up to half the claims, then let the losses be equal (塔木德规则).

    CEA on d/2 when E ≤ D/2, else d less CEA on d/2 of the loss D − E: the nucleolus of `make_bankruptcy`. Arguments,
    result and errors as for `proportional_awards`.

    Source: Aumann and Maschler, Game Theoretic Analysis of a Bankruptcy Problem from the Talmud (1985).

    >>> talmud([100, 200, 300], estate=200).tolist()
    [50.0, 75.0, 75.0]
    """
    due, amount = _read_claims(claims, estate)
    half = float(due.sum()) / 2
    return _cap(due / 2, amount) if amount <= half else due - _cap(due / 2, 2 * half - amount)


def random_arrival(claims: Sequence[float], *, estate: float) -> Floats:
    """Pay claims in full in order of arrival and average over all orders (随机到达规则, RA).

    The Shapley value of `make_bankruptcy`, hence at most 20 claims. Arguments, result and errors as for
    `proportional_awards`.

    Source: O'Neill, A Problem of Rights Arbitration from the Talmud (1982).

    >>> random_arrival([100, 200], estate=100).tolist()
    [50.0, 50.0]
    """
    due, amount = _read_claims(claims, estate)
    if due.size == 1:
        return np.array([amount])
    return shapley(make_bankruptcy(due.tolist(), estate=amount))


def make_bankruptcy(claims: Sequence[float], *, estate: float, parties: Sequence[str] = ()) -> Game:
    """Make the game of what each coalition gets after all others are paid (破产博弈).

    v(S) = max(0, E − d(N∖S)).

    Args:
        claims: n claims, 2 ≤ n ≤ 20.
        estate: what there is, 0 ≤ E ≤ D.
        parties: identifiers of the claimants; 1, 2, 3 … when left out.
    Raises:
        DataError: as for `proportional_awards`, or the claimants are no parties of a game.
    Source: O'Neill (1982).

    >>> make_bankruptcy([100, 200], estate=150).values.tolist()
    [0.0, 0.0, 50.0, 150.0]
    """
    due, amount = _read_claims(claims, estate)
    named = tuple(parties) or tuple(str(i) for i in range(1, due.size + 1))
    if len(named) != due.size:
        raise DataError([problem("game-length", "claims", found=due.size, expected=len(named))])
    owed = sum_members(due) if due.size <= 20 else np.zeros(1)
    values = np.maximum(0.0, amount - owed[::-1])
    values[0] = 0.0
    return Game(named, values)


ClaimsRule = Callable[..., Floats]

CLAIMS_RULES: Mapping[str, tuple[Text, ClaimsRule]] = MappingProxyType(
    {
        "PRO": (Text("按比例", "Proportional"), proportional_awards),
        "CEA": (Text("受限等额", "Constrained equal awards"), equal_awards),
        "CEL": (Text("受限等损", "Constrained equal losses"), equal_losses),
        "TAL": (Text("塔木德规则", "Talmud"), talmud),
        "RA": (Text("随机到达", "Random arrival"), random_arrival),
    }
)


def find_dual(rule: ClaimsRule) -> ClaimsRule:
    """Turn a rule for awards into the rule that shares the loss by it, x = d − rule(d, D − E) (对偶规则).

    CEA and CEL are each other's duals; PRO, Talmud and RA are their own.

    >>> find_dual(equal_awards)([100, 200, 300], estate=300).tolist()
    [0.0, 100.0, 200.0]
    """

    def share_loss(claims: Sequence[float], *, estate: float) -> Floats:
        due, amount = _read_claims(claims, estate)
        awards: Floats = due - rule(claims, estate=float(due.sum()) - amount)
        return awards

    return share_loss
