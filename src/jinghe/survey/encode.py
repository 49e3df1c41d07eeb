"""From the words of a file to answers (作答编码): what does not fit the questionnaire is named, never guessed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jinghe.errors import DataError, Problem, problem
from jinghe.survey.expression import Coded, evaluate, parse_expression
from jinghe.survey.instrument import Instrument, Item
from jinghe.survey.responses import Responses, blank_column, find_asked
from jinghe.units import read_date, read_number

__all__ = ["Collected", "Reading", "encode"]

_Columns = Mapping[str, Sequence[str]]
_MOST_WORDS = 5  # so many wrong words of an item are named one by one


@dataclass(frozen=True, slots=True, eq=False)
class Collected:
    """A file of answers, still in words (收回的原始数据).

    `items` holds a column per item, several options joined by spaces; `lines` where each row stands; `ids` tells
    respondents apart while reading and is then dropped, as are tokens.
    """

    file: str
    lines: Sequence[int]
    items: _Columns
    ids: Sequence[str]
    days: Sequence[str]
    seconds: Sequence[float]
    tokens: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What was read (读取结果): the responses and everything that was found wrong or put right."""

    responses: Responses
    problems: tuple[Problem, ...]


def encode(collected: Collected, instrument: Instrument) -> Reading:
    """Turn words into answers.

    Rules, each with its message: a code that is no option, a number that cannot be read or breaks its constraint, and
    an answer to a skipped question become missing; of one respondent's several rows the last stands; a required item
    left blank is counted, unless tables are cut by it: those who left it blank are a group, small as any; a column of
    tokens is dropped.
    """
    found: list[Problem] = []
    keep = _last_rows(collected, found)
    if collected.tokens:
        found.append(problem("survey-token-linked", file=collected.file, found=collected.tokens))
    kept = _Kept(collected, keep, found)
    answers = {item.id: kept.column(instrument, item) for item in instrument.questions()}
    seconds = np.asarray(collected.seconds, dtype=np.float64)[keep]
    responses = Responses(instrument, answers, kept.days(), seconds, np.zeros(len(keep), dtype=np.int64))
    return Reading(_apply_rules(responses, found, file=collected.file), tuple(found))


def _last_rows(collected: Collected, found: list[Problem]) -> NDArray[np.int64]:
    last: dict[str, int] = {}
    kept = np.ones(len(collected.ids), dtype=bool)
    again: list[tuple[int, int]] = []
    for at, name in enumerate(collected.ids):
        if name and name in last:
            kept[last[name]] = False
            again.append((collected.lines[at], collected.lines[last[name]]))
        last[name] = at
    if again:
        line, first = again[0]
        found.append(
            problem("survey-respondent-repeated", file=collected.file, line=line, first=first, count=len(again))
        )
    return np.flatnonzero(kept)


