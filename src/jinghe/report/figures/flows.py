"""Who pays whom (资金流向图): payers on the left, receivers on the right, what the pool keeps between them."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from jinghe.report.figures.drawing import COLOURS, MUTED, box, picture, ribbon, say
from jinghe.report.format import show_money, words

__all__ = ["draw_flows"]

_LEFT, _MIDDLE, _RIGHT, _BAR, _GAP, _TOP, _TALL = 230, 470, 710, 12, 9, 40, 300


def draw_flows(settlement: dict[str, Any], lang: str) -> str:
    """Draw one statement; ribbon widths are proportional to money, the same scale on both sides."""
    pays, gets, names = _sides(settlement, lang)
    pool = settlement["pool"]
    total = max(sum(pays.values()), sum(gets.values()), 1)
    scale = _TALL / total
    most = max(len(pays), len(gets))
    height = _TOP + _TALL + _GAP * most + 40
    centre = names.get(pool["party"], "") if pool else ("相互结算" if lang == "zh" else "between parties")
    kept = sum(pays.values()) - sum(gets.values())
    parts = [
        say(_LEFT, 22, "付出" if lang == "zh" else "Pays", anchor="end", size=12, colour=MUTED),
        say(_RIGHT + _BAR, 22, "收到" if lang == "zh" else "Receives", size=12, colour=MUTED),
        say(_MIDDLE + _BAR / 2, 22, centre, anchor="middle", bold=True),
        box(_MIDDLE, _TOP, _BAR, total * scale, fill=COLOURS["accent"]),
    ]
    parts += _side(pays, names, x=_LEFT, pool_x=_MIDDLE, scale=scale, lang=lang, paying=True)
    parts += _side(gets, names, x=_RIGHT, pool_x=_MIDDLE + _BAR, scale=scale, lang=lang, paying=False)
    if kept:
        words_kept = ("留存" if kept > 0 else "净补") if lang == "zh" else ("keeps" if kept > 0 else "adds")
        parts.append(
            say(
                _MIDDLE + _BAR / 2,
                _TOP + total * scale + 22,
                f"{words_kept} {show_money(abs(kept), lang)}",
                anchor="middle",
                size=12,
            )
        )
    title = words(settlement["title"], lang)
    return picture(_RIGHT + 250, height, parts, title=title)


def _sides(settlement: dict[str, Any], lang: str) -> tuple[dict[str, int], dict[str, int], dict[str, str]]:
    pool = settlement["pool"]["party"] if settlement["pool"] else None
    pays: dict[str, int] = defaultdict(int)
    gets: dict[str, int] = defaultdict(int)
    names: dict[str, str] = {pool: words(settlement["pool"]["name"], lang)} if pool else {}
    for entry in settlement["lines"]:
        names[entry["payer"]], names[entry["payee"]] = (
            words(entry["payer_name"], lang),
            words(entry["payee_name"], lang),
        )
        if entry["payer"] != pool:
            pays[entry["payer"]] += entry["amount"]
        if entry["payee"] != pool:
            gets[entry["payee"]] += entry["amount"]
    return _largest_first(pays), _largest_first(gets), names


def _largest_first(amounts: dict[str, int]) -> dict[str, int]:
    return {party: amount for party, amount in sorted(amounts.items(), key=lambda pair: -pair[1]) if amount}


def _side(
    amounts: dict[str, int], names: dict[str, str], *, x: float, pool_x: float, scale: float, lang: str, paying: bool
) -> list[str]:
    parts, y, pool_y = [], float(_TOP), float(_TOP)
    colour = COLOURS["pay" if paying else "get"]
    label, anchor = (x - 8, "end") if paying else (x + _BAR + 8, "start")
    for party, amount in amounts.items():
        width = amount * scale
        hint = f"{names[party]} {show_money(amount, lang)}"
        outer, inner = (x + _BAR, y), (pool_x, pool_y)
        ends = (outer, inner) if paying else (inner, (x, y))
        parts += [ribbon(*ends, width=width, colour=colour, hint=hint), box(x, y, _BAR, max(width, 1), fill=colour)]
        parts.append(
            say(label, y + width / 2 + 4.5, f"{names[party]}  {show_money(amount, lang)}", anchor=anchor, size=12)
        )
        y += max(width, 9) + _GAP
        pool_y += width
    return parts
