"""A flag asks for a second look (疑点); behind each stands a test that was run, or an identity that does not hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jinghe.contest.chance import find_q
from jinghe.labels import Text

__all__ = ["Flag", "Probe", "Untested", "raise_flags"]

_STRONG = 0.8  # power that counts as strong


@dataclass(frozen=True, slots=True)
class Flag:
    """A figure to look at again (疑点). It names no cause and no guilt: scope, revision or typing may explain it.

    `effect` is in the terms that `evidence` says. A flag from a test has its p, its q (`find_q` over all tests of the
    run), n and the power at this n; one from an identity has none.
    """

    code: str
    jurisdiction: str
    indicator: str
    period: str
    effect: float
    evidence: Text
    strength: Text
    p: float | None = None
    q: float | None = None
    power: float | None = None
    n: int | None = None


@dataclass(frozen=True, slots=True)
class Probe:
    """One test of a run (一次检验), flagged or not: all of them count for the false-discovery rate.

    `power` is the chance that this test, at this n, notices what `against` says.
    """

    code: str
    jurisdiction: str
    indicator: str
    period: str
    effect: float
    p: float
    n: int
    power: float
    evidence: Text
    against: Text


@dataclass(frozen=True, slots=True)
class Untested:
    """A test that could not be run (未能检验), and why: it is counted and never passed over."""

    code: str
    jurisdiction: str
    indicator: str
    period: str
    n: int
    reason: Text


def raise_flags(probes: Iterable[Probe], *, rate: float) -> tuple[Flag, ...]:
    """Flag the tests whose q is at most `rate`: of all flags raised so, at most that share is expected to be chance.

    Args:
        probes: all tests of a run.
        rate: the false-discovery rate, 0–1.
    Returns:
        The flags in the order of the tests.
    """
    run: Sequence[Probe] = tuple(probes)
    chances = find_q([probe.p for probe in run]).tolist()
    return tuple(_raise(probe, q, len(run)) for probe, q in zip(run, chances, strict=True) if q <= rate)


def _raise(probe: Probe, q: float, tests: int) -> Flag:
    word = Text("强", "strong") if probe.power >= _STRONG else Text("弱", "weak")
    strength = Text(
        f"{word.zh}：n = {probe.n}，{probe.against.zh}的检出概率为 {probe.power:.0%}；"
        f"p = {probe.p:.2g}，按 {tests} 项检验校正后 q = {q:.2g}",
        f"{word.en}: n = {probe.n}, power {probe.power:.0%} against {probe.against.en}; "
        f"p = {probe.p:.2g}, q = {q:.2g} over {tests} tests",
    )
    place = (probe.code, probe.jurisdiction, probe.indicator, probe.period)
    return Flag(*place, probe.effect, probe.evidence, strength, probe.p, q, probe.power, probe.n)
