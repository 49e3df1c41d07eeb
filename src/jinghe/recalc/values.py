"""The values of a claim as papers print them (论断取值的读法): p, stars, degrees of freedom, scales."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from jinghe.errors import DataError, problem
from jinghe.labels import Text
from jinghe.recalc.printed import Printed, read_printed

__all__ = [
    "read_alpha",
    "read_df",
    "read_flag",
    "read_levels",
    "read_p",
    "read_scale",
    "read_stars",
    "read_tails",
    "read_texts",
]


def read_p(value: object) -> Printed:
    """Read a printed p: `0.003`, `.05`, `<0.001`, `ns` (read as > 0.05, as statcheck does). Raises DataError.

    >>> read_p("n.s.").relation, read_p("p<.001").text
    ('>', '<.001')
    """
    word = str(value).strip().lower() if isinstance(value, str) else value
    if isinstance(word, str):
        word = word.removeprefix("p").strip().removeprefix("=").strip()
        word = ">0.05" if word in {"ns", "n.s.", "n.s", "不显著"} else word
    try:
        p = read_printed(word)
    except DataError as error:
        if any(item.code == "claim-number-unquoted" for item in error.problems):
            raise
        raise DataError([problem("claim-p-unreadable", found=value)]) from None
    if not 0 <= p.value <= 1:
        raise DataError([problem("claim-p-range", found=value)])
    return p


def read_stars(value: object) -> str:
    """Read significance stars: `` , `*`, `**`, `***`. Raises DataError.

    >>> read_stars(" ** ")
    '**'
    """
    word = str(value).strip().replace("＊", "*").replace("∗", "*")
    if word.strip("*") or len(word) > 4:
        raise DataError([problem("claim-stars-unreadable", found=value)])
    return word


def read_df(value: object) -> tuple[Printed, ...]:
    """Read one or two positive degrees of freedom: `28`, `2, 4810` or a list. Raises DataError."""
    parts: Iterable[object] = (
        value.split(",") if isinstance(value, str) else value if isinstance(value, list) else [value]
    )
    found = tuple(read_printed(part) for part in parts)
    if not all(part.value > 0 for part in found) or not 1 <= len(found) <= 2:
        raise DataError([problem("claim-df-unreadable", found=value)])
    return found


def read_alpha(value: object) -> Fraction:
    """Read a level of significance inside (0, 1). Raises DataError."""
    alpha = read_p(value).value
    if not 0 < alpha < 1:
        raise DataError([problem("claim-p-range", found=value)])
    return alpha


def read_levels(value: object) -> dict[str, Fraction]:
    """Read the levels of stars that a note prints: `{"**": "0.01"}`. Raises DataError."""
    words = value if isinstance(value, Mapping) else {}
    return {read_stars(stars): read_alpha(level) for stars, level in words.items()}


def read_flag(value: object) -> bool:
    """Read true or false. Raises DataError."""
    if not isinstance(value, bool):
        raise DataError([problem("claim-choice-unknown", found=value, choices="true, false")])
    return value


def read_texts(value: object) -> tuple[Text, ...]:
    """Read one phrase or a list of phrases. Raises DataError."""
    return tuple(map(Text.of, value if isinstance(value, list | tuple) else [value]))


def read_tails(value: object) -> int:
    """Read 1 or 2. Raises DataError."""
    if str(value) not in {"1", "2"}:
        raise DataError([problem("claim-choice-unknown", found=value, choices="1, 2")])
    return int(str(value))


def read_scale(value: object) -> tuple[int, int]:
    """Read the range of a scale: two whole numbers, the lower first. Raises DataError."""
    ends = value if isinstance(value, list | tuple) else []
    try:
        low, high = (int(str(end)) for end in ends)
    except ValueError:
        low, high = 0, 0
    if low >= high:
        raise DataError([problem("claim-range-unreadable", found=value)])
    return low, high
