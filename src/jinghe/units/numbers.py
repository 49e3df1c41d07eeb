"""Numbers, shares and units as officials write them (读数与计量单位)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from jinghe.errors import DataError, problem

__all__ = ["FEN", "Reading", "convert", "plain", "read_count", "read_number", "read_share", "unit_name"]

FEN = {"分": 1, "fen": 1, "元": 100, "CNY": 100, "千元": 100_000, "万元": 10**6, "10k CNY": 10**6}
FEN |= {"百万元": 10**8, "m CNY": 10**8, "亿元": 10**10, "100m CNY": 10**10}
FEN |= {"bn CNY": 10**11, "万亿元": 10**14}
_SCALES: dict[str, dict[str, Fraction]] = {
    "money": {name: Fraction(fen, 100) for name, fen in FEN.items()},
    "persons": {"人": Fraction(1), "persons": Fraction(1), "万人": Fraction(10_000), "10k persons": Fraction(10_000)},
    "share": {"1": Fraction(1), "share": Fraction(1), "%": Fraction(1, 100), "‰": Fraction(1, 1000)},
}
# One spelling per unit and language, for showing: the first name is Chinese, the second English.
_PAIRS = (("分", "fen"), ("元", "CNY"), ("万元", "10k CNY"), ("亿元", "100m CNY"))
_PEOPLE = (("人", "persons"), ("万人", "10k persons"), ("份额", "share"))
_MISSING = {"", *"-—/…无缺", "--", "——", "...", "……", "暂缺", "暂无", "未公布", "nan", "na", "n/a", "#n/a"}
_PLAIN: dict[int, int | str | None] = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0xFFE5: "¥"}
_PLAIN |= dict.fromkeys(map(ord, "−–﹣"), "-") | dict.fromkeys(map(ord, "\u3000\u00a0\u2009\u202f"), " ")
_PLAIN |= dict.fromkeys(map(ord, "\u200b\ufeff"))
_NUMBER = re.compile(
    r"([+-]?)(¥?)\s*([0-9][0-9,]*\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,2})?\s*"
    r"((?![eEx][0-9+-]|.*[\u4e00-\u9fff][0-9])(?:1(?:0k|00m)\b|[A-Za-zμ㎡㎥\u4e00-\u9fff%‰°℃]).*)?"
)
_GROUPED = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?")
_SHARE = re.compile(r"[+-]?[0-9.]{1,24}([eE][+-]?[0-9]{1,2})?(/[0-9]{1,24})?\s*%?")


def plain(text: str) -> str:
    """Rewrite full-width signs, dashes, spaces and the yuan sign in plain characters, and nothing else.

    Unicode's compatibility folding would go too far: it reads the footnote of 12① as 121.

    >>> plain("１，２３４．５　万元")
    '1,234.5 万元'
    """
    return text.translate(_PLAIN).strip()


@dataclass(frozen=True, slots=True)
class Reading:
    """A number as it was read (读数): exact value (None if marked missing), unit, and every coercion made."""

    value: Fraction | None
    unit: str = ""
    coercions: tuple[str, ...] = ()


def read_number(text: str) -> Reading:
    """Read a number as officials write it: `1,234.5`, `１２３`, `—`, `3.2%`, `17,237 万元`, `¥1,200.00`.

    Coercions are named: full-width (any spelling outside ASCII), thousands-separator, missing-mark, unit-suffix,
    currency-sign. What may be a footnote, a date or two numbers (`12①`, `2021-03`, `1 234`) is refused, not guessed.

    Raises:
        DataError: it is no number of at most 32 digits and no missing mark.

    >>> read_number("１,２３４.５ 万元")
    Reading(value=Fraction(2469, 2), unit='万元', coercions=('full-width', 'unit-suffix', 'thousands-separator'))
    >>> read_number("—").value is None
    True
    """
    raw = plain(text)
    if raw.lower() in _MISSING:
        return Reading(None, coercions=("missing-mark",))
    match = _NUMBER.fullmatch(raw)
    if not match or len(match[3]) > 32 or ("," in match[3] and not _GROUPED.fullmatch(match[3])):
        raise DataError([problem("number-unreadable", found=text)])
    sign, currency, digits, power, unit = (group or "" for group in match.groups())
    named = {
        "full-width": raw != text.strip(),
        "currency-sign": currency,
        "unit-suffix": unit,
        "thousands-separator": "," in digits,
    }
    value = Fraction(sign + digits.replace(",", "") + power)
    return Reading(
        value, unit.strip() or ("元" if currency else ""), tuple(name for name, made in named.items() if made)
    )


def read_count(value: object) -> int:
    """Read a whole number, 0 or more (个数), from a number or from words that `read_number` reads.

    Raises DataError when it is none.

    >>> read_count("1,476"), read_count(13)
    (1476, 13)
    """
    try:
        number = read_number(str(value)).value
    except DataError:
        number = None
    if number is None or number < 0 or number.denominator != 1:
        raise DataError([problem("count-unreadable", found=value)])
    return int(number)


def read_share(text: str | float) -> Fraction:
    """Read a share in [0, 1], written 0.5, 1/2 or 50% (份额), exactly.

    >>> read_share("2/37"), read_share("50%")
    (Fraction(2, 37), Fraction(1, 2))
    """
    raw = plain(str(text))
    try:
        if not _SHARE.fullmatch(raw):
            raise ValueError(raw)
        share = Fraction(raw[:-1].strip()) / 100 if raw.endswith("%") else Fraction(raw)
    except (ValueError, ZeroDivisionError):
        raise DataError([problem("share-unreadable", found=raw)]) from None
    if not 0 <= share <= 1:
        raise DataError([problem("share-range", found=raw)])
    return share


def convert(value: Fraction, found: str, expected: str) -> Fraction:
    """Convert between units of one kind. Raises DataError if they do not convert.

    >>> convert(Fraction(5), "亿元", "万元")
    Fraction(50000, 1)
    """
    if found == expected:
        return value
    for scale in _SCALES.values():
        if found in scale and expected in scale:
            return value * scale[found] / scale[expected]
    raise DataError([problem("unit-mismatch", found=found, expected=expected)])


def unit_name(unit: str, lang: str) -> str:
    """Name a unit in `lang`; a unit without a second spelling is shown as it is.

    >>> unit_name("元/人", "en"), unit_name("%", "en")
    ('CNY/person', '%')
    """
    if unit == "元/人":
        return unit if lang == "zh" else "CNY/person"
    for zh, en in (*_PAIRS, *_PEOPLE):
        if unit in (zh, en):
            return zh if lang == "zh" else en
    return unit
