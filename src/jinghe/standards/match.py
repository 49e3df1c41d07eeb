"""What a crosswalk consists of (对照表): rows that say how an item of one catalogue relates to one of another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from jinghe.labels import Text

__all__ = ["MANUAL", "NO_TERM", "PREDICATES", "UNSPECIFIED", "Crosswalk", "Match", "make_header"]

PREDICATES = {
    "skos:exactMatch": Text("等同", "exact"),
    "skos:closeMatch": Text("相近", "close"),
    "skos:broadMatch": Text("对方更宽", "broader there"),
    "skos:narrowMatch": Text("对方更窄", "narrower there"),
    "skos:relatedMatch": Text("相关", "related"),
}
NO_TERM = "sssom:NoTermFound"
MANUAL = "semapv:ManualMappingCuration"
UNSPECIFIED = "https://w3id.org/sssom/license/unspecified"


@dataclass(frozen=True, slots=True)
class Match:
    """One row (对照行): the cells as written, by column. `line` is where it stood and no part of it."""

    cells: Mapping[str, str]
    line: int = field(default=0, compare=False)

    def get(self, column: str) -> str:
        """Return a cell; "" where the row has none."""
        return self.cells.get(column, "")

    @property
    def subject(self) -> str:
        """The item that is mapped, `prefix:code`."""
        return self.get("subject_id")

    @property
    def predicate(self) -> str:
        """How it relates to the other: a key of `PREDICATES`."""
        return self.get("predicate_id")

    @property
    def object(self) -> str:
        """The item it is mapped to, `prefix:code`."""
        return self.get("object_id")

    @property
    def is_reviewed(self) -> bool:
        """Has a named person judged it and not disagreed? Nothing else counts as a mapping.

        That is: justification `semapv:ManualMappingCuration`, a reviewer, and no `reviewer_agreement` of 0 or less.
        """
        try:
            agrees = float(self.get("reviewer_agreement") or 1) > 0
        except ValueError:
            agrees = False
        return self.get("mapping_justification") == MANUAL and bool(self.reviewer) and agrees

    @property
    def reviewer(self) -> str:
        """Who reviewed it; "" when nobody did."""
        return (self.get("reviewer_label") or self.get("reviewer_id")).strip()

    @property
    def is_absence(self) -> bool:
        """Does it say that an item has no counterpart?"""
        return NO_TERM in (self.subject, self.object)

    @property
    def is_denied(self) -> bool:
        """Does it say that the two do NOT relate so?"""
        return self.get("predicate_modifier") == "Not"

    @property
    def is_blocked(self) -> bool:
        """Is the pair barred from use by a blocking incompatibility (qualifier of OSCAL's mapping model)?"""
        return self.get("qualifier") == "has-incompatibility" and self.get("qualifier_category") == "blocked"


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """A set of matches (对照表) with the lines of its metadata block, as written, and the order of its columns."""

    header: tuple[str, ...]
    columns: tuple[str, ...]
    matches: tuple[Match, ...]

    @property
    def prefixes(self) -> dict[str, str]:
        """The prefixes that the metadata block declares under `curie_map`, with what they stand for."""
        found: dict[str, str] = {}
        inside, base = False, 0
        for line in self.header:
            text = line.removeprefix("#")
            margin = len(text) - len(text.lstrip(" "))
            name, _, address = (part.strip().strip("\"'") for part in text.partition(":"))
            if inside and margin > base:
                found[name] = address
            else:
                inside, base = name == "curie_map", margin
        return found

    @property
    def counted(self) -> tuple[Match, ...]:
        """The reviewed matches between two items; candidates, absences and denials are no mappings."""
        return tuple(m for m in self.matches if m.is_reviewed and not (m.is_absence or m.is_denied))

    @property
    def absences(self) -> tuple[Match, ...]:
        """The reviewed rows that say an item has no counterpart."""
        return tuple(m for m in self.matches if m.is_reviewed and m.is_absence)

    @property
    def reviewers(self) -> tuple[str, ...]:
        """Everybody who reviewed a row."""
        return tuple(sorted({m.reviewer for m in self.matches if m.is_reviewed}))

    def select(self, *predicates: str) -> tuple[Match, ...]:
        """Return the counted matches with one of these predicates (`exactMatch`, `closeMatch` …)."""
        wanted = {f"skos:{name}" for name in predicates}
        return tuple(m for m in self.counted if m.predicate in wanted)

    def add(self, matches: Iterable[Match]) -> Crosswalk:
        """Return a crosswalk with more rows; new columns come last."""
        rows = tuple(matches)
        known = dict.fromkeys((*self.columns, *(column for row in rows for column in row.cells)))
        return replace(self, columns=tuple(known), matches=(*self.matches, *rows))


def make_header(
    prefixes: Mapping[str, str], *, set_id: str, licence: str = UNSPECIFIED, comment: str = ""
) -> tuple[str, ...]:
    """Make the metadata block of a new crosswalk, in the canonical order.

    >>> make_header({"b": "urn:b:", "a": "urn:a:"}, set_id="urn:x")[1]
    '#  a: urn:a:'
    """
    names = [f"#  {name}: {prefixes[name]}" for name in sorted(prefixes)]
    lines = ("#curie_map:", *names, f"#mapping_set_id: {set_id}", f"#license: {licence}")
    return (*lines, f"#comment: {comment}") if comment else lines
