"""What the coded evidence says (编码结果): codes by field or stage, order in the text, passages with their place."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from jinghe.coding.adjudicate import Settled
from jinghe.coding.codebook import Codebook
from jinghe.coding.document import Document, Segment
from jinghe.errors import RuleError, problem
from jinghe.labels import Text

__all__ = ["Cell", "Following", "Profile", "Quote", "find_following", "find_profile", "quote"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One code in one group of documents (单元格): segments with it, all segments, documents with it, all documents."""

    group: str
    code: str
    segments: int
    of_segments: int
    documents: int
    of_documents: int

    @property
    def share(self) -> float | None:
        """Share of the group's segments; None for a group without any."""
        return self.segments / self.of_segments if self.of_segments else None


@dataclass(frozen=True, slots=True)
class Profile:
    """Codes by the values of one attribute (编码剖面). `unplaced`: documents without that attribute."""

    attribute: str
    cells: tuple[Cell, ...]
    unplaced: int

    def get(self, group: str, code: str) -> Cell:
        """Return one cell."""
        return next(cell for cell in self.cells if (cell.group, cell.code) == (group, code))


@dataclass(frozen=True, slots=True)
class Following:
    """How often one kind of passage stands in a document after another (先后): count, base, share or None."""

    after: int
    total: int

    @property
    def share(self) -> float | None:
        """after/total; None when there is no such passage."""
        return self.after / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage with its place (引文): document, number of the segment, characters, words, codes, source."""

    document: str
    title: Text
    number: int
    start: int
    end: int
    text: str
    codes: tuple[str, ...]
    source: str

    def cite(self, lang: str) -> str:
        """Name the place.

        >>> Quote("d", Text("访谈", "Interview"), 3, 20, 31, "…", ("C1",), "s").cite("en")
        'Interview, segment 3 (characters 20–31)'
        """
        if lang == "zh":
            return f"{self.title.zh}，第 {self.number} 段（第 {self.start}—{self.end} 字）"
        return f"{self.title.en}, segment {self.number} (characters {self.start}–{self.end})"


def find_profile(
    settled: Settled,
    *,
    codebook: Codebook,
    documents: Sequence[Document],
    segments: Sequence[Segment],
    attribute: str,
    codes: Collection[str] = (),
) -> Profile:
    """Count each code, with everything below it, by the values of a document attribute (field, stage, level).

    Args:
        settled: the coding that stands.
        codebook: declares the attribute and its values, which all appear, used or not.
        documents: with their attributes.
        segments: all of them, coded or not: the base of the shares.
        attribute: name of the attribute.
        codes: what to count; all codes when empty.
    Raises:
        RuleError: no such attribute or code.
    """
    wanted = list(codes) or [code.id for code in codebook.codes]
    _check(codebook, wanted, attribute)
    group = {document.id: document.attributes.get(attribute, "") for document in documents}
    cells = []
    for value in codebook.attributes[attribute]:
        homes = {name for name, found in group.items() if found == value}
        inside = {segment.id: segment.document for segment in segments if segment.document in homes}
        for code in wanted:
            below = codebook.gather(code)
            hits = {segment for segment, name in settled.applied if name in below and segment in inside}
            cells.append(Cell(value, code, len(hits), len(inside), len({inside[s] for s in hits}), len(homes)))
    return Profile(attribute, tuple(cells), sum(not value for value in group.values()))


def find_following(
    settled: Settled, *, codebook: Codebook, segments: Sequence[Segment], codes: Collection[str], after: str
) -> Following:
    """Count the segments with one of `codes` whose document speaks of `after` in an earlier segment (or the same).

    It asks whether organisation and action follow consensus in the texts (Y1–Y3), which shows order, not cause.
    Raises RuleError: no such code.
    """
    _check(codebook, [*codes, after], None)
    first = codebook.gather(after)
    then = frozenset(name for code in codes for name in codebook.gather(code))
    held: dict[str, set[str]] = {}
    for name, code in settled.applied:
        held.setdefault(name, set()).add(code)
    spoken: set[str] = set()
    followed = total = 0
    for segment in sorted(segments, key=lambda one: (one.document, one.start)):
        names = held.get(segment.id, set())
        if names & first:
            spoken.add(segment.document)
        if names & then:
            total += 1
            followed += segment.document in spoken
    return Following(followed, total)


def quote(
    settled: Settled, *, codebook: Codebook, documents: Sequence[Document], segments: Sequence[Segment], code: str
) -> tuple[Quote, ...]:
    """Return every passage with a code or one below it, in the order of the documents, each with its place.

    Raises RuleError: no such code.
    """
    _check(codebook, [code], None)
    below = codebook.gather(code)
    held: dict[str, list[str]] = {}
    for place, name in sorted(settled.applied):
        held.setdefault(place, []).append(name)
    quotes = []
    for document in documents:
        own = sorted((one for one in segments if one.document == document.id), key=lambda one: one.start)
        for number, segment in enumerate(own, 1):
            names = tuple(held.get(segment.id, ()))
            if below & set(names):
                text = document.text[segment.start : segment.end]
                where = (number, segment.start, segment.end)
                quotes.append(Quote(document.id, document.title, *where, text, names, document.source))
    return tuple(quotes)


def _check(codebook: Codebook, codes: Sequence[str], attribute: str | None) -> None:
    found = [problem("coding-undeclared", found=c, nearest="—") for c in codes if not codebook.find(c)]
    if attribute is not None and attribute not in codebook.attributes:
        expected = ", ".join(codebook.attributes)
        found.append(problem("choice-unknown", "attributes", found=attribute, expected=expected))
    if found:
        raise RuleError(found)
