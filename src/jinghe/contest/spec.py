"""How the words of a contest are read (条文读取): known keys, listed choices, numbers; every fault with its path."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from typing import Any

from jinghe.errors import CompactError, JingheError, Problem, problem

__all__ = ["placed", "read_choice", "read_keys", "read_list", "read_map", "read_number_in", "read_pair", "unknown"]


@contextmanager
def placed(path: str) -> Iterator[None]:
    """Give the problems raised inside their path in the compact."""
    try:
        yield
    except JingheError as error:
        raise CompactError(p.at(path=path) for p in error.problems) from None


def unknown(code: str, found: object, choices: Iterable[str], *, path: str) -> Problem:
    """Make the problem for a word that is not among `choices`, naming the nearest one."""
    words = [str(word) for word in choices]
    near = next(iter(get_close_matches(str(found), words, 1, 0)), "—")
    return problem(code, path, found=found, choices=", ".join(words) or "—", nearest=near)


def read_choice(found: object, choices: Iterable[str], *, path: str = "") -> str:
    """Return `found` if it is one of `choices`. Raises CompactError with the nearest choice.

    >>> read_choice("rank", ("minmax", "rank"))
    'rank'
    """
    words = tuple(choices)
    if not isinstance(found, str) or found not in words:
        raise CompactError([unknown("contest-choice", found, words, path=path)])
    return str(found)


def read_map(tree: Any, *, path: str) -> Mapping[Any, Any]:
    """Return `tree` if it is a mapping; nothing is an empty one. Raises CompactError."""
    if tree is not None and not isinstance(tree, Mapping):
        raise CompactError([problem("contest-mapping", path, found=tree, expected="{…}")])
    return tree or {}


def read_list(value: Any) -> Sequence[Any]:
    """Return the entries of a list; a lone entry stands for a list of one, nothing for an empty one.

    >>> read_list("minmax"), read_list(None)
    (['minmax'], [])
    """
    if value is None:
        return []
    return value if isinstance(value, Sequence) and not isinstance(value, str) else [value]


def read_keys(tree: Any, allowed: Sequence[str], *, required: Sequence[str] = (), path: str) -> Mapping[str, Any]:
    """Return `tree` if it is a mapping with only allowed and all required keys. Raises CompactError with all faults."""
    if not isinstance(tree, Mapping):
        raise CompactError([problem("contest-mapping", path, found=tree, expected=", ".join(allowed))])
    faults = [unknown("contest-choice", key, allowed, path=f"{path}.{key}") for key in tree if key not in allowed]
    faults += [problem("contest-key-missing", path, key=key) for key in required if tree.get(key) is None]
    if faults:
        raise CompactError(faults)
    return tree


def read_number_in(value: Any, *, low: float, high: float, path: str) -> float:
    """Read a number with low ≤ x ≤ high. Raises CompactError.

    >>> read_number_in("0.5", low=0, high=1, path="")
    0.5
    """
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        number = float("nan")
    if isinstance(value, bool) or not low <= number <= high:
        raise CompactError([problem("contest-range", path, found=value, low=f"{low:g}", high=f"{high:g}")])
    return number


def read_pair(value: Any, *, path: str) -> tuple[float, float]:
    """Read `[low, high]` with low < high. Raises CompactError: `goalposts-reversed` when it is the other way round."""
    if not isinstance(value, Sequence) or isinstance(value, str) or len(value) != 2:
        raise CompactError([problem("contest-pair", path, found=value)])
    low, high = (read_number_in(end, low=-1e300, high=1e300, path=path) for end in value)
    if low >= high:
        raise CompactError([problem("goalposts-reversed", path, low=f"{low:g}", high=f"{high:g}")])
    return low, high
