"""Answers (作答): one row per respondent, one column per item, nothing that leads back to a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jinghe.errors import DataError, Problem, problem
from jinghe.labels import Text
from jinghe.survey.expression import Coded, evaluate, parse_expression
from jinghe.survey.instrument import Instrument, Item

__all__ = [
    "Grouping",
    "Responses",
    "blank_column",
    "find_asked",
    "group_respondents",
    "join_waves",
    "seal",
    "take_items",
    "take_scores",
]

_Floats = NDArray[np.float64]
_Bools = NDArray[np.bool_]
_NOT_STATED = Text("未填", "not stated")


@dataclass(frozen=True, slots=True, eq=False)
class Responses:
    """The answers to one questionnaire (作答集).

    `answers` holds per item: the number of the option chosen (select_one, −1 none), a column per option
    (select_multiple), numbers with NaN for none, or texts. `days` are days, never hours. `seconds` is how long each
    took, NaN where not known; it serves the check of speed and is never written out. `waves` numbers the collection a
    row comes from. `given` holds the answers as given where tables leave some out (`share_bases`); skip logic looks at
    these.
    """

    instrument: Instrument
    answers: Mapping[str, NDArray[Any]]
    days: NDArray[np.datetime64]
    seconds: _Floats
    waves: NDArray[np.int64]
    wave_names: tuple[str, ...] = ("1",)
    synthetic: bool = False
    given: Mapping[str, NDArray[Any]] | None = None

    @property
    def n(self) -> int:
        """How many respondents there are."""
        return len(self.days)

    def as_given(self) -> Responses:
        """Return everything that was answered, also what tables leave out."""
        return self if self.given is None else replace(self, answers=self.given, given=None)

    def leaves_out(self, name: str) -> bool:
        """Tell whether tables of an item leave answers out."""
        return self.given is not None and self.given[name] is not self.answers[name]

    def column(self, name: str) -> Coded:
        """Return an item's answers, as given, with the codes of its options."""
        return Coded((self.given or self.answers)[name], tuple(choice.code for choice in self.instrument.options(name)))

    def values(self, name: str) -> _Floats:
        """Return an item's answers as numbers: ratings by their code, NaN for none. Raises DataError for words."""
        item, values = self.instrument.item(name), self.answers[name]
        if item.kind in {"integer", "decimal"}:
            return np.asarray(values, dtype=np.float64)
        numbers = [choice.value for choice in self.instrument.options(name)]
        if item.kind != "select_one" or None in numbers:
            raise DataError([problem("survey-not-number", name, found=name)])
        return np.asarray(np.array([*numbers, np.nan], dtype=np.float64)[values])

    def answered(self, name: str) -> _Bools:
        """Tell who answered an item; of several options nobody can tell none chosen from not answered."""
        values = self.answers[name]
        if values.ndim == 2:
            return np.asarray(values.any(1))
        if values.dtype.kind == "f":
            return np.asarray(~np.isnan(values))
        return np.asarray(values >= 0 if values.dtype.kind == "i" else values != "")

    def choose(self, rows: NDArray[Any]) -> Responses:
        """Return some respondents, by truth values or numbers."""
        given = None if self.given is None else {name: values[rows] for name, values in self.given.items()}
        return replace(
            self,
            given=given,
            answers={name: values[rows] for name, values in self.answers.items()},
            days=self.days[rows],
            seconds=self.seconds[rows],
            waves=self.waves[rows],
        )


@dataclass(frozen=True, slots=True, eq=False)
class Grouping:
    """Respondents by the answers to one or two background questions (分组): a number each and the groups' names."""

    names: tuple[Text, ...]
    labels: NDArray[np.int64]
    of: tuple[str, ...]


def take_scores(responses: Responses, name: str) -> _Floats:
    """Return an item's numbers or a scale's scores; reversed items are turned (low + high − x) in scales.

    A score needs an answer to every item of the scale: a sum over fewer items is another quantity.
    """
    scale = responses.instrument.scale(name)
    if scale is None:
        return responses.values(name)
    total = np.zeros(responses.n)
    for item in scale.items:
        total += _turned(responses, item)
    return total if scale.score == "sum" else total / len(scale.items)


