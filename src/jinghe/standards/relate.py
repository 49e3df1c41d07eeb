"""What follows from a crosswalk (推导): its inverse, the chain of two, cardinalities, rings of broader items."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from jinghe.standards.match import NO_TERM, Crosswalk, Match, make_header

__all__ = ["chain", "find_cardinalities", "find_rings", "invert"]

_EXACT, _BROAD, _NARROW = "skos:exactMatch", "skos:broadMatch", "skos:narrowMatch"
_TURNED = {_BROAD: _NARROW, _NARROW: _BROAD}
_TRANSITIVE = (_EXACT, _BROAD, _NARROW)
_CHAINING = "semapv:MappingChaining"
_COLUMNS = (
    "subject_id",
    "subject_label",
    "predicate_id",
    "object_id",
    "object_label",
    "mapping_justification",
    "comment",
)


def invert(crosswalk: Crosswalk) -> Crosswalk:
    """Read a crosswalk the other way round: subject and object change places, broader becomes narrower.

    The judgement stays that of its reviewer, so inverting twice gives the crosswalk back.
    """
    columns = [name if _other(name) in crosswalk.columns else _other(name) for name in crosswalk.columns]
    header = tuple(re.sub(r"^(#\s*)((?:subject|object)_\w+)(?=:)", _turn_key, line) for line in crosswalk.header)
    return Crosswalk(header, tuple(columns), tuple(map(_invert, crosswalk.matches)))


def chain(first: Crosswalk, second: Crosswalk, *, set_id: str) -> Crosswalk:
    """Join A→B and B→C to the A→C that follows; nobody has reviewed it, so it counts as candidates only.

    exact ∘ p = p, p ∘ exact = p, broad ∘ broad = broad, narrow ∘ narrow = narrow; close and related lead no further.
    Source: SSSOM chaining rules T1, RCE1, RCE2. Only reviewed matches are joined. Ways that differ in the middle item
    alone give one row, whose comment names them; `set_id` names the new set.
    """
    ways: dict[tuple[str, str, str], list[str]] = {}
    labels: dict[str, str] = {}
    onward: dict[str, list[Match]] = {}
    for match in second.counted:
        onward.setdefault(match.subject, []).append(match)
    for one in first.counted:
        for two in onward.get(one.object, []):
            if predicate := _compose(one.predicate, two.predicate):
                ways.setdefault((one.subject, predicate, two.object), []).append(one.object)
                labels |= {one.subject: one.get("subject_label"), two.object: two.get("object_label")}
    rows = [_chained(key, ways[key], labels) for key in sorted(ways)]
    return Crosswalk(make_header({**first.prefixes, **second.prefixes}, set_id=set_id), _COLUMNS, tuple(rows))


def find_cardinalities(matches: Sequence[Match]) -> tuple[str, ...]:
    """Say for each row how many partners its two items have: 1:1, n:1 (several subjects to one object), 1:n, n:n.

    A row without a counterpart is 1:0 or 0:1 and is not counted for others, nor is a denied one.
    Source: SSSOM 1.1, cardinality over the whole set.
    """
    pairs = {(m.subject, m.object) for m in matches if not (m.is_absence or m.is_denied)}
    objects, subjects = Counter(s for s, _ in pairs), Counter(o for _, o in pairs)

    def name(match: Match) -> str:
        if match.is_absence:
            return f"{int(match.subject != NO_TERM)}:{int(match.object != NO_TERM)}"
        return f"{'n' if subjects[match.object] > 1 else '1'}:{'n' if objects[match.subject] > 1 else '1'}"

    return tuple(map(name, matches))


def find_rings(matches: Sequence[Match]) -> tuple[Match, ...]:
    """Return the broad and narrow matches that lie on a ring: an item would be broader than itself.

    Edges: s → o for broad, o → s for narrow, both for exact; a broad or narrow edge in a strong component is faulty.
    """
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    told = [m for m in matches if m.predicate in _TRANSITIVE and not (m.is_absence or m.is_denied)]
    number = {name: k for k, name in enumerate(dict.fromkeys(name for m in told for name in (m.subject, m.object)))}
    edges = [(number[m.subject], number[m.object]) for m in told if m.predicate != _NARROW]
    edges += [(number[m.object], number[m.subject]) for m in told if m.predicate != _BROAD]
    if not edges:
        return ()
    rows, columns = zip(*edges, strict=True)
    graph = coo_matrix(([1] * len(edges), (rows, columns)), shape=(len(number), len(number)))
    part = connected_components(graph, connection="strong")[1]
    return tuple(m for m in told if m.predicate != _EXACT and part[number[m.subject]] == part[number[m.object]])


def _other(name: str) -> str:
    if name.startswith("subject_"):
        return name.replace("subject_", "object_", 1)
    return name.replace("object_", "subject_", 1) if name.startswith("object_") else name


def _turn_key(found: re.Match[str]) -> str:
    return found[1] + _other(found[2])


def _invert(match: Match) -> Match:
    cells = {_other(name): cell for name, cell in match.cells.items()}
    cells["predicate_id"] = _TURNED.get(match.predicate, match.predicate)
    if match.get("mapping_cardinality"):
        cells["mapping_cardinality"] = ":".join(reversed(match.get("mapping_cardinality").split(":")))
    return Match({name: cell for name, cell in cells.items() if cell}, match.line)


def _compose(one: str, two: str) -> str | None:
    if one == _EXACT:
        return two
    return one if two == _EXACT or (one == two and one in _TRANSITIVE) else None


def _chained(key: tuple[str, str, str], middle: Sequence[str], labels: Mapping[str, str]) -> Match:
    subject, predicate, target = key
    comment = f"via {', '.join(sorted(set(middle)))}"
    cells = (subject, labels[subject], predicate, target, labels[target], _CHAINING, comment)
    return Match({name: cell for name, cell in zip(_COLUMNS, cells, strict=True) if cell})
