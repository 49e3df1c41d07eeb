"""Is a crosswalk sound (对照表检查)? Every fault at once, each with its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

from jinghe.errors import JingheError, Problem, problem
from jinghe.standards.catalogue import Catalogue
from jinghe.standards.match import MANUAL, NO_TERM, PREDICATES, Crosswalk, Match
from jinghe.standards.relate import find_cardinalities, find_rings
from jinghe.standards.sssom import REQUIRED
from jinghe.units import read_date

__all__ = ["QUALIFIERS", "QUALIFIER_CATEGORIES", "check_crosswalk"]

QUALIFIERS = ("", "has-requirement", "has-incompatibility")
QUALIFIER_CATEGORIES = ("", "restricted", "addressable", "blocked")
_BUILT_IN = {"owl", "rdf", "rdfs", "semapv", "skos", "sssom", "xsd", "linkml", "dc", "oboInOwl"}
_RANGES = {
    "confidence": (0, 1),
    "similarity_score": (0, 1),
    "reviewer_agreement": (-1, 1),
    "reviewer_confidence": (0, 1),
}
_CHOICES: Mapping[str, Sequence[str]] = {
    "predicate_id": tuple(PREDICATES),
    "predicate_modifier": ("", "Not"),
    "qualifier": QUALIFIERS,
    "qualifier_category": QUALIFIER_CATEGORIES,
}


def check_crosswalk(crosswalk: Crosswalk, *, catalogues: Sequence[Catalogue] = (), file: str = "") -> list[Problem]:
    """Name every fault of a crosswalk: each row by itself, pairs told twice or in two ways, rings, wrong cardinalities.

    A row is refused without its justification, with an undeclared prefix, an unknown predicate or item, and with a
    figure outside its range. A curated row that names no reviewer draws a warning: it does not count as a mapping.

    Args:
        crosswalk: what was read.
        catalogues: when given, items with the prefix of one of them must stand in it.
        file: how messages name the file.
    Returns:
        The problems; none means sound.
    """
    known = {catalogue.prefix: {catalogue.curie(item) for item in catalogue.items} for catalogue in catalogues}
    prefixes = crosswalk.prefixes
    found = [fault for match in crosswalk.matches for fault in _check_row(match, prefixes, known)]
    found += _check_pairs(crosswalk.matches)
    for match in find_rings(crosswalk.matches):
        found.append(problem("crosswalk-ring", _name(match), line=match.line, found=match.subject))
    for match, right in zip(crosswalk.matches, find_cardinalities(crosswalk.matches), strict=True):
        said = match.get("mapping_cardinality")
        if said and said != right and not _has_scope(crosswalk, match):
            found.append(problem("crosswalk-cardinality", _name(match), line=match.line, found=said, expected=right))
    return [fault.at(file=file) for fault in found]


def _has_scope(crosswalk: Crosswalk, match: Match) -> bool:
    """Does a row's cardinality hold in a narrower scope than the whole set?"""
    return bool(match.get("cardinality_scope")) or any("cardinality_scope:" in line for line in crosswalk.header)


def _check_row(match: Match, prefixes: Mapping[str, str], known: Mapping[str, set[str]]) -> Iterator[Problem]:
    at = _name(match)
    for column in REQUIRED:
        if not match.get(column).strip():
            code = "crosswalk-unjustified" if column == "mapping_justification" else "cell-empty"
            yield problem(code, at, line=match.line, column=column)
    for column, choices in _CHOICES.items():
        cell = match.get(column)
        if cell not in choices and (cell or column != "predicate_id"):
            expected = ", ".join(filter(None, choices))
            yield problem("choice-unknown", column, line=match.line, found=cell, expected=expected)
    for name in (match.subject, match.object):
        yield from _check_name(name, match.line, prefixes, known)
    for column, (low, high) in _RANGES.items():
        yield from _check_number(match, column, low, high)
    if match.get("mapping_date"):
        try:
            read_date(match.get("mapping_date"))
        except JingheError as error:
            yield from (fault.at(line=match.line, path="mapping_date") for fault in error.problems)
    if match.get("mapping_justification") == MANUAL and not match.reviewer:
        yield problem("crosswalk-unreviewed", at, line=match.line)


def _check_name(name: str, line: int, prefixes: Mapping[str, str], known: Mapping[str, set[str]]) -> Iterator[Problem]:
    if not name or name == NO_TERM:
        return
    prefix, colon, _ = name.partition(":")
    if not colon or (prefix not in prefixes and prefix not in _BUILT_IN):
        yield problem("crosswalk-prefix", name, line=line, found=prefix, known=", ".join(sorted(prefixes)) or "—")
    elif prefix in known and name not in known[prefix]:
        nearest = next(iter(get_close_matches(name, sorted(known[prefix]), 1, 0)), "—")
        yield problem("crosswalk-item", name, line=line, found=name, nearest=nearest)


def _check_number(match: Match, column: str, low: float, high: float) -> Iterator[Problem]:
    cell = match.get(column)
    if not cell:
        return
    try:
        sound = low <= float(cell) <= high
    except ValueError:
        sound = False
    if not sound:
        yield problem("crosswalk-figure", column, line=match.line, found=cell, low=low, high=high)


def _check_pairs(matches: Sequence[Match]) -> Iterator[Problem]:
    """One predicate a pair, and no item both with and without a counterpart."""
    first: dict[tuple[str, str], Match] = {}
    partners: dict[str, int] = {}
    absent: dict[str, Match] = {}
    for match in matches:
        if match.is_absence:
            absent[match.object if match.subject == NO_TERM else match.subject] = match
            continue
        key = (match.subject, match.object)
        if key in first:
            line, earlier = match.line, first[key].line
            yield problem("crosswalk-pair", line=line, subject=match.subject, object=match.object, first=earlier)
        first.setdefault(key, match)
        if not match.is_denied:
            partners |= dict.fromkeys(key, match.line)
    for name, match in absent.items():
        if name in partners:
            yield problem("crosswalk-absence", name, line=match.line, found=name, first=partners[name])


def _name(match: Match) -> str:
    return f"{match.subject} → {match.object}"
