"""Probing a rule of one figure (规则试探): where it jumps, where it bends, and where somebody loses while it grows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise

__all__ = ["Fall", "Jump", "Kink", "Probe", "Rule", "probe"]

Rule = Callable[[Fraction], Sequence[float | Fraction]]
_PART = Fraction(13, 32)  # not the middle: a step there would look like a line
_SLOPE = 1e-3  # of the span: the slopes of shorter pieces are too rough to compare
_CURVE = 1e-6  # of the span: but many short ones make a curve


@dataclass(frozen=True, slots=True)
class Jump:
    """A place where an outcome leaps (跳跃): between two figures that differ by no more than the resolution."""

    party: str
    at: Fraction
    size: float


@dataclass(frozen=True, slots=True)
class Kink:
    """A place where the marginal rate of an outcome changes (拐点)."""

    party: str
    at: Fraction
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Fall:
    """The largest loss of a party while the figure grows (增长中的损失)."""

    party: str
    start: Fraction
    end: Fraction
    loss: float


@dataclass(frozen=True, slots=True)
class Probe:
    """What probing found: jumps, kinks (none for a party whose outcome is curved) and falls, by party.

    `is_complete` is false when the limit of evaluations cut the search short.
    """

    parties: tuple[str, ...]
    points: tuple[tuple[Fraction, tuple[float, ...]], ...]
    jumps: tuple[Jump, ...]
    kinks: tuple[Kink, ...]
    falls: tuple[Fall, ...]
    curved: tuple[str, ...]
    is_complete: bool

    @property
    def is_continuous(self) -> bool:
        """Is there no jump?"""
        return not self.jumps

    @property
    def is_monotone(self) -> bool:
        """Does nobody lose while the figure grows?"""
        return not self.falls


def probe(
    rule: Rule,
    *,
    parties: Sequence[str],
    grid: Sequence[Fraction],
    resolution: Fraction | None = None,
    tolerance: float = 0.0,
    limit: int = 20_000,
) -> Probe:
    """Probe a rule over a grid, refining where it is not a straight line.

    Between two points the rule is tried once inside; where it departs from the line by more than the tolerance the
    piece is cut, down to the resolution: what still differs there is a jump. A feature narrower than the grid that
    leaves both ends and the inside on one line is missed.

    Args:
        rule: figure → outcome of each party.
        parties: their names, in the order of the outcomes.
        grid: at least two figures, rising.
        resolution: how close two figures come; default: 1e-9 of the span.
        tolerance: what counts as nothing in the outcomes, added to 1e-9 of their size; a line may bend by 1e-7.
        limit: evaluations at most.
    """
    assert len(grid) > 1, "a grid has two points"
    assert all(a < b for a, b in pairwise(grid)), "a grid rises"
    search = _Search(rule, resolution or (grid[-1] - grid[0]) / 10**9, tolerance, limit)
    points = [(x, search.call(x)) for x in grid]
    size = max(abs(v) for _, values in points for v in values)
    search.tolerance, search.straightness = tolerance + 1e-9 * size, tolerance + 1e-7 * size
    for (a, left), (b, right) in pairwise(points):
        search.cut(a, left, b, right)
    every = tuple(sorted(search.known.items()))
    pieces = list(search.pieces())
    span = float(grid[-1] - grid[0])
    bends = [sum(1 for _ in _find_kinks(p, at, pieces, search, _CURVE * span)) for at, p in enumerate(parties)]
    curved = tuple(party for party, count in zip(parties, bends, strict=True) if count > len(grid))
    return Probe(
        tuple(parties),
        every,
        tuple(jump for at, party in enumerate(parties) for jump in search.find_jumps(party, at)),
        tuple(
            kink
            for at, party in enumerate(parties)
            if party not in curved
            for kink in _find_kinks(party, at, pieces, search, _SLOPE * span)
        ),
        tuple(fall for at, party in enumerate(parties) for fall in _find_fall(party, at, every, search.tolerance)),
        curved,
        search.left >= 0,
    )


_Values = tuple[float, ...]
_Piece = tuple[Fraction, _Values, Fraction, _Values]


@dataclass(slots=True)
class _Search:
    rule: Rule
    resolution: Fraction
    tolerance: float
    left: int
    straightness: float = 0.0
    known: dict[Fraction, _Values] = field(default_factory=dict)
    straight: list[_Piece] = field(default_factory=list)
    narrow: list[_Piece] = field(default_factory=list)

    def call(self, x: Fraction) -> _Values:
        if x not in self.known:
            self.left -= 1
            self.known[x] = tuple(float(value) for value in self.rule(x))
        return self.known[x]

    def cut(self, a: Fraction, left: _Values, b: Fraction, right: _Values) -> None:
        """Cut a piece until every part is a line or as narrow as the resolution."""
        waiting = [(a, left, b, right)]
        while waiting:
            a, left, b, right = waiting.pop()
            steps = int((b - a) / self.resolution)
            if steps <= 1:
                self.narrow.append((a, left, b, right))
                continue
            if self.left < 0:
                return
            middle = a + max(1, int(steps * _PART)) * self.resolution
            inside, part = self.call(middle), float((middle - a) / (b - a))
            line = (p + (q - p) * part for p, q in zip(left, right, strict=True))
            if all(abs(v - w) <= self.straightness for v, w in zip(inside, line, strict=True)):
                self.straight.append((a, left, b, right))
            else:
                waiting += [(a, left, middle, inside), (middle, inside, b, right)]

    def pieces(self) -> Iterator[_Piece]:
        """The straight pieces in order."""
        return iter(sorted(self.straight))

    def find_jumps(self, party: str, at: int) -> Iterator[Jump]:
        """Leaps side by side are one: at a tie the outcome leaps on either side of it."""
        found: list[Jump] = []
        for a, left, b, right in sorted(self.narrow):
            size = right[at] - left[at]
            if abs(size) <= 2 * self.straightness:
                continue
            if found and found[-1].at == a and found[-1].size * size > 0:
                found[-1] = Jump(party, a, found[-1].size + size)
            else:
                found.append(Jump(party, b, size))
        return iter(found)


def _find_kinks(party: str, at: int, pieces: Sequence[_Piece], search: _Search, least: float) -> Iterator[Kink]:
    """Join neighbouring pieces of one slope; where two slopes meet without a jump there is a kink."""
    long = [piece for piece in pieces if float(piece[2] - piece[0]) > least]
    slopes = [(one[3][at] - one[1][at]) / float(one[2] - one[0]) for one in long]
    jumps = [jump.at for jump in search.find_jumps(party, at)]
    for (first, before), (second, after) in pairwise(zip(long, slopes, strict=True)):
        width = min(float(first[2] - first[0]), float(second[2] - second[0]))
        has_jump = any(first[2] <= jump <= second[0] or first[2] == jump for jump in jumps)
        if abs(after - before) > 4 * search.straightness / width + 1e-9 * abs(before) and not has_jump:
            yield Kink(party, _meet(first, before, second, after, at), before, after)


def _meet(first: _Piece, before: float, second: _Piece, after: float, at: int) -> Fraction:
    """Where the two lines meet."""
    (_, _, b, left), (a, right, _, _) = first, second
    level = (right[at] - after * float(a)) - (left[at] - before * float(b))
    return Fraction(level / (before - after)).limit_denominator(10**6)


def _find_fall(party: str, at: int, points: Sequence[tuple[Fraction, _Values]], tolerance: float) -> Iterator[Fall]:
    """The deepest loss from a point to a later one."""
    top, worst = points[0], Fall(party, points[0][0], points[0][0], 0.0)
    for x, values in points:
        if values[at] > top[1][at]:
            top = (x, values)
        if top[1][at] - values[at] > worst.loss:
            worst = Fall(party, top[0], x, top[1][at] - values[at])
    if worst.loss > 2 * tolerance:
        yield worst