def take_items(responses: Responses, name: str) -> _Floats:
    """Return the items of a scale side by side, reversed ones turned, NaN for no answer."""
    scale = responses.instrument.scale(name)
    return np.column_stack([_turned(responses, item) for item in scale.items]) if scale else np.empty((responses.n, 0))


def _turned(responses: Responses, name: str) -> _Floats:
    values, ends = responses.values(name), responses.instrument.ends(name)
    return sum(ends) - values if responses.instrument.item(name).reverse and ends else values


def group_respondents(responses: Responses, cut: Sequence[str]) -> Grouping:
    """Group respondents by one or two background questions; those who left one blank are a group of their own.

    Raises:
        DataError: an item is not marked as a question by which tables may be cut.
    """
    instrument, n = responses.instrument, responses.n
    if faults := [problem("survey-cut-kind", name, found=name) for name in cut if not instrument.item(name).cut]:
        raise DataError(faults)
    labels, names = np.zeros(n, dtype=np.int64), [Text("", "")]
    for name in cut:
        options = [choice.label for choice in instrument.options(name)]
        answers = responses.answers[name]
        blank = bool((answers < 0).any())
        options += [_NOT_STATED] if blank else []
        labels = labels * len(options) + np.where(answers < 0, len(options) - 1, answers)
        names = [
            Text(" · ".join(filter(None, (a.zh, b.zh))), " · ".join(filter(None, (a.en, b.en))))
            for a in names
            for b in options
        ]
    return Grouping(tuple(names), labels, tuple(cut))


def find_asked(responses: Responses, item: Item) -> _Bools:
    """Tell to whom an item was put: its relevance, false also where the item it hangs on was skipped."""
    if not item.relevant:
        return np.ones(responses.n, dtype=bool)
    return evaluate(parse_expression(item.relevant), responses.column, n=responses.n)


def seal(responses: Responses, *, rng: np.random.Generator) -> Responses:
    """Shuffle the rows, so that their order no longer tells who answered when, and drop how long each took.

    Source: LimeSurvey's anonymised responses, which fix all dates for the same reason.
    """
    mixed = responses.choose(rng.permutation(responses.n))
    return replace(mixed, seconds=np.full(responses.n, np.nan))


def join_waves(waves: Sequence[Responses]) -> tuple[Responses, list[Problem]]:
    """Put several collections together under the newest questionnaire.

    An item that a wave lacks, or asks with other options, is blank for that wave and named in a note; tables of it
    rest on the other waves alone.

    Returns:
        All responses, and one note per item and wave.
    """
    newest = waves[-1].instrument
    notes: list[Problem] = []
    columns: dict[str, list[NDArray[Any]]] = {item.id: [] for item in newest.questions()}
    for number, wave in enumerate(waves):
        name = wave.wave_names[0] if wave.wave_names != ("1",) else wave.instrument.version
        for item in newest.questions():
            if _is_same(newest, wave.instrument, item):
                columns[item.id].append(wave.answers[item.id])
            else:
                notes.append(problem("survey-item-wave", item.id, found=item.id, wave=f"{number + 1} ({name})"))
                columns[item.id].append(blank_column(newest, item, wave.n))
    joined = Responses(
        newest,
        {name: np.concatenate(parts) for name, parts in columns.items()},
        np.concatenate([wave.days for wave in waves]),
        np.concatenate([wave.seconds for wave in waves]),
        np.repeat(np.arange(len(waves)), [wave.n for wave in waves]),
        tuple(wave.instrument.version for wave in waves),
        any(wave.synthetic for wave in waves),
    )
    return joined, notes


def _is_same(newest: Instrument, older: Instrument, item: Item) -> bool:
    if item.id not in {old.id for old in older.questions()}:
        return False
    codes = [[choice.code for choice in instrument.options(item.id)] for instrument in (newest, older)]
    return older.item(item.id).kind == item.kind and codes[0] == codes[1]


def blank_column(instrument: Instrument, item: Item, n: int) -> NDArray[Any]:
    """Return a column without any answer."""
    if item.kind == "select_one":
        return np.full(n, -1, dtype=np.int64)
    if item.kind == "select_multiple":
        return np.zeros((n, len(instrument.options(item.id))), dtype=bool)
    return np.full(n, "", dtype=object) if item.kind == "text" else np.full(n, np.nan)
