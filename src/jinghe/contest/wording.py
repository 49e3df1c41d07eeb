"""Why a city has its score at a node, as a paragraph (得分说明文字), in Chinese or English."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import numpy as np

from jinghe.contest.explain import Part, explain
from jinghe.contest.rank import Ranking, find_ranks
from jinghe.contest.score import Scores
from jinghe.contest.spec import unknown
from jinghe.errors import DataError, problem
from jinghe.labels import Text
from jinghe.region import Region

__all__ = ["describe", "describe_city", "find_city"]

_ENDS = ("市", "区", "县", "州", "盟", "地区")


@dataclass(frozen=True, slots=True)
class _Child:
    """One child beside the mean of all: `lead` is weight · (score − mean)."""

    label: Text
    score: float
    rank: int
    lead: float


def describe(scores: Scores, *, code: str, node: str, region: Region, lang: str, ranking: Ranking | None = None) -> str:
    """Say in words why a city has its score at a node.

    Score and rank, with the interval where a ranking is given; what lifts it most and what pulls it down most, by
    weight · (score − mean of all cities); what was imputed or is missing; what was dropped below the node; what the
    node adds to the total. For an indicator: its figure, how it was scaled and where it is from. Nothing is invented:
    every word comes from `scores`.

    Args:
        scores: the scored contest.
        code: one of its cities.
        node: a node or indicator that counts, or one that was dropped.
        region: names the city.
        lang: zh or en.
        ranking: of that node (`rank_node`), for the interval.
    Returns:
        One paragraph.
    Raises:
        DataError: the code was not scored (`jurisdiction-unknown`), or the tree has no such node (`node-unknown`).
    """
    return describe_city(scores, code=code, node=node, region=region, ranking=ranking).get(lang)


def describe_city(scores: Scores, *, code: str, node: str, region: Region, ranking: Ranking | None = None) -> Text:
    """Say it in both languages; see `describe`."""
    top = explain(scores, code=code)  # also refuses a code that was not scored
    city = Text(region.name(code, "zh"), region.name(code, "en"))
    gone = next((one for one in scores.dropped if one.indicator == node), None)
    if gone:
        label = scores.contest.label(node)
        return Text(
            f"{city.zh}的“{label.zh}”未计入：{gone.reason.zh}",
            f"{label.en} of {city.en} does not count: {gone.reason.en}",
        )
    part = _find(scores, top, node)
    row = scores.codes.index(code)
    sentences = [_tell_place(scores, part, city, row, ranking), *_tell_children(scores, part, row)]
    sentences += _tell_leaf(part) if not part.children else [*_tell_gaps(part), *_tell_dropped(scores, node)]
    sentences += _tell_weight(part, top)
    return Text("".join(one.zh for one in sentences), " ".join(one.en for one in sentences))


def find_city(word: str, *, region: Region, codes: Sequence[str]) -> str:
    """Find the contestant that is meant, by its code or its name in either language, 太原 standing for 太原市.

    Args:
        word: what somebody typed.
        region: names the contestants.
        codes: the contestants.
    Returns:
        The code.
    Raises:
        DataError: none of them, or several (`city-unknown`), with those that are nearest.
    """
    names = {code: [region.name(code, lang).casefold() for lang in ("zh", "en")] for code in codes}
    wanted = word.strip().casefold()
    exact = [code for code, own in names.items() if wanted in (code, *own)]
    short = [code for code, own in names.items() if {wanted + end for end in _ENDS} & set(own)]
    found = exact or short
    if len(found) == 1:
        return found[0]
    spelt = {name: code for code, own in names.items() for name in (code, *own)}
    near = found or [spelt[name] for name in get_close_matches(wanted, spelt, 1, 0)]
    told = "; ".join(f"{region.name(code, 'zh')} / {region.name(code, 'en')} {code}" for code in near)
    raise DataError([problem("city-unknown", "city", found=word, nearest=told or "—")])


def _find(scores: Scores, part: Part, node: str) -> Part:
    found = next((one for one in _walk(part) if one.node == node), None)
    if found is None:
        known = [one.id for one in scores.root.walk()]
        raise DataError([unknown("node-unknown", node, known, path="contest.tree")])
    return found


def _walk(part: Part) -> Iterator[Part]:
    yield part
    for child in part.children:
        yield from _walk(child)


def _tell_place(scores: Scores, part: Part, city: Text, row: int, ranking: Ranking | None) -> Text:
    zh, en, year = part.label.zh, part.label.en, scores.period.name
    when = f"{year}年" if year.isdigit() else f" {year} "
    if part.score is None:
        return Text(
            f"{city.zh}{when}“{zh}”没有得分：其下没有数据。",
            f"{city.en} has no score for {en} in {year}: there are no figures.",
        )
    ranks = find_ranks(scores.nodes[part.node])
    place, of = int(ranks[row]), int((ranks > 0).sum())
    ties = int((ranks == place).sum()) - 1
    tied = Text(f"（与另 {ties} 个地区并列）", f" (tied with {ties} more)") if ties else Text("", "")
    span = _span(ranking, scores.codes[row])
    return Text(
        f"{city.zh}{when}“{zh}”得 {part.score:.1f} 分，在 {of} 个地区中列第 {place}{tied.zh}{span.zh}。",
        f"In {year} {city.en} scores {part.score:.1f} for {en}, number {place} of {of}{tied.en}{span.en}.",
    )


def _span(ranking: Ranking | None, code: str) -> Text:
    if ranking is None or code not in ranking.codes:
        return Text("", "")
    row = ranking.codes.index(code)
    low, high, share = int(ranking.low[row]), int(ranking.high[row]), f"{ranking.coverage:.0%}"
    if low == high:
        return Text(f"，{share} 区间也只有第 {low}", f"; the {share} interval holds that rank alone")
    return Text(f"，{share} 区间为第 {low} 至第 {high}", f", with a {share} interval from {low} to {high}")


def _tell_children(scores: Scores, part: Part, row: int) -> Iterator[Text]:
    found = sorted(_compare(scores, part, row), key=lambda one: -one.lead)
    if len(found) < 2:
        return
    best, worst = found[0], found[-1]
    if best.lead > 0:
        yield Text(f"拉高得分最多的是{_say(best).zh}。", f"What lifts it most is {_say(best).en}.")
    if worst.lead < 0:
        yield Text(f"拉低得分最多的是{_say(worst).zh}。", f"What pulls it down most is {_say(worst).en}.")
    if best.lead <= 0 and worst.lead >= 0:
        yield Text("各项都与平均相当。", "All its parts are at the mean.")


def _compare(scores: Scores, part: Part, row: int) -> Iterator[_Child]:
    counted = ~np.isnan(scores.total)
    for child in part.children:
        values = scores.nodes[child.node]
        if child.score is not None:
            mean = float(np.nanmean(values[counted]))
            yield _Child(child.label, child.score, int(find_ranks(values)[row]), child.weight * (child.score - mean))


def _say(child: _Child) -> Text:
    return Text(
        f"“{child.label.zh}”（{child.score:.1f} 分，第 {child.rank}）",
        f"{child.label.en} ({child.score:.1f}, number {child.rank})",
    )


def _tell_leaf(part: Part) -> Iterator[Text]:
    if part.raw is not None and part.unit is not None:
        unit = Text(part.unit.zh, f" {part.unit.en}" if part.unit.en not in ("", "%") else part.unit.en)
        yield Text(f"其数值为 {part.raw:.6g}{unit.zh}。", f"Its figure is {part.raw:.6g}{unit.en}.")
    if part.note:
        yield Text(f"{part.note.zh}。", f"{part.note.en[:1].upper()}{part.note.en[1:]}.")
    if part.items:
        yield Text(f"计分的共同事项 {len(part.items)} 项。", f"{len(part.items)} joint items earn points.")


def _tell_gaps(part: Part) -> Iterator[Text]:
    filled = [leaf.label for leaf in part.leaves if leaf.imputed]
    bare = [leaf.label for leaf in part.leaves if leaf.score is None]
    if filled:
        yield _list(filled, Text("缺数而插补的有", "Missing and imputed"))
    if bare:
        yield _list(bare, Text("缺数而权重归同级的有", "Missing, their weight given to siblings"))


def _tell_dropped(scores: Scores, node: str) -> Iterator[Text]:
    whole = next(one for one in scores.contest.root.walk() if one.id == node)
    below = set(whole.leaves)
    gone = [scores.contest.label(one.indicator) for one in scores.dropped if one.indicator in below]
    if gone:
        yield _list(gone, Text("对各地区都未计入的有", "Not counted for any city"))


def _tell_weight(part: Part, top: Part) -> Iterator[Text]:
    if part is top or part.contribution is None or not top.score:
        return
    share = part.contribution / top.score
    yield Text(
        f"它为“{top.label.zh}”贡献 {part.contribution:.1f} 分，占 {share:.0%}。",
        f"It adds {part.contribution:.1f} points to {top.label.en}, {share:.0%} of it.",
    )


def _list(labels: Sequence[Text], what: Text) -> Text:
    return Text(f"{what.zh}：{'、'.join(x.zh for x in labels)}。", f"{what.en}: {', '.join(x.en for x in labels)}.")