@dataclass(frozen=True, slots=True, eq=False)
class _Kept:
    """The rows that count, read column by column."""

    collected: Collected
    rows: NDArray[np.int64]
    found: list[Problem]

    def column(self, instrument: Instrument, item: Item) -> NDArray[Any]:
        if item.id not in self.collected.items:
            self.found.append(problem("survey-column-missing", item.id, file=self.collected.file, found=item.id))
            return blank_column(instrument, item, len(self.rows))
        listed = self.collected.items[item.id]
        words = [listed[at] for at in self.rows]
        if item.kind == "text":
            return np.array([*words, ""], dtype=object)[:-1]
        if item.kind in {"integer", "decimal"}:
            return self.each(item, words, _reader(item), np.nan)
        codes = _codes(instrument, item)
        if item.kind == "select_one":
            return self.each(item, words, codes.get, -1, known=codes).astype(np.int64)
        return self.several(instrument, item, words, codes)

    def each(
        self,
        item: Item,
        words: Sequence[str],
        read: Callable[[str], float | None],
        blank: float,
        *,
        known: Mapping[str, int] | None = None,
    ) -> NDArray[np.float64]:
        """Read each different word once; those that cannot be read are named with the lines where they stand."""
        values = {word: blank if not word else read(word) for word in dict.fromkeys(words)}
        wrong: dict[str, list[int]] = {word: [] for word, value in values.items() if value is None}
        for at, word in enumerate(words if wrong else ()):
            if word in wrong:
                wrong[word].append(at)
        self.wrong(item, wrong, known)
        return np.array([values[word] if word not in wrong else blank for word in words], dtype=np.float64)

    def wrong(self, item: Item, words: Mapping[str, Sequence[int]], known: Mapping[str, int] | None) -> None:
        """Name words that cannot be read and where they first stand; beyond a few, the rest together."""
        listed = sorted(words.items(), key=lambda pair: pair[1][0])
        rest = [at for _, rows in listed[_MOST_WORDS:] for at in rows]
        named = [*listed[:_MOST_WORDS], *([("…", rest)] if rest else [])]
        for word, rows in named:
            file, line = self.collected.file, self.collected.lines[self.rows[rows[0]]]
            values = {"found": word, "count": len(rows)} | ({} if known is None else {"known": ", ".join(known)})
            code = "survey-number-wrong" if known is None else "survey-code-unknown"
            self.found.append(problem(code, item.id, file=file, line=line, **values))

    def several(
        self, instrument: Instrument, item: Item, words: Sequence[str], codes: Mapping[str, int]
    ) -> NDArray[np.bool_]:
        chosen = np.zeros((len(words), len(instrument.options(item.id))), dtype=bool)
        wrong: dict[str, list[int]] = {}
        for at, word in enumerate(words):
            for part in word.split():
                if part in codes:
                    chosen[at, codes[part]] = True
                else:
                    wrong.setdefault(part, []).append(at)
        self.wrong(item, wrong, codes)
        return chosen

    def days(self) -> NDArray[np.datetime64]:
        """Cut every time to its day; what is no day is not known."""
        words = [self.collected.days[at] for at in self.rows]
        known = {word: _day(word) for word in dict.fromkeys(words)}
        wrong = [at for at, word in enumerate(words) if word and known[word] == "NaT"]
        if wrong:
            line, word = self.collected.lines[self.rows[wrong[0]]], words[wrong[0]]
            self.found.append(
                problem("survey-day-wrong", file=self.collected.file, line=line, found=word, count=len(wrong))
            )
        return np.array([known[word] for word in words], dtype="datetime64[D]")


def _day(word: str) -> str:
    try:
        return read_date(word).isoformat() if word else "NaT"
    except DataError:
        return "NaT"


def _codes(instrument: Instrument, item: Item) -> dict[str, int]:
    """Number the options by their code; some exports write the labels instead."""
    options = instrument.options(item.id)
    codes = {choice.code: at for at, choice in enumerate(options)}
    if item.kind == "select_one":
        both = [(at, dict.fromkeys((choice.label.zh, choice.label.en))) for at, choice in enumerate(options)]
        labels = [(words, at) for at, listed in both for words in listed]
        met = [words for words, _ in labels]
        codes |= {words: at for words, at in labels if met.count(words) == 1 and words not in codes}
    return codes


def _reader(item: Item) -> Callable[[str], float | None]:
    def read(word: str) -> float | None:
        try:
            number = read_number(word)
        except DataError:
            return None
        if number.value is None or number.unit or (item.kind == "integer" and number.value.denominator != 1):
            return None
        return float(number.value)

    return read


def _apply_rules(responses: Responses, found: list[Problem], *, file: str) -> Responses:
    """Item by item: blank answers to skipped questions and broken constraints, count required ones left blank."""
    for item in responses.instrument.questions():
        asked, answered = find_asked(responses, item), responses.answered(item.id)
        if surplus := int((answered & ~asked).sum()):
            found.append(_counted("survey-answer-skipped", item, surplus, file=file, rule=item.relevant))
            responses = _blank(responses, item, ~asked)
        if item.constraint and (broken := _broken(responses, item)).any():
            count = int(broken.sum())
            found.append(_counted("survey-constraint-broken", item, count, file=file, rule=item.constraint))
            responses = _blank(responses, item, broken)
        if item.required and (missing := int((asked & ~answered).sum())):
            found.append(_counted("survey-answer-missing", item, missing, file=file))
    return responses


def _counted(code: str, item: Item, count: int, *, file: str, rule: str = "") -> Problem:
    """Count what is missing; of a background question the count would be the size of a group."""
    if item.cut:
        return problem("survey-background-blank", item.id, file=file)
    return problem(code, item.id, file=file, count=count, rule=rule)


def _broken(responses: Responses, item: Item) -> NDArray[np.bool_]:
    def lookup(name: str) -> Coded:
        return responses.column(item.id if name == "." else name)

    holds = evaluate(parse_expression(item.constraint), lookup, n=responses.n)
    return np.asarray(responses.answered(item.id) & ~holds)


def _blank(responses: Responses, item: Item, rows: NDArray[np.bool_]) -> Responses:
    column = responses.answers[item.id].copy()
    column[rows] = blank_column(responses.instrument, item, int(rows.sum()))
    return replace(responses, answers={**responses.answers, item.id: column})
