"""Find results in running text, as APA style prints them (从正文提取统计量): `t(28) = 2.20, p = .03`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jinghe.labels import Text
from jinghe.recalc.claim import Claim
from jinghe.recalc.printed import Printed, read_printed
from jinghe.recalc.values import read_p
from jinghe.units.numbers import plain

__all__ = ["extract_statistics"]

_NUMBER = r"[-+]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)"
_RESULT = re.compile(
    rf"""(?<![A-Za-zα-ω0-9_])
    (?P<name>t|F|r|[zZ]|(?:χ|Χ|[xX]|chi)[-\s]?(?:2|²|square)?|卡方)(?:值|检验)?\s*
    (?:[(\[]\s*(?P<df>{_NUMBER}(?:\s*,\s*{_NUMBER})?)\s*(?:,\s*[nN]\s*=\s*[0-9,]+\s*)?[)\]])?\s*
    (?P<relation>[<>=])\s*(?P<value>{_NUMBER})\s*(?P<stars>\*{{0,3}})\s*[,;、]?\s*
    (?:(?![pP]\s*[<>=≤≥])[^()\[\];。]{{1,30}}?[,;、]\s*)?
    (?:[pP]\s*值?\s*(?P<p_relation><=|>=|[<>=≤≥])\s*(?P<p>0?\.[0-9]+|[01](?:\.0*)?(?![0-9.]))|(?P<ns>n\.?s\.?(?![A-Za-z])|不显著))""",
    re.VERBOSE,
)
_ONE_SIDED = re.compile(r"one[- ](?:tail|sided)|1[- ]tail|directional|单侧|单尾", re.IGNORECASE)
_DEGREES = {"t": 1, "F": 2, "r": 1, "z": 0, "chi2": 1}


def extract_statistics(text: str) -> tuple[Claim, ...]:
    """Find every t, F, χ², r and z with its p in a text; full-width signs and Chinese punctuation are read too.

    A text that speaks of a one-sided test leaves the number of tails open, others mean two (as statcheck). A name with
    the wrong number of degrees of freedom is not taken for a result, nor is a p above 1.

    >>> [claim] = extract_statistics("the effect (F(2, 4810) = 2.35, p = .003)")
    >>> claim.test, claim.statistic.text, [df.text for df in claim.df], claim.p.text
    ('F', '2.35', ['2', '4810'], '.003')
    """
    tails = None if _ONE_SIDED.search(text) else 2
    return tuple(_claims(_flat(text), tails))


def _flat(text: str) -> str:
    """One line with plain signs; every character keeps its place among the others."""
    return " ".join(plain(line) for line in text.splitlines()).replace("，", ",").replace("；", ";")


def _claims(text: str, tails: int | None) -> Iterator[Claim]:
    number = 0
    for match in _RESULT.finditer(text):
        test = _name(match["name"])
        df = tuple(read_printed(part.strip()) for part in (match["df"] or "").split(",") if part.strip())
        value = _relate(match["relation"], match["value"])
        if (df and len(df) != _DEGREES[test]) or any(part.value <= 0 for part in df) or not _possible(test, value):
            continue
        number += 1
        yield Claim(
            id=f"text.{number}",
            test=test,
            place=Text.of(" ".join(match[0].split())),
            statistic=value,
            df=df,
            p=read_p("ns" if match["ns"] else match["p_relation"] + match["p"]),
            stars=match["stars"] or None,
            tails=tails,
        )


def _name(word: str) -> str:
    return word if word in {"t", "F", "r"} else "z" if word in {"z", "Z"} else "chi2"


def _possible(test: str, value: Printed) -> bool:
    return abs(value.value) <= 1 if test == "r" else value.value >= 0 or test in {"t", "z"}


def _relate(relation: str, value: str) -> Printed:
    return read_printed(value if relation == "=" else relation + value)
