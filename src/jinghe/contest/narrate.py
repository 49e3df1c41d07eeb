"""What the steps did, in words (各步说明): imputed, left out, treated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from jinghe.contest.chain import Stages
from jinghe.contest.contest import Contest
from jinghe.contest.impute import OBSERVED
from jinghe.contest.scheme import find_loadings
from jinghe.labels import Text
from jinghe.region import Region

__all__ = ["STANDINS", "tell_steps"]

STANDINS = {
    "median": Text("中位数", "medians"),
    "group_median": Text("中位数", "medians"),
    "mean": Text("均值", "means"),
    "group_mean": Text("均值", "means"),
    "latest": Text("往期数值", "earlier figures"),
    "linear": Text("前后期数值", "figures of other periods"),
    "multiple": Text("多重插补的均值", "the mean of multiple imputations"),
}


def tell_steps(
    contest: Contest, *, stages: Stages, columns: Sequence[int], codes: Sequence[str], region: Region
) -> tuple[Text, ...]:
    """Say what was imputed, which cities do not count, which gaps stayed, what was treated, and odd weights.

    Args:
        contest: the rules.
        stages: what the chain made.
        columns: the columns of the leaves that count.
        codes: the contestants, in the order of the rows.
        region: names the cities.
    Returns:
        One sentence each; nothing where nothing happened.
    """
    return (
        *_tell_gaps(contest, stages, columns),
        *_tell_thin(stages, columns, codes, region),
        *_tell_absent(contest, stages, codes, region),
        *_tell_treated(contest, stages),
        *_tell_loadings(contest, stages),
    )


def _tell_gaps(contest: Contest, stages: Stages, columns: Sequence[int]) -> Iterator[Text]:
    filled = int((stages.donors[:, columns] != OBSERVED).sum())
    if filled:
        how = STANDINS[contest.steps.imputation]
        yield Text(
            f"{filled} 个缺数以{how.zh}插补，已逐一标明。",
            f"Missing figures imputed by {how.en}, each marked: {filled}.",
        )
    counted = ~np.isnan(stages.total)
    gaps = int(np.isnan(stages.treated[counted][:, columns]).sum())
    if gaps:
        zh = f"{gaps} 个缺数未插补，其权重归同级指标。"
        yield Text(zh, f"Missing figures not imputed, their weight going to sibling indicators: {gaps}.")


def _tell_thin(stages: Stages, columns: Sequence[int], codes: Sequence[str], region: Region) -> Iterator[Text]:
    """Name the cities that have a score although most of their figures are made up."""
    made = (stages.donors[:, columns] != OBSERVED).sum(axis=1)
    thin = [row for row in np.flatnonzero(made > len(columns) / 2).tolist() if not np.isnan(stages.total[row])]
    if thin:
        shares = [f"{made[row]}/{len(columns)}" for row in thin]
        zh, en = (
            [f"{region.name(codes[row], lang)} {share}" for row, share in zip(thin, shares, strict=True)]
            for lang in ("zh", "en")
        )
        yield Text(
            f"半数以上指标为插补，得分主要取自别处：{'、'.join(zh)}；筛选的 unit_coverage 可以不计这样的地区。",
            f"More than half of the indicators imputed, so that the score is mostly others': {', '.join(en)}; "
            "`unit_coverage` of the screen can leave such cities out.",
        )


def _tell_absent(contest: Contest, stages: Stages, codes: Sequence[str], region: Region) -> Iterator[Text]:
    gone = [code for code, total in zip(codes, stages.total, strict=True) if np.isnan(total)]
    if len(gone) == len(codes):
        label = contest.label(stages.tree.root)
        yield Text(
            f"“{label.zh}”之下各项不能区分任何地区，所用的合成方法无从比较，全部不计分、不排名。",
            f"Nothing below {label.en} tells the contestants apart: its aggregate is undefined and none is scored.",
        )
    elif gone:
        yield Text(
            f"{region.names(gone, 'zh')}没有足够的数据，不计分、不排名。",
            f"Without enough figures, and so without score and rank: {region.names(gone, 'en')}.",
        )


def _tell_treated(contest: Contest, stages: Stages) -> Iterator[Text]:
    pairs = list(zip(stages.tree.leaves, stages.treatments, strict=True))
    cut = [leaf for leaf, one in pairs if one.form == "winsorise"]
    if cut:
        points = sum(one.points for _, one in pairs if one.form == "winsorise")
        zh, en = _names(contest, cut)
        yield Text(
            f"分布过偏，{points} 个极端值已拉回：{zh}。", f"Too skewed, extreme figures pulled in: {points} ({en})."
        )
    for form, word in (("log", Text("对数", "logarithms")), ("boxcox", Text("幂变换", "powers (Box–Cox)"))):
        moved = [leaf for leaf, one in pairs if one.form == form]
        if moved:
            zh, en = _names(contest, moved)
            yield Text(f"分布过偏，取{word.zh}：{zh}。", f"Too skewed, so that {word.en} are taken: {en}.")


def _tell_loadings(contest: Contest, stages: Stages) -> Iterator[Text]:
    known = {leaf: stages.normalised[:, k] for k, leaf in enumerate(stages.tree.leaves)} | dict(stages.nodes)
    for node in stages.tree.nodes:
        if contest.steps.weighing.find(node) == "pca":
            loadings = find_loadings(np.column_stack([known[name] for name in stages.tree.children[node]]))
            if loadings.min() < -1e-9:
                label = contest.label(node)
                yield Text(
                    f"“{label.zh}”之下各项的主成分载荷有正有负，并非度量同一件事，主成分权重须慎用。",
                    f"Below {label.en} the loadings differ in sign: the items do not measure one thing; "
                    "weights by the principal component need care.",
                )


def _names(contest: Contest, leaves: Sequence[str]) -> tuple[str, str]:
    labels = [contest.label(leaf) for leaf in leaves]
    return "、".join(label.zh for label in labels), ", ".join(label.en for label in labels)
