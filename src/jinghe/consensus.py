"""What jurisdictions agree on (共识, Y1): statements × members' votes, the groups being known beforehand.

Source: formulas of Polis (Small et al. 2021, `repness` and `stats` of its mathematics), with jurisdictions in the place
of clusters, and the Jeffreys prior with a geometric mean in the place of the product.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinghe.errors import DataError, Problem, RuleError, problem
from jinghe.labels import Text
from jinghe.source import read_rows

__all__ = [
    "LEAST",
    "SIGNIFICANT",
    "STANDINGS",
    "VOTES",
    "Consensus",
    "Opinion",
    "Side",
    "Vote",
    "find_consensus",
    "find_contrast_z",
    "find_group_consensus",
    "find_jurisdiction_consensus",
    "find_share_z",
    "read_votes",
]

VOTES = ("agree", "disagree", "pass")
LEAST = (10, 0.2)  # votes a statement needs in every jurisdiction: so many, and this share of its members
SIGNIFICANT = 1.2816  # z of 90 %, one-sided, as in Polis: a screen, not a proof
STANDINGS = {
    "agreed": Text("各方均赞成", "agreed everywhere"),
    "rejected": Text("各方均反对", "rejected everywhere"),
    "divisive": Text("有分歧", "divisive"),
    "undecided": Text("尚无定论", "undecided"),
    "too_few": Text("票数不足", "too few votes"),
}
_COLUMNS = ("statement", "jurisdiction", "member", "vote")


@dataclass(frozen=True, slots=True)
class Vote:
    """One member's vote on one statement (一票)."""

    statement: str
    jurisdiction: str
    member: str
    vote: str


@dataclass(frozen=True, slots=True)
class Side:
    """The votes of one jurisdiction on one statement (一方表决): passes count as seen; `members` is its size."""

    jurisdiction: str
    agree: int
    disagree: int
    passed: int
    members: int

    @property
    def seen(self) -> int:
        """Votes cast, passes included."""
        return self.agree + self.disagree + self.passed

    @property
    def support(self) -> float:
        """Effective agreement with Jeffreys prior: (A + ½)/(S + 1) · (1 − (D + ½)/(S + 1))."""
        return (self.agree + 0.5) / (self.seen + 1) * (1 - (self.disagree + 0.5) / (self.seen + 1))

    @property
    def leaning(self) -> int:
        """1 when it agrees, −1 when it disagrees, by more than chance; else 0."""
        if find_share_z(self.agree, self.seen) > SIGNIFICANT:
            return 1
        return -int(find_share_z(self.disagree, self.seen) > SIGNIFICANT)


@dataclass(frozen=True, slots=True)
class Opinion:
    """One statement as the jurisdictions see it (一项表述).

    consensus: JIC. gap: greatest difference in support between two jurisdictions. lacking: jurisdictions with too few
    votes. contrasts: per jurisdiction z of its share of agreement against that of the rest.
    """

    statement: str
    standing: str
    consensus: float
    gap: float
    sides: tuple[Side, ...]
    lacking: tuple[str, ...]
    contrasts: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Consensus:
    """All statements, those with enough votes first, by JIC (共识结果). `assumed`: members are those who voted."""

    jurisdictions: tuple[str, ...]
    opinions: tuple[Opinion, ...]
    assumed: bool

    def select(self, standing: str) -> tuple[Opinion, ...]:
        """Return the statements of one standing; the divisive ones by their gap."""
        found = [opinion for opinion in self.opinions if opinion.standing == standing]
        return tuple(sorted(found, key=lambda one: -one.gap) if standing == "divisive" else found)


def find_group_consensus(groups: Sequence[tuple[int, int]]) -> float:
    """Return Polis' group-aware consensus Π (A + 1)/(S + 2) over groups of (agree, seen): smaller with every group.

    >>> round(find_group_consensus([(80, 100), (3, 4)]), 4)
    0.5294
    """
    return math.prod((agree + 1) / (seen + 2) for agree, seen in groups)


def find_jurisdiction_consensus(sides: Sequence[Side]) -> float:
    """Return JIC: the geometric mean of every jurisdiction's support, whatever their number and size.

    >>> round(find_jurisdiction_consensus([Side("a", 8, 1, 1, 10), Side("b", 3, 0, 1, 4)]), 6)
    0.648409
    """
    return math.prod(side.support for side in sides) ** (1 / len(sides))


def find_share_z(count: int, seen: int) -> float:
    """Return z of a share against one half: 2√(n + 1) · ((s + 1)/(n + 1) − ½), as in Polis.

    >>> round(find_share_z(15, 16), 4)
    3.638
    """
    return 2 * math.sqrt(seen + 1) * ((count + 1) / (seen + 1) - 0.5)


