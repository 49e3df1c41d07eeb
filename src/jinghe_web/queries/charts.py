"""Options of the interactive charts: data and words are made here, the page's script only draws them."""

from __future__ import annotations

from typing import Any

from jinghe.report.figures.drawing import COLOURS, SERIES
from jinghe.report.format import show_money, show_number, words
from jinghe_web.words import say

__all__ = ["flow_chart", "forecast_charts"]

Tree = dict[str, Any]
_REST = {"kept", "added"}  # what a pool keeps, or adds from elsewhere
_ROW = 45  # height that one party takes
_DASHES = ("solid", "dashed", "dotted", [10, 3, 2, 3])


def flow_chart(statement: Tree, lang: str) -> Tree:
    """Draw one statement as a Sankey diagram: payers, the pool if there is one, receivers.

    A party that both pays and receives stands on both sides; what the pool keeps or adds is a ribbon of its own.
    Every node and ribbon carries its own sentence.
    """
    flows, names = _flows(statement, lang)
    pool = (statement["pool"] or {}).get("party")
    ends = {end for pair in flows for end in pair}
    nodes = [_node(key, names[key], flows, pool=pool, lang=lang) for key in names if key in ends]
    links = [_link(pair, names, amount, lang) for pair, amount in flows.items()]
    labels = {side: [n["short"] for n in nodes if n["label"]["position"] == side] for side in ("left", "right")}
    series = {"type": "sankey", "nodes": nodes, "links": links, "nodeWidth": 12, "nodeGap": 15, "draggable": False}
    series |= {side: max(map(_width, found), default=0) + 16 for side, found in labels.items()}
    series |= {"top": 26, "bottom": 8, "lineStyle": {"opacity": 0.4, "curveness": 0.5}}
    rows = max(len(found) for found in labels.values())
    about = {"id": f"flows-{statement['number']}", "title": words(statement["title"], lang)}
    return about | {"height": 84 + _ROW * max(rows, 1), "option": {"series": [series]}}


def _flows(statement: Tree, lang: str) -> tuple[dict[tuple[str, str], int], dict[str, str]]:
    """Sum the lines between two ends; a payer's end begins with −, a receiver's with +, the pool's with neither."""
    pool = (statement["pool"] or {}).get("party")
    names, flows = {"kept": say("kept", lang), "added": say("added", lang)}, dict[tuple[str, str], int]()
    for line in statement["lines"]:
        payer, payee = (p if p == pool else f"{sign}{p}" for sign, p in (("-", line["payer"]), ("+", line["payee"])))
        names |= {payer: words(line["payer_name"], lang), payee: words(line["payee_name"], lang)}
        if line["amount"]:
            flows[payer, payee] = flows.get((payer, payee), 0) + line["amount"]
    kept = sum(a for (_, end), a in flows.items() if end == pool) - sum(
        a for (end, _), a in flows.items() if end == pool
    )
    if pool and kept:
        flows[(pool, "kept") if kept > 0 else ("added", pool)] = abs(kept)
    return flows, names


def _width(label: str) -> int:
    """Guess the width of a label in pixels at 12.5 px: Chinese characters are square, Latin ones about half."""
    return sum(13 if ord(sign) > 0x2E80 else 7 for sign in label)


def _node(key: str, name: str, flows: dict[tuple[str, str], int], *, pool: str | None, lang: str) -> Tree:
    paid = sum(amount for (start, _), amount in flows.items() if start == key)
    got = sum(amount for (_, end), amount in flows.items() if end == key)
    side = "pool" if key == pool else "pay" if paid else "get"
    colour = COLOURS["accent"] if side == "pool" else COLOURS["keep"] if key in _REST else COLOURS[side]
    label = {"position": {"pay": "left", "get": "right", "pool": "top"}[side]}
    short = name if side == "pool" else f"{name}  {show_money(max(paid, got), lang)}"
    return {
        "name": key,
        "short": short,
        "brief": name,
        "words": f"{name} {show_money(max(paid, got), lang)}",
        "itemStyle": {"color": colour},
        "label": label,
    }


def _link(ends: tuple[str, str], names: dict[str, str], amount: int, lang: str) -> Tree:
    colour = COLOURS["keep" if _REST & set(ends) else "pay" if ends[0].startswith("-") else "get"]
    sentence = f"{names[ends[0]]} → {names[ends[1]]}: {show_money(amount, lang)}"
    return {"source": ends[0], "target": ends[1], "value": amount, "words": sentence, "lineStyle": {"color": colour}}


def forecast_charts(forecast: Tree, lang: str) -> list[Tree]:
    """Draw one small chart a variable, one line a set of rules, with the band of its replications."""
    runs = forecast["runs"]
    names = list(runs[0]["variables"]) if runs else []
    return [_small_multiple(runs, name, lang) for name in names]


def _small_multiple(runs: list[Tree], name: str, lang: str) -> Tree:
    series: list[Tree] = []
    for number, run in enumerate(runs):
        series += _band_and_line(run, name, number, lang)
    option = {
        "xAxis": {"type": "category", "data": [str(p) for p in runs[0]["periods"]], "boundaryGap": False},
        "yAxis": {"type": "value", "scale": True, "splitNumber": 4},
        "series": series,
    }
    return {"id": f"forecast-{name}", "title": words(runs[0]["variables"][name]["label"], lang), "option": option}


def _band_and_line(run: Tree, name: str, number: int, lang: str) -> list[Tree]:
    """The band is two stacked lines: an invisible one at `low`, an area of height `high − low` on it."""
    path, colour, label = run["variables"][name], SERIES[number % len(SERIES)], words(run["label"], lang)
    plain = {
        "type": "line",
        "symbol": "none",
        "silent": True,
        "stack": run["id"],
        "stackStrategy": "all",
        "lineStyle": {"opacity": 0},
    }
    spans = zip(path["mean"], path["low"], path["high"], strict=True)
    points = [
        {
            "value": mean,
            "words": f"{label} {show_number(mean, 3)}（{show_number(low, 3)} – {show_number(high, 3)}）"
            if lang == "zh"
            else f"{label} {show_number(mean, 3)} ({show_number(low, 3)} – {show_number(high, 3)})",
        }
        for mean, low, high in spans
    ]
    line = {"type": "line", "name": label, "data": points, "color": colour, "showSymbol": False, "symbolSize": 7}
    return [
        plain | {"data": path["low"]},
        plain
        | {
            "data": [high - low for low, high in zip(path["low"], path["high"], strict=True)],
            "color": colour,
            "areaStyle": {"color": colour, "opacity": 0.12},
        },
        line | {"lineStyle": {"width": 2.4, "type": _DASHES[number % len(_DASHES)]}},
    ]
