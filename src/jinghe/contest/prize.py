"""Prizes of the contest (奖励): who gets them, to the fen and within the budget."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from jinghe.contest.rank import Ranking
from jinghe.contest.spec import placed, read_choice, read_keys, read_list, read_number_in
from jinghe.contest.stream import open_stream
from jinghe.contest.uncertainty.ties import find_tie_groups
from jinghe.errors import CompactError, Problem, RuleError, attempt, problem
from jinghe.labels import Text
from jinghe.units import Money, apportion, read_share

if TYPE_CHECKING:
    from jinghe.contest.uncertainty.rank_sets import RankSets

__all__ = ["RULES", "Award", "Prize", "award", "read_prize"]

_KINDS = {
    "special_fund": Text("专项资金", "Special fund"),
    "preference": Text("政策优先", "Policy preference"),
    "commendation": Text("通报表扬", "Commendation"),
}
RULES = ("top", "bands", "tau_best", "proportional", "lottery")


@dataclass(frozen=True, slots=True)
class Prize:
    """A prize by rank (奖项). Only a special fund carries money; the others have amount 0.

    `rule`: top, bands, tau_best, proportional or lottery, see `award`; `top` its number of places; `bands` are (last
    rank, share of the fund). `pool` names the pool it is given in; empty = all contestants.
    """

    id: str
    label: Text
    kind: str
    amount: Money
    rule: str
    top: int
    bands: tuple[tuple[int, Fraction], ...] = ()
    pool: str = ""


@dataclass(frozen=True, slots=True)
class Award:
    """What one contestant wins (获奖), and on what ground."""

    prize: str
    label: Text
    jurisdiction: str
    amount: Money
    ground: Text = Text("", "")


def read_prize(tree: Any) -> Prize:
    """Read one entry of `contest.prizes`.

    Raises CompactError: `prize-budget` when a fund names no amount, `prize-money` when another kind does, `prize-bands`
    when the bands do not suit the rule, do not follow each other, or do not share out the whole fund.
    """
    name = str(tree.get("id", "")) if isinstance(tree, Mapping) else ""
    path = f"contest.prizes[{name}]" if name else "contest.prizes"
    names = ("id", "label", "kind", "amount", "rule", "top", "bands", "pool")
    banded = isinstance(tree, Mapping) and tree.get("rule") == "bands"
    keys = read_keys(tree, names, required=("id", "kind", "bands" if banded else "top"), path=path)
    kind = read_choice(keys["kind"], _KINDS, path=f"{path}.kind")
    with placed(f"{path}.amount"):
        amount = Money.of(str(keys["amount"])) if keys.get("amount") is not None else Money(0)
        if kind != "special_fund" and amount:
            raise CompactError([problem("prize-money", prize=name, kind=kind)])
    if kind == "special_fund" and not amount > Money(0):
        raise CompactError([problem("prize-budget", path, prize=name)])
    with placed(f"{path}.label"):
        label = Text.of(keys["label"]) if keys.get("label") else _KINDS[kind]
    rule = read_choice(keys.get("rule", "top"), RULES, path=f"{path}.rule")
    bands = _read_bands(keys.get("bands"), rule, path=f"{path}.bands")
    top = keys.get("top") if keys.get("top") is not None else bands[-1][0]
    return Prize(
        id=name,
        label=label,
        kind=kind,
        amount=amount,
        rule=rule,
        top=int(read_number_in(top, low=1, high=10_000, path=f"{path}.top")),
        bands=bands,
        pool=str(keys.get("pool") or ""),
    )


def award(
    prizes: Sequence[Prize],
    *,
    ranking: Ranking,
    sets: RankSets | None = None,
    pools: Mapping[str, Ranking] | None = None,
    seed: int = 0,
) -> tuple[Award, ...]:
    """Award prizes by their rules, every fund to the fen.

    top: the fund is cut into equal places 1…k; g tied cities at rank r hold the places r…min(r + g − 1, k) and split
    them. bands: each band has its share of the fund, split equally among the ranks in it; what an empty band would get
    goes to the others in proportion. tau_best: all that may be among the k best get the same: whose lower bound is at
    most k, that of the confidence set where `sets` are given, else of the ranking's own interval. proportional: in
    proportion to P(rank ≤ k). lottery: k equal prizes; bands of contestants that cannot be told apart
    (`find_tie_groups` at (1 − coverage)/2) win whole as long as they fit, and the places left are drawn among the first
    that does not.

    Args:
        prizes: the prizes.
        ranking: ranks with ties at their lowest number; 0 = not ranked, wins nothing.
        sets: confidence sets of the same contestants, for tau_best.
        pools: rankings by pool, for prizes with a pool. In a pool of one nobody wins by rank.
        seed: of the lotteries, each with its own stream by the prize's id.
    Returns:
        Awards by prize, rank and code; the amounts of a prize sum to its fund (`apportion`), or to nothing when no one
        is ranked.
    Raises:
        RuleError: a prize names a pool that there is not (`prize-pool`).
    """
    known = dict(pools or {})
    strange = [prize for prize in prizes if prize.pool and prize.pool not in known]
    if strange:
        words = ", ".join(known) or "—"
        raise RuleError(
            problem("prize-pool", f"contest.prizes[{prize.id}].pool", found=prize.pool, choices=words)
            for prize in strange
        )
    found: list[Award] = []
    for prize in prizes:
        place = known[prize.pool] if prize.pool else ranking
        if not prize.pool or len(place.codes) > 1:
            found += _award(prize, place, None if prize.pool else sets, seed)
    return tuple(found)


class _Claim(NamedTuple):
    rank: int
    code: str
    weight: Fraction
    ground: Text


def _award(prize: Prize, ranking: Ranking, sets: RankSets | None, seed: int) -> list[Award]:
    order = sorted((int(rank), row) for row, rank in enumerate(ranking.rank) if rank > 0)
    order.sort(key=lambda pair: (pair[0], ranking.codes[pair[1]]))
    claims = [claim for claim in _CLAIMS[prize.rule](prize, ranking, order, sets, seed) if claim.weight > 0]
    amounts = apportion(prize.amount, [claim.weight for claim in claims]) if claims else []
    return [
        Award(prize.id, prize.label, claim.code, amount, claim.ground)
        for claim, amount in zip(claims, amounts, strict=True)
    ]


_Order = Sequence[tuple[int, int]]  # (rank, row), best first


def _claim_top(prize: Prize, ranking: Ranking, order: _Order, _sets: RankSets | None, _seed: int) -> list[_Claim]:
    sizes = {rank: sum(other == rank for other, _ in order) for rank, _ in order}
    return [
        _Claim(
            rank,
            ranking.codes[row],
            Fraction(min(sizes[rank], prize.top - rank + 1), sizes[rank]),
            Text(f"第 {rank} 名", f"rank {rank}"),
        )
        for rank, row in order
        if rank <= prize.top
    ]


def _claim_bands(prize: Prize, ranking: Ranking, order: _Order, _sets: RankSets | None, _seed: int) -> list[_Claim]:
    claims, first = [], 1
    for number, (last, share) in enumerate(prize.bands, start=1):
        inside = [(rank, row) for rank, row in order if first <= rank <= last]
        ground = Text(f"第 {number} 档（第 {first}—{last} 名）", f"band {number} (ranks {first}–{last})")
        claims += [_Claim(rank, ranking.codes[row], share / len(inside), ground) for rank, row in inside]
        first = last + 1
    return claims


def _claim_tau_best(prize: Prize, ranking: Ranking, order: _Order, sets: RankSets | None, _seed: int) -> list[_Claim]:
    low = ranking.low if sets is None else sets.low
    share = f"{ranking.coverage if sets is None else sets.coverage:.0%}"
    return [
        _Claim(
            rank,
            ranking.codes[row],
            Fraction(1),
            Text(
                f"名次下限为第 {low[row]} 名（把握 {share}），不能排除在前 {prize.top} 名之列",
                f"lower bound rank {low[row]} at {share}: being among the {prize.top} best is not ruled out",
            ),
        )
        for rank, row in order
        if 0 < low[row] <= prize.top
    ]


def _claim_proportional(
    prize: Prize, ranking: Ranking, order: _Order, _sets: RankSets | None, _seed: int
) -> list[_Claim]:
    chances = ranking.probability[:, : prize.top].sum(axis=1)
    return [
        _Claim(
            rank,
            ranking.codes[row],
            Fraction(float(chances[row])),
            Text(
                f"进入前 {prize.top} 名的概率 {chances[row]:.1%}",
                f"P(among the first {prize.top}) = {chances[row]:.1%}",
            ),
        )
        for rank, row in order
    ]


def _claim_lottery(prize: Prize, ranking: Ranking, order: _Order, _sets: RankSets | None, seed: int) -> list[_Claim]:
    bands = find_tie_groups(ranking.above, rank=ranking.rank, alpha=(1 - ranking.coverage) / 2)
    grounds: dict[int, Text] = {}
    for band in bands:
        left = prize.top - len(grounds)
        if len(band) <= left:
            words = Text("同档全部入选", "the whole band fits")
            grounds |= dict.fromkeys(band, words)
            continue
        names = sorted(band, key=lambda row: ranking.codes[row])
        drawn = open_stream(seed, f"lottery:{prize.id}").permutation(len(names))[:left]
        for place, pick in enumerate(drawn, start=1):
            zh = f"在难分高下的 {len(names)} 个中抽出 {left} 个，第 {place} 个抽中（种子 {seed}）"
            en = f"drawn {place} of {left} among {len(names)} that cannot be told apart (seed {seed})"
            grounds[names[pick]] = Text(zh, en)
        break
    return [_Claim(rank, ranking.codes[row], Fraction(1), grounds[row]) for rank, row in order if row in grounds]


_Claimant = Callable[[Prize, Ranking, _Order, "RankSets | None", int], list[_Claim]]
_CLAIMS: Mapping[str, _Claimant] = {
    "top": _claim_top,
    "bands": _claim_bands,
    "tau_best": _claim_tau_best,
    "proportional": _claim_proportional,
    "lottery": _claim_lottery,
}


def _read_bands(value: Any, rule: str, *, path: str) -> tuple[tuple[int, Fraction], ...]:
    if (rule == "bands") != bool(value):
        raise CompactError([problem("prize-bands", path, found=value or "—")])
    faults: list[Problem] = []
    bands = []
    for number, entry in enumerate(read_list(value)):
        here = f"{path}[{number}]"
        keys = attempt(faults, partial(read_keys, allowed=("to", "share"), required=("to", "share"), path=here), entry)
        if keys:
            last = attempt(faults, partial(read_number_in, low=1, high=10_000, path=f"{here}.to"), keys["to"])
            share = attempt(faults, read_share, keys["share"], path=f"{here}.share")
            bands += [(int(last), Fraction(share))] if last is not None and share is not None else []
    rising = all(one[0] < two[0] for one, two in pairwise(bands))
    if not faults and bands and not (rising and sum(share for _, share in bands) == 1):
        faults.append(problem("prize-bands", path, found=", ".join(f"{last}: {share}" for last, share in bands)))
    if faults:
        raise CompactError(faults)
    return tuple(bands)
