"""Steps 1–5 of the check-list (前五步): framework, figures, gaps, correlations, scales."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from jinghe.contest.audit.coverage import FEW, ZEROS, Coverage
from jinghe.contest.audit.finding import Finding, list_labels, make_finding, percent
from jinghe.contest.audit.names import SCALES
from jinghe.contest.audit.redundancy import Bond
from jinghe.contest.audit.reversal import REVERSALS, Reversal
from jinghe.contest.audit.structure import Components
from jinghe.contest.indicator import Register
from jinghe.contest.score import Scores
from jinghe.contest.treat import Outliers
from jinghe.contest.tree import Tree
from jinghe.labels import Text
from jinghe.region import Region

__all__ = [
    "BOND_WORDS", "Structure", "find_reported_weight", "judge_coverage", "judge_framework", "judge_gaps",
    "judge_scales", "judge_structure",
]  # fmt: skip

BOND_WORDS = {
    "redundant": Text("同级几乎重复", "Siblings that repeat each other"),
    "doubled": Text("不同节点几乎重复（重复计算）", "Of different nodes, yet repeating each other (counted twice)"),
    "opposed": Text("同级此消彼长", "Siblings that pull against each other"),
    "weak": Text("与所属节点相关不足 0.3", "Below 0.3 with their own node"),
    "elsewhere": Text("与另一节点更近", "Nearer to another node than to their own"),
    "size": Text("随规模而变，或应除以规模", "Following size, so that a denominator may be missing"),
}
_MANY, _HALF, _MUCH, _ALPHA = 40, 0.5, 0.35, 0.7


@dataclass(frozen=True, slots=True)
class Structure:
    """One node looked into (节点结构): components of its children, None below two that vary, and their alpha."""

    node: str
    children: tuple[str, ...]
    components: Components | None
    alpha: float


def find_reported_weight(scores: Scores) -> float:
    """Find the share of the effective weight that rests on registers, that is on what cities say of themselves."""
    tree = Tree.of(scores.root)
    shares = zip(tree.leaves, tree.leaf_weights(scores.weights), strict=True)
    return float(sum(w for leaf, w in shares if isinstance(scores.contest.indicator(leaf).measure, Register)))


def judge_framework(scores: Scores) -> Finding:
    """Judge the tree: its size, names, nodes of one child, and what rests on the cities' own word."""
    contest, tree = scores.contest, Tree.of(scores.contest.root)
    alone = [node for node in tree.nodes if len(tree.children[node]) == 1]
    unnamed = [name for name in tree.ids if contest.label(name) == Text.of(name) and name not in contest.labels]
    m, nodes, levels, told = len(tree.leaves), len(tree.nodes), max(tree.depths.values()), find_reported_weight(scores)
    size = Text(
        f"指标树有 {m} 个指标、{nodes} 个节点、{levels} 层。",
        f"The tree has {m} indicators, {nodes} nodes and {levels} levels.",
    )
    own = Text(
        f"有效权重的 {percent(told)} 依据各市自报的登记事项，其余依据统计数据。",
        f"{percent(told)} of the effective weight rests on items that cities report, the rest on statistics.",
    )
    return make_finding(
        1,
        [
            ("look" if m > _MANY else "ok", size),
            list_labels(Text("没有名称", "Without a name"), map(Text.of, unnamed), verdict="missing"),
            list_labels(Text("只有一个下级", "With one child only"), map(contest.label, alone)),
            ("look" if told > _HALF else "ok", own),
        ],
        indicators=m,
        nodes=nodes,
        levels=levels,
        reported=told,
    )


def judge_coverage(scores: Scores, coverage: Coverage, region: Region) -> Finding:
    """Judge the figures as they come in: 65 % per indicator and per city, at most half zeros, no twins."""
    label, leaves, codes = scores.contest.label, scores.stages.tree.leaves, scores.codes
    thin, zero = np.flatnonzero(coverage.by_indicator < FEW - 1e-9), np.flatnonzero(coverage.zeros > ZEROS)
    bare = np.flatnonzero(coverage.by_city < FEW - 1e-9)
    gone = [one.indicator for one in scores.dropped if one.indicator in leaves]
    pairs = [_name_cities(region, [codes[i], codes[j]]) for i, j in coverage.twins]
    whole = percent(coverage.whole)
    return make_finding(
        2,
        [
            ("ok", Text(f"应有的数据中有 {whole} 可得。", f"{whole} of the figures are there.")),
            list_labels(Text("覆盖不足 65% 的指标", "Indicators below 65 %"), (label(leaves[k]) for k in thin)),
            list_labels(
                Text("半数以上为零的指标", "Indicators that are mostly zero"), (label(leaves[k]) for k in zero)
            ),
            list_labels(
                Text("各地区相同的指标", "Indicators that do not vary"), (label(leaves[k]) for k in coverage.flat)
            ),
            list_labels(Text("未计分的指标", "Indicators that do not count"), map(label, gone)),
            list_labels(Text("数据不足 65% 的地区", "Cities below 65 %"), _name_each(region, (codes[k] for k in bare))),
            list_labels(Text("数据全同的地区", "Cities with the same figures throughout"), pairs),
        ],
        whole=coverage.whole,
        thin=len(thin),
        bare=len(bare),
        dropped=len(gone),
    )