def find_contrast_z(count: int, seen: int, *, other: int, other_seen: int) -> float:
    """Return z of a share against another one, each count raised by one, as in Polis; 0 where all agree."""
    one, two = (count + 1) / (seen + 1), (other + 1) / (other_seen + 1)
    pooled = (count + other + 2) / (seen + other_seen + 2)
    spread = pooled * (1 - pooled) * (1 / (seen + 1) + 1 / (other_seen + 1))
    return (one - two) / math.sqrt(spread) if spread > 0 else 0.0


def find_consensus(
    votes: Sequence[Vote], *, members: Mapping[str, int] | None = None, least: tuple[int, float] = LEAST
) -> Consensus:
    """Find what all jurisdictions agree on and where they part.

    agreed: every jurisdiction agrees by more than chance (z > 1.2816); rejected: every one disagrees; divisive: one
    agrees and another disagrees; a statement with too few votes anywhere has no standing.

    Args:
        votes: one per member and statement.
        members: members by jurisdiction; those who voted on anything when None.
        least: votes needed in every jurisdiction: a number, and a share of its members.
    Raises:
        RuleError: fewer than two jurisdictions, a jurisdiction without number of members or with fewer than voted.
    """
    voters: dict[str, set[str]] = {}
    for vote in votes:
        voters.setdefault(vote.jurisdiction, set()).add(vote.member)
    names = tuple(sorted({*voters, *(members or ())}))
    sizes = members or {name: len(found) for name, found in voters.items()}
    found = [] if len(names) > 1 else [problem("votes-jurisdictions", found=", ".join(names) or "—")]
    for name in names:
        voted, size = len(voters.get(name, ())), sizes.get(name, 0)
        if size < max(voted, 1):
            found.append(problem("votes-members", name, found=size, voted=voted))
    if found:
        raise RuleError(found)
    counts: dict[str, dict[tuple[str, str], int]] = {}
    for vote in votes:
        row = counts.setdefault(vote.statement, {})
        row[vote.jurisdiction, vote.vote] = row.get((vote.jurisdiction, vote.vote), 0) + 1
    opinions = []
    for statement, row in counts.items():
        split = [[row.get((name, kind), 0) for kind in VOTES] for name in names]
        sides = [Side(name, a, d, p, sizes[name]) for name, (a, d, p) in zip(names, split, strict=True)]
        opinions.append(_judge(statement, sides, least))
    opinions.sort(key=lambda one: (one.standing == "too_few", -one.consensus, one.statement))
    return Consensus(names, tuple(opinions), members is None)


def read_votes(path: Path) -> tuple[Vote, ...]:
    """Read votes from CSV (statement, jurisdiction, member, vote: agree | disagree | pass).

    Raises DataError with every fault: no such vote, an empty cell, two votes of a member on a statement, a member of
    two jurisdictions.
    """
    found: list[Problem] = []
    votes: list[Vote] = []
    cast: set[tuple[str, str]] = set()
    homes: dict[str, str] = {}
    for line, row in read_rows(path, _COLUMNS):
        own = [problem("cell-empty", column=column) for column in _COLUMNS[:3] if not row[column]]
        if row["vote"] not in VOTES:
            own.append(problem("choice-unknown", "vote", found=row["vote"], expected=", ".join(VOTES)))
        if (row["member"], row["statement"]) in cast:
            own.append(problem("votes-repeated", row["statement"], found=row["member"]))
        if homes.setdefault(row["member"], row["jurisdiction"]) != row["jurisdiction"]:
            own.append(problem("votes-home", row["member"], found=row["jurisdiction"], first=homes[row["member"]]))
        cast.add((row["member"], row["statement"]))
        votes.append(Vote(*(row[column] for column in _COLUMNS)))
        found += [fault.at(file=path.name, line=line) for fault in own]
    if found:
        raise DataError(found)
    return tuple(votes)


def _judge(statement: str, sides: Sequence[Side], least: tuple[int, float]) -> Opinion:
    lacking = tuple(side.jurisdiction for side in sides if side.seen < max(least[0], least[1] * side.members))
    leanings = {side.leaning for side in sides}
    standing = "divisive" if {1, -1} <= leanings else "undecided"
    if len(leanings) == 1 and 0 not in leanings:
        standing = "agreed" if 1 in leanings else "rejected"
    supports = [side.support for side in sides]
    agree, seen = sum(side.agree for side in sides), sum(side.seen for side in sides)
    contrasts = [
        find_contrast_z(side.agree, side.seen, other=agree - side.agree, other_seen=seen - side.seen) for side in sides
    ]
    return Opinion(
        statement,
        "too_few" if lacking else standing,
        find_jurisdiction_consensus(sides),
        max(supports) - min(supports),
        tuple(sides),
        lacking,
        tuple(zip((side.jurisdiction for side in sides), contrasts, strict=True)),
    )
