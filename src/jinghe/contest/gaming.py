"""All flags of one run (数据疑点核查): the tests, corrected for their number, and what could not be tested."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jinghe.contest.contest import Contest
from jinghe.contest.flags import (
    Flag,
    Probe,
    Scope,
    Untested,
    find_history,
    flag_hollow,
    flag_ratios,
    flag_reports,
    flag_sums,
    list_unheld,
    probe_benford,
    probe_bunching,
    probe_copies,
    probe_crosschecks,
    probe_density,
    probe_heaping,
    probe_jumps,
    probe_ratchet,
    probe_reporters,
    probe_revisions,
    probe_rounding,
    probe_slices,
    probe_spread,
    raise_flags,
)
from jinghe.contest.mirror import Claim
from jinghe.contest.register import JointItem
from jinghe.labels import Text
from jinghe.panel import Panel
from jinghe.region import Region
from jinghe.units import Period

__all__ = ["KINDS", "Examination", "examine", "flag"]

KINDS: Mapping[str, Text] = {
    "sum-identity": Text("合计不符", "sums that do not add up"),
    "ratio-identity": Text("比值不符", "ratios that do not follow"),
    "reports-differ": Text("多次报送不一致", "reports that differ"),
    "hollow-item": Text("缺少佐证的事项", "items with little behind them"),
    "digit-heaping": Text("末位 0、5 过多", "round last digits"),
    "digit-spread": Text("末位不均匀", "uneven last digits"),
    "first-digits": Text("首位数字", "first digits"),
    "target-bunching": Text("恰在目标之上", "just above the target"),
    "target-density": Text("目标处分布跳升", "a jump at the target"),
    "ratchet": Text("目标随结果上调", "targets that follow results"),
    "jump": Text("突变", "a break with the past"),
    "cross-check": Text("与旁证不符", "apart from the series beside"),
    "late-revision": Text("事后上修", "late upward revision"),
    "copied-figures": Text("数据雷同", "figures alike"),
    "sliced-items": Text("门槛之下的事项", "items below a threshold"),
    "reporter-bias": Text("上报偏向", "a reporter's bias"),
}


@dataclass(frozen=True, slots=True)
class Examination:
    """What was looked at (核查结果): flags, all tests behind them, and the tests that could not be run."""

    flags: tuple[Flag, ...]
    probes: tuple[Probe, ...]
    untested: tuple[Untested, ...]
    rate: float

    @property
    def counts(self) -> dict[str, tuple[int, int, int]]:
        """Kind → (tests run, flags raised, tests that could not be run), every kind of which there is any."""
        run, raised, missed = (Counter(x.code for x in group) for group in (self.probes, self.flags, self.untested))
        return {
            kind: (run[kind], raised[kind], missed[kind]) for kind in KINDS if run[kind] or raised[kind] or missed[kind]
        }

    def tell(self) -> Text:
        """Say in one sentence how many tests were run and what a flag means."""
        n, k, missed = len(self.probes), len(self.flags), len(self.untested)
        return Text(
            f"共作 {n} 项检验，{missed} 项因数据不足未能检验；提出 {k} 个疑点，其中由检验提出的按 {self.rate:.0%} 的错"
            "误发现率校正。"
            "疑点是请核对的问题，不是结论。",
            f"Tests run: {n}; not possible for want of data: {missed}; flags raised: {k}, those from tests at a "
            f"false-discovery rate of {self.rate:.0%}. A flag is a question to check, not a verdict.",
        )


def flag(
    contest: Contest,
    *,
    panel: Panel,
    region: Region,
    period: Period,
    items: Sequence[JointItem] = (),
    claims: Sequence[Claim] = (),
) -> tuple[Flag, ...]:
    """Look for figures that do not fit: the flags of `examine`, those of identities first."""
    return examine(contest, panel=panel, region=region, period=period, items=items, claims=claims).flags


def examine(
    contest: Contest,
    *,
    panel: Panel,
    region: Region,
    period: Period,
    items: Sequence[JointItem] = (),
    claims: Sequence[Claim] = (),
) -> Examination:
    """Run every check on the figures of the scored period, its history, the joint items and the partners' reports.

    Args:
        contest: whose indicators name the figures; `contest.flags` says which have targets and series beside them.
        panel: all figures, all vintages and reporters.
        region: the contestants and their superior.
        period: the scored period.
        items: the register of joint items.
        claims: the partners' reports of them.
    Returns:
        Flags in a fixed order: identities, then the tests whose q over all tests of this run is at most
        `contest.flags.rate`. Figures whose units do not convert are not compared.
    """
    scope = _look(contest, panel, region, period)
    hollow, unseen = flag_hollow(scope, items)
    found = tuple(_run(contest, scope, items, claims))
    probes = tuple(one for one in found if isinstance(one, Probe))
    fixed = (*flag_sums(scope), *flag_ratios(scope, contest.identities), *flag_reports(scope), *hollow)
    flags = (*fixed, *raise_flags(probes, rate=contest.flags.rate))
    untested = (one for one in found if isinstance(one, Untested))
    unheld = list_unheld(scope, contest.identities)
    return Examination(flags, probes, (*unheld, *unseen, *untested), contest.flags.rate)


def _look(contest: Contest, panel: Panel, region: Region, period: Period) -> Scope:
    others = (name for _, name in contest.series if name)
    return Scope(
        panel,
        region,
        region.contestants(contest.level, on=period.last),
        tuple(dict.fromkeys((period.name, *others))),
        dict(contest.labels) | {item.id: item.label for item in contest.indicators},
        find_history(panel, period),
        {item.id: item.direction for item in contest.indicators},
    )


def _run(
    contest: Contest, scope: Scope, items: Sequence[JointItem], claims: Sequence[Claim]
) -> Iterator[Probe | Untested]:
    rules = contest.flags
    yield from probe_heaping(scope)
    yield from probe_rounding(scope)
    yield from probe_spread(scope)
    yield from probe_benford(scope)
    yield from probe_bunching(scope, rules.targets)
    yield from probe_density(scope, rules.targets)
    yield from probe_ratchet(scope, rules.targets)
    yield from probe_jumps(scope)
    yield from probe_crosschecks(scope, rules.checks)
    yield from probe_revisions(scope, rules.targets)
    yield from probe_copies(scope)
    yield from probe_slices(scope, items, rules.thresholds)
    yield from probe_reporters(scope, claims)
