"""Everything in the text of a paper that can be checked (从论文文本提取): results in sentences, tables between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from jinghe.errors import DataError, Problem, problem
from jinghe.labels import Text
from jinghe.recalc.claim import Claim
from jinghe.recalc.extract import extract_statistics
from jinghe.recalc.table import extract_table

__all__ = ["extract_claims"]

_CAPTION = re.compile(r"\s*(?:表|Table)\s*[0-9A-Za-z.一-十]+", re.IGNORECASE)


def extract_claims(text: str) -> tuple[Claim, ...]:
    r"""Find every result in sentences and every table whose cells are parted by tabs or bars, in a text.

    Lines that follow each other, blank ones between them or not, are one table; one without a column that can be
    checked is passed over. A line `Table 3 …` right above gives the place.

    Raises:
        DataError: a cell that is no number where one must stand, or nothing at all that can be checked.

    >>> claims = extract_claims("t(28) = 2.20, p = .03\n\nTable 1 Demo\n|A|B|C|F|p|\n|4.1|4.2|4.3|2.35|.10|")
    >>> [(claim.id, claim.test, claim.place.en) for claim in claims]
    [('text.1', 't', 't(28) = 2.20, p = .03'), ('table.1.1', 'f_rm', 'Table 1 Demo')]
    """
    prose: list[str] = []
    found: list[Claim] = []
    faults: list[Problem] = []
    number = 0
    for caption, lines in _parts(text):
        if not _is_row(lines[0]):
            prose += lines
            continue
        try:
            claims = extract_table("\n".join(lines))
        except DataError as error:
            faults += [fault for fault in error.problems if fault.code != "claim-table-unreadable"]
            continue
        number += 1
        found += [_placed(claim, caption, f"table.{number}.{at}") for at, claim in enumerate(claims, start=1)]
    claims = (*extract_statistics("\n".join(prose)), *found)
    if faults or not claims:
        raise DataError(faults or [problem("claim-text-empty")])
    return claims


def _is_row(line: str) -> bool:
    return "\t" in line or line.count("|") > 1


def _parts(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield runs of prose and of rows, each table with the caption above it, if there is one."""
    part: list[str] = []
    caption = above = ""
    for line in filter(str.strip, text.splitlines()):
        if part and _is_row(line) != _is_row(part[0]):
            yield caption, part
            caption, part = above if _CAPTION.match(above) else "", []
        part.append(line)
        above = line.strip()
    if part:
        yield caption, part


def _placed(claim: Claim, caption: str, name: str) -> Claim:
    words = " · ".join(filter(None, (caption, claim.place.zh)))
    return replace(claim, id=name, place=Text.of(words) if words else claim.place)
