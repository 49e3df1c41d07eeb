"""From titles that look alike to candidates, and from a candidate to a mapping by a person (候选与认定)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from jinghe.errors import Problem, RuleError, problem
from jinghe.standards.catalogue import Catalogue
from jinghe.standards.match import MANUAL, PREDICATES, Crosswalk, Match, make_header
from jinghe.standards.similarity import MEASURE, Encoder, encode_titles, find_mutual_best

__all__ = ["Candidate", "accept", "propose", "suggest"]

_COLUMNS = (
    *("subject_id", "subject_label", "predicate_id", "object_id", "object_label", "mapping_justification"),
    *("reviewer_label", "mapping_date", "similarity_score", "similarity_measure", "comment"),
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two items whose titles look alike (候选). It is no mapping until a person judges it: see `accept`."""

    subject: str
    subject_label: str
    object: str
    object_label: str
    similarity: float
    measure: str


def suggest(
    a: Catalogue,
    b: Catalogue,
    *,
    threshold: float = 0.35,
    lang: str = "zh",
    encode: Encoder = encode_titles,
    measure: str = MEASURE,
) -> tuple[Candidate, ...]:
    """Find the pairs of items whose titles are each other's nearest, most alike first.

    Args:
        a: the catalogue to map from.
        b: the catalogue to map to.
        threshold: τ, least cosine, above 0 and at most 1; .35 finds the eight pairs of the Sichuan–Chongqing case
            and no other, .30 one too many, .40 one too few (fitted to that case: look again for other catalogues).
        lang: the titles to compare, zh or en.
        encode: turns two lists of titles into rows of length 1; an embedding may stand here.
        measure: what the score is, as the file will say.
    Returns:
        Candidates. Titles that share form and not scope look alike, too; broader items are not found this way.
    Raises:
        RuleError: a threshold outside (0, 1].
    """
    if not 0 < threshold <= 1:
        raise RuleError([problem("standard-threshold", found=threshold)])
    titles = [[item.title.get(lang) for item in catalogue.items] for catalogue in (a, b)]
    pairs = find_mutual_best(*encode(*titles), threshold=threshold)
    found = [
        Candidate(a.curie(a.items[i]), titles[0][i], b.curie(b.items[j]), titles[1][j], cosine, measure)
        for i, j, cosine in pairs
    ]
    return tuple(sorted(found, key=lambda one: (-one.similarity, one.subject, one.object)))


def propose(candidates: Sequence[Candidate], *, prefixes: Mapping[str, str], set_id: str) -> Crosswalk:
    """Write candidates down as a crosswalk for reviewers: lexical matching, closeMatch, no reviewer, so none counts."""
    rows = []
    for one in candidates:
        cells = _cells(one) | {"predicate_id": "skos:closeMatch", "mapping_justification": "semapv:LexicalMatching"}
        rows.append(Match({name: cells[name] for name in _COLUMNS if cells.get(name)}))
    return Crosswalk(make_header(prefixes, set_id=set_id), _COLUMNS, tuple(rows))


def accept(candidate: Candidate, *, predicate: str, reviewer: str, on: date, comment: str = "") -> Match:
    """Turn a candidate into a mapping, by a named person's judgement.

    Args:
        candidate: what was suggested.
        predicate: what the reviewer found: a key of `PREDICATES`.
        reviewer: who judged it.
        on: the day.
        comment: why.
    Raises:
        RuleError: no reviewer, or no such predicate.
    """
    found: list[Problem] = []
    if not reviewer.strip():
        found.append(problem("crosswalk-reviewer", candidate.subject))
    if predicate not in PREDICATES:
        found.append(problem("choice-unknown", candidate.subject, found=predicate, expected=", ".join(PREDICATES)))
    if found:
        raise RuleError(found)
    judged = {"predicate_id": predicate, "mapping_justification": MANUAL, "reviewer_label": reviewer.strip()}
    cells = _cells(candidate) | judged | {"mapping_date": on.isoformat(), "comment": comment}
    return Match({name: cells[name] for name in _COLUMNS if cells.get(name)})


def _cells(one: Candidate) -> dict[str, str]:
    names = {"subject_id": one.subject, "subject_label": one.subject_label}
    names |= {"object_id": one.object, "object_label": one.object_label}
    return names | {
        "similarity_score": f"{one.similarity:.3f}".rstrip("0").rstrip("."),
        "similarity_measure": one.measure,
    }