def judge_gaps(scores: Scores, region: Region) -> Finding:
    """Judge what stands in for missing figures, among the indicators that count."""
    ranked = ~np.isnan(scores.total)
    cells, filled = int(ranked.sum()) * len(scores.leaves), int(scores.imputed[ranked].sum())
    left, share = int(np.isnan(scores.raw[ranked]).sum()), filled / cells if cells else float("nan")
    much = [code for code, row in zip(scores.codes, scores.imputed, strict=True) if row.mean() > _MUCH]
    silent = [code for code, there in zip(scores.codes, ranked, strict=True) if not there]
    none = Text("计分的数据齐全。", "Among the indicators that count no figure is missing.")
    some = Text(
        f"计分的数据有 {filled} 个（{percent(share)}）为插补。",
        f"{filled} figures that count ({percent(share)}) are imputed.",
    )
    rest = Text(f"{left} 个缺数未插补，其权重归同级。", f"{left} gaps are left; their weight goes to siblings.")
    return make_finding(
        3,
        [
            ("look", some) if filled else None,
            ("look", rest) if left else None,
            ("ok", none) if not filled and not left else None,
            list_labels(Text("三成五以上为插补的地区", "Cities with more than 35 % imputed"), _name_each(region, much)),
            list_labels(Text("数据不足而不计分的地区", "Cities without a score"), _name_each(region, silent)),
        ],
        imputed=filled,
        share=share,
        left=left,
    )


def judge_structure(scores: Scores, structures: Sequence[Structure], bonds: Sequence[Bond], least: float) -> Finding:
    """Judge whether nodes measure one thing, and which correlations ask for a look; |r| below `least` may be chance."""
    label, n = scores.contest.label, int((~np.isnan(scores.total)).sum())
    usable = [one for one in structures if one.components]
    if n < 4 or not usable:
        few = Text(
            f"{n} 个地区，或各节点不足两项，不能分析相关。",
            f"Nothing to correlate: {n} cities, or no node with two items.",
        )
        return make_finding(4, [("missing", few)], cities=n)
    split = [one.node for one in usable if one.components and one.components.strong > 1]
    loose = [one.node for one in usable if one.alpha < _ALPHA]
    pairs = {kind: [_name_bond(scores, bond) for bond in bonds if bond.kind == kind] for kind in BOND_WORDS}
    chance = Text(
        f"{n} 个地区时，低于 {least:.2f} 的相关与偶然无异。", f"With {n} cities |r| below {least:.2f} may be chance."
    )
    return make_finding(
        4,
        [
            list_labels(Text("不止一个主成分的节点", "Nodes of more than one component"), map(label, split)),
            list_labels(Text("α 低于 0.7 的节点", "Nodes with alpha below 0.7"), map(label, loose), verdict="ok"),
            *(list_labels(what, pairs[kind]) for kind, what in BOND_WORDS.items()),
            None if bonds or split else ("ok", Text("没有需看的相关。", "No correlation asks for a look.")),
            ("ok", chance),
        ],
        cities=n,
        bonds=len(bonds),
        split=len(split),
        least=least,
    )


def judge_scales(scores: Scores, reversals: Sequence[Reversal]) -> Finding:
    """Judge outliers and scales: shapes still odd when they are scaled, and whether others change places."""
    stages, contest = scores.stages, scores.contest
    rule, leaves = contest.steps.outliers or Outliers(), stages.tree.leaves
    odd = [
        leaf for leaf, x in zip(leaves, stages.treated.T, strict=True) if leaf in scores.leaves and not rule.passes(x)
    ]
    treated = sum(one.form != "none" for one in stages.treatments)
    moved, failed = [one for one in reversals if one.swaps], [one for one in reversals if one.problems]
    drop, twice, worst = (sum(one.kind == kind for one in moved) for kind in REVERSALS)
    pairs = len(set(chain.from_iterable(one.swaps for one in moved)))
    used = [SCALES[name] for name in dict.fromkeys(contest.scaling(leaf) for leaf in scores.leaves)]
    swap = Text(
        f"增减地区试算 {len(reversals)} 次，使其余地区互换名次的：去掉一市 {drop} 次、一市重复 {twice} 次、"
        f"新增垫底者 {worst} 次，共涉 {pairs} 对。",
        f"Of {len(reversals)} trials with a city more or less, these make others change places: {drop} with a city "
        f"dropped, {twice} with one entered twice, {worst} with a worst newcomer; {pairs} pairs in all.",
    )
    cut = Text(f"{treated} 个指标的异常值已处理。", f"Outliers of {treated} indicators are treated.")
    stuck = Text(f"{len(failed)} 次试算无法进行。", f"{len(failed)} trials could not be run.")
    return make_finding(
        5,
        [
            list_labels(Text("无量纲化", "Scales"), used, verdict="ok"),
            ("ok", cut),
            list_labels(Text("分布仍过偏的指标", "Indicators that are still skewed"), map(contest.label, odd)),
            ("look" if moved else "ok", swap),
            ("missing", stuck) if failed else None,
        ],
        odd=len(odd),
        treated=treated,
        trials=len(reversals),
        moved=len(moved),
        pairs=pairs,
    )  # fmt: skip


def _name_bond(scores: Scores, bond: Bond) -> Text:
    one, other = scores.contest.label(bond.one), scores.contest.label(bond.other)
    return Text(f"{one.zh}—{other.zh}（{bond.r:.2f}）", f"{one.en} – {other.en} ({bond.r:.2f})")


def _name_cities(region: Region, codes: Sequence[str]) -> Text:
    return Text("与".join(region.name(code, "zh") for code in codes), " and ".join(region.name(c, "en") for c in codes))


def _name_each(region: Region, codes: Iterable[str]) -> Iterable[Text]:
    return (_name_cities(region, [code]) for code in codes)
