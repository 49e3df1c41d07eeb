"""Skip logic and constraints in a tiny, safe grammar (跳题逻辑): the part of XLSForm's XPath that questionnaires need.

    expression = both { "or" both }            both = term { "and" term }
    term       = operand [ ("=" | "!=" | "<" | "<=" | ">" | ">=") operand ]
    operand    = ${item} | . | number | 'text' | ( expression ) | not( expression )
               | selected(${item}, 'code') | count-selected(${item})

Nothing is executed: an expression is read into a tree and the tree is looked at.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jinghe.errors import DataError, problem

__all__ = ["Coded", "Expression", "evaluate", "list_items", "list_pairs", "parse_expression"]

_TOKEN = re.compile(
    r"""\s*(?:(?P<item>\$\{\s*[\w.-]+\s*\})|(?P<text>'[^']*'|"[^"]*")|(?P<number>-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+))
    |(?P<sign><=|>=|!=|=|<|>)|(?P<call>not|selected|count-selected)(?=\s*\()|(?P<word>and|or)(?![\w-])
    |(?P<mark>[(),])|(?P<self>\.))""",
    re.VERBOSE,
)
_SIGNS: Mapping[str, Callable[[Any, Any], Any]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_DEEPEST = 40


@dataclass(frozen=True, slots=True)
class Expression:
    """A node of the tree (表达式): kind, its word or sign, and its parts."""

    kind: str  # item, text, number, compare, and, or, not, selected, count-selected
    word: str = ""
    parts: tuple[Expression, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Coded:
    """The answers to one item as an expression sees them (作答列).

    `values` holds numbers, texts, numbers of the options chosen (−1: no answer) or, for several, a column per option;
    `codes` names the options, in order.
    """

    values: NDArray[Any]
    codes: tuple[str, ...] = ()


@lru_cache(maxsize=1024)
def parse_expression(text: str) -> Expression:
    """Read an expression.

    Raises:
        DataError: it does not follow the grammar.

    >>> parse_expression("${grade} >= 3 and not(selected(${why}, 'order'))").kind
    'and'
    """
    reader = _Reader(text, list(_tokens(text)))
    found = reader.either()
    if reader.rest:
        raise reader.fault()
    return found


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while text[at:].strip():
        match = _TOKEN.match(text, at)
        if not match:
            raise DataError([problem("survey-expression", found=text, near=text[at:].strip()[:20])])
        at, kind = match.end(), str(match.lastgroup)
        yield kind, match[kind]


class _Reader:
    """Reads tokens by recursive descent."""

    __slots__ = ("depth", "rest", "text")

    def __init__(self, text: str, rest: list[tuple[str, str]]) -> None:
        self.text, self.rest, self.depth = text, rest[::-1], 0

    def fault(self) -> DataError:
        near = self.rest[-1][1] if self.rest else self.text[-20:]
        return DataError([problem("survey-expression", found=self.text, near=near)])

    def next_is(self, *words: str) -> bool:
        return bool(self.rest) and self.rest[-1][1] in words and self.rest[-1][0] not in {"text", "item"}

    def take(self, *words: str) -> str:
        if not self.next_is(*words):
            raise self.fault()
        return self.rest.pop()[1]

    def either(self) -> Expression:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self.fault()
        found = self.joined("or", lambda: self.joined("and", self.term))
        self.depth -= 1
        return found

    def joined(self, word: str, read: Callable[[], Expression]) -> Expression:
        parts = [read()]
        while self.next_is(word):
            self.take(word)
            parts.append(read())
        return parts[0] if len(parts) == 1 else Expression(word, parts=tuple(parts))

    def term(self) -> Expression:
        left = self.operand()
        if not self.next_is(*_SIGNS):
            return left
        sign = self.take(*_SIGNS)
        right = self.operand()
        if not {left.kind, right.kind} <= {"item", "text", "number", "count-selected"}:
            raise self.fault()
        return Expression("compare", sign, (left, right))

    def operand(self) -> Expression:
        if not self.rest:
            raise self.fault()
        if self.next_is("("):
            return self.bracketed()
        kind, word = self.rest[-1]
        if kind == "call":
            self.rest.pop()
            return self.call(word)
        if kind not in {"item", "text", "number", "self"}:
            raise self.fault()
        self.rest.pop()
        bare = word[1:-1] if kind == "text" else word[2:-1].strip() if kind == "item" else word
        return Expression("item" if kind == "self" else kind, bare)

    def bracketed(self) -> Expression:
        self.take("(")
        found = self.either()
        self.take(")")
        return found

    def call(self, name: str) -> Expression:
        if name == "not":
            return Expression("not", parts=(self.bracketed(),))
        self.take("(")
        item = self.operand()
        parts = [item]
        if name == "selected":
            self.take(",")
            parts.append(self.operand())
        self.take(")")
        if item.kind != "item" or any(part.kind not in {"text", "number"} for part in parts[1:]):
            raise self.fault()
        return Expression(name, parts=tuple(parts))


def list_items(expression: Expression) -> tuple[str, ...]:
    """List the items an expression names, `.` for the item it belongs to.

    >>> list_items(parse_expression(". > 0 or ${a} = 1"))
    ('.', 'a')
    """
    own = (expression.word,) if expression.kind == "item" else ()
    return (*own, *(name for part in expression.parts for name in list_items(part)))


def list_pairs(expression: Expression) -> tuple[tuple[str, str], ...]:
    """List the items an expression holds against a word, so that the word can be looked up among the options.

    >>> list_pairs(parse_expression("${a} = 'yes' or selected(${b}, 'no')"))
    (('a', 'yes'), ('b', 'no'))
    """
    if expression.kind in {"compare", "selected"} and {part.kind for part in expression.parts} == {"item", "text"}:
        words = {part.kind: part.word for part in expression.parts}
        return ((words["item"], words["text"]),)
    return tuple(pair for part in expression.parts for pair in list_pairs(part))


def evaluate(expression: Expression, lookup: Callable[[str], Coded], *, n: int) -> NDArray[np.bool_]:
    """Tell for every respondent whether the expression holds.

    A missing answer equals only the empty text: `${a} = 'x'` is false, `${a} != 'x'` true, `${a} > 1` false.

    Args:
        expression: as `parse_expression` read it.
        lookup: the answers to an item.
        n: how many respondents there are.
    Returns:
        One truth value per respondent.
    """
    if expression.kind in {"and", "or"}:
        found = [evaluate(part, lookup, n=n) for part in expression.parts]
        return np.asarray((np.logical_and if expression.kind == "and" else np.logical_or).reduce(found))
    if expression.kind == "not":
        return ~evaluate(expression.parts[0], lookup, n=n)
    if expression.kind == "selected":
        item, code = expression.parts
        return _selected(lookup(item.word), code.word, n)
    if expression.kind == "compare":
        return _compare(expression, lookup, n)
    return _truth(_numbers(expression, lookup), n)


def _truth(value: NDArray[np.float64], n: int) -> NDArray[np.bool_]:
    return np.asarray(np.broadcast_to(np.nan_to_num(value) != 0, (n,)))


def _selected(answers: Coded, code: str, n: int) -> NDArray[np.bool_]:
    if code not in answers.codes:
        return np.zeros(n, dtype=bool)
    at = answers.codes.index(code)
    return np.asarray(answers.values[:, at] > 0 if answers.values.ndim == 2 else answers.values == at)


def _compare(expression: Expression, lookup: Callable[[str], Coded], n: int) -> NDArray[np.bool_]:
    left, right = expression.parts
    sign = _SIGNS[expression.word]
    if "text" in {left.kind, right.kind} or (expression.word in {"=", "!="} and left.kind == right.kind == "item"):
        with np.errstate(invalid="ignore"):
            return np.broadcast_to(np.asarray(sign(_texts(left, lookup), _texts(right, lookup)), dtype=bool), (n,))
    one, two = _numbers(left, lookup), _numbers(right, lookup)
    found = sign(one, two)
    return np.broadcast_to(found if expression.word == "!=" else found & ~(np.isnan(one) | np.isnan(two)), (n,))


def _texts(part: Expression, lookup: Callable[[str], Coded]) -> NDArray[Any]:
    if part.kind != "item":
        return np.asarray(part.word, dtype=object)
    answers = lookup(part.word)
    if answers.codes and answers.values.ndim == 1:
        return np.asarray(np.array([*answers.codes, ""], dtype=object)[answers.values])
    if answers.codes:
        names = np.array(answers.codes, dtype=object)
        return np.array([" ".join(names[row > 0]) for row in answers.values], dtype=object)
    if answers.values.dtype.kind == "f":
        return np.array(["" if np.isnan(x) else f"{x:g}" for x in answers.values], dtype=object)
    return np.asarray(answers.values, dtype=object)


def _numbers(part: Expression, lookup: Callable[[str], Coded]) -> NDArray[np.float64]:
    if part.kind in {"number", "text"}:
        return np.asarray(_number(part.word))
    if part.kind == "count-selected":
        chosen = lookup(part.parts[0].word).values
        return (chosen.sum(1) if chosen.ndim == 2 else chosen >= 0).astype(np.float64)
    answers = lookup(part.word)
    if answers.values.ndim == 2:  # several options are no number
        return np.full(len(answers.values), np.nan)
    if answers.codes:
        return np.asarray(np.array([*map(_number, answers.codes), np.nan])[answers.values])
    return answers.values.astype(np.float64) if answers.values.dtype.kind in "fiu" else _parsed(answers.values)


def _parsed(values: NDArray[Any]) -> NDArray[np.float64]:
    return np.array([_number(str(value)) for value in values])


def _number(word: str) -> float:
    try:
        return float(word)
    except ValueError:
        return float("nan")
