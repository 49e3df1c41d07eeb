"""A statement line as a sentence (依据说明), in Chinese and English."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from fractions import Fraction

from jinghe.labels import Text
from jinghe.sharing.blocks import BEST, TIES
from jinghe.sharing.trace import Input, Trace
from jinghe.units import Period, unit_name

__all__ = ["amount_words", "party_words", "period_words", "sentence"]

_STATUS = {
    "reported": Text("公布数", "as published"),
    "verified": Text("核实数", "verified"),
    "estimated": Text("推算数", "estimated"),
    "revised": Text("修订数", "revised"),
    "assumed": Text("假定数", "assumed"),
    "synthetic": Text("合成数", "synthetic"),
}
# Not `calendar.month_name`: that follows the locale of the machine.
_MONTHS = ["", "January", "February", "March", "April", "May", "June", "July"]
_MONTHS += ["August", "September", "October", "November", "December"]
_UNITS = {"points": Text("分", "points")}
_PHRASE = Text("{payer}应付{payee} {amount}", "{payer} pays {payee} {amount}")


def sentence(trace: Trace, lang: str) -> str:
    """Say a line in one sentence: the clause it rests on, the amount, the working and the sources."""
    phrase = (trace.phrase or _PHRASE).get(lang)
    names = {"payer": party_words(trace.payer, trace.payer_name, lang)}
    names |= {"payee": party_words(trace.payee, trace.payee_name, lang)}
    for key, words in (names | {"amount": amount_words(trace.rounded or 0, lang)}).items():
        phrase = phrase.replace("{" + key + "}", words)
    working = _WORKINGS[trace.block](trace, lang) + [_CONDITIONS[child.block](child, lang) for child in trace.children]
    period = period_words(trace.period, lang)
    if lang == "zh":
        return f"依据{trace.basis}{trace.label.zh}：{period}，{phrase}（{'；'.join(working)}）。"
    return f"Under {trace.basis}, {trace.label.en}: for {period}, {phrase} ({'; '.join(working)})."


def amount_words(fen: int, lang: str) -> str:
    """Write an amount exactly: 万元 in Chinese, yuan in English.

    >>> amount_words(2640_00_0000, "zh"), amount_words(100_000_001, "zh"), amount_words(5, "en")
    ('2,640.00 万元', '100.000001 万元', 'CNY 0.05')
    """
    if lang == "en":
        return f"CNY {fen // 100:,}.{fen % 100:02d}"
    digits = re.sub("0{1,4}$", "", f"{fen % 10**6:06d}")
    return f"{fen // 10**6:,}.{digits} 万元"


def party_words(key: str, name: Text, lang: str) -> str:
    """Name a party inside a sentence; a pool or outside party takes the article in English.

    >>> party_words("park:pool", Text("专户", "clearing account"), "en")
    'the clearing account'
    """
    return f"the {name.en}" if lang == "en" and ":" in key else name.get(lang)


def period_words(name: str, lang: str) -> str:
    """Say a period as people do: years, months of one or two years, else as written.

    >>> period_words("2010-01..2010-09", "zh"), period_words("2010-01..2010-09", "en"), period_words("2021", "zh")
    ('2010年1—9月', 'January–September 2010', '2021年')
    """
    period = Period.of(name)
    first, last = period.start, period.last
    if (first.day, period.end.day) != (1, 1):
        return name
    one_year = first.year == last.year
    if (first.month, last.month) == (1, 12):
        years = str(first.year) if one_year else f"{first.year}—{last.year}"
        return f"{years}年" if lang == "zh" else years.replace("—", "–")
    if lang == "zh":
        tail = f"—{last.month}" if one_year else f"月—{last.year}年{last.month}"
        return f"{first.year}年{first.month}{'' if period.months == 1 else tail}月"
    head = _MONTHS[first.month] if one_year else f"{_MONTHS[first.month]} {first.year}"
    end = f"{_MONTHS[last.month]} {last.year}"
    return end if period.months == 1 else f"{head}–{end}"


def _accumulate(trace: Trace, lang: str) -> list[str]:
    return [_figures([item for item in trace.inputs if item.name == "amount"], lang)]


def _step_table(trace: Trace, lang: str) -> list[str]:
    mode, amounts = trace.input("mode"), trace.input("amounts")
    chosen = mode.detail.get(f"choice_{lang}", str(mode.value))
    figures = _figures([item for item in trace.inputs if item.name == "value"], lang)
    steps = f"按“{chosen}”分档" if lang == "zh" else f"steps by “{chosen}”"
    return [figures, steps, _stated(amounts, trace, lang)]


def _share_fixed(trace: Trace, lang: str) -> list[str]:
    figures = _figures([item for item in trace.inputs if item.name == "base"], lang)
    return [figures, _stated(trace.input("share"), trace, lang)]


def _rank_transfer(trace: Trace, lang: str) -> list[str]:
    scores = [item for item in trace.inputs if item.name == "score"]
    own = next(item for item in scores if item.detail["jurisdiction"] in (trace.payer, trace.payee))
    sign = 1 if trace.input("best").value == BEST[0] else -1
    values = [sign * item.value for item in scores if isinstance(item.value, Fraction)]
    mine = values[scores.index(own)]
    n, place, ties = len(values), sum(value > mine for value in values) + 1, values.count(mine)
    if lang == "zh":
        spot = f"{n} 家中{f' {ties} 家并列' if ties > 1 else ''}第 {place} 名"
    else:
        spot = f"{f'{ties} tie for ' if ties > 1 else ''}place {place} of {n}"
    words = [_figures([own], lang), spot, *(_stated(trace.input(key), trace, lang) for key in ("gets", "pays"))]
    if ties > 1 and trace.input("ties").value == TIES[0]:
        words.append("并列者平分所占名次的金额" if lang == "zh" else "those who tie share the amounts of their places")
    return words


def _term(trace: Trace, lang: str) -> str:
    start, end = trace.input("start").value, trace.input("end").value
    assert isinstance(start, date)  # a term is made of days
    assert isinstance(end, date)
    last = end - timedelta(days=1)
    zh = {
        "before": f"分享期自 {start} 起算，尚未开始，不分享",
        "inside": f"在分享期内（{start} 至 {last}）",
        "after": f"分享期已于 {last} 届满，不再分享",
    }
    en = {
        "before": f"the term begins on {start}: nothing is shared yet",
        "inside": f"inside the term, {start} to {last}",
        "after": f"the term ended on {last}: nothing is shared any more",
    }
    return f"{trace.label.zh}：{zh[trace.outcome]}" if lang == "zh" else f"{trace.label.en}: {en[trace.outcome]}"


def _cap(trace: Trace, lang: str) -> str:
    ceiling = trace.input("ceiling")
    reached = trace.outcome == "reached"
    if lang == "zh":
        return f"{trace.label.zh}：上限 {_printed(ceiling, lang)}，{'已达上限' if reached else '未达上限'}"
    return f"{trace.label.en}: ceiling {_printed(ceiling, lang)}, {'reached' if reached else 'not reached'}"


_WORKINGS: Mapping[str, Callable[[Trace, str], list[str]]] = {
    "accumulate": _accumulate,
    "step_table": _step_table,
    "share_fixed": _share_fixed,
    "rank_transfer": _rank_transfer,
}
_CONDITIONS: Mapping[str, Callable[[Trace, str], str]] = {"term": _term, "cap": _cap}


def _figures(items: list[Input], lang: str) -> str:
    """Name the figures with their status and source; the figures of months are listed."""
    first = items[0]
    status = _STATUS.get(first.detail["status"], Text(first.detail["status"], first.detail["status"])).get(lang)
    if len(items) == 1:
        shown = _printed(first, lang)
    else:
        gap = "、" if lang == "zh" else ", "
        shown = gap.join(f"{period_words(item.detail['period'], lang)} {_printed(item, lang)}" for item in items)
    if lang == "zh":
        return f"{first.label.zh} {shown}，{status}，来源：{first.cite.zh}"
    return f"{first.label.en} {shown}, {status}, source: {first.cite.en}"


def _stated(item: Input, trace: Trace, lang: str) -> str:
    """Name a parameter and its value; its source only where it is not the clause's own."""
    shown = f"{item.label.get(lang)} {_printed(item, lang)}"
    if item.source == trace.source:
        return shown
    return f"{shown}，来源：{item.cite.zh}" if lang == "zh" else f"{shown}, source: {item.cite.en}"


def _printed(item: Input, lang: str) -> str:
    """Show a figure as printed; money in English is written out in yuan."""
    unit, printed = item.detail["unit"], item.detail["printed"]
    if lang == "en" and item.unit == "分":
        values = item.value if isinstance(item.value, tuple) else (item.value,)
        return ", ".join(amount_words(int(value), lang) for value in values if isinstance(value, Fraction))
    if unit in ("share", "1") or not printed[-1:].isdigit():
        return printed  # it bears its own unit
    return f"{printed} {_UNITS[unit].get(lang) if unit in _UNITS else unit_name(unit, lang)}"
