"""How alike titles are (题名相似度): character n-grams, weighted, compared by the cosine."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["MEASURE", "Encoder", "Pair", "encode_titles", "find_mutual_best", "find_similar", "strip_title"]

MEASURE = "cosine of TF-IDF over character 1- and 2-grams, trailing 标准/规范 left out"
Encoder = Callable[[Sequence[str], Sequence[str]], tuple[Any, Any]]

_SUFFIX = re.compile(r"(?<=.)(?:标准|规范|\s+standards?|\s+specifications?)$")
_BLOCK = 512  # rows compared at a time, so that memory stays small
_DIGITS = 12  # cosines are compared after rounding: the order of a sum must not decide a tie


class Pair(NamedTuple):
    """Row i of the first list and row j of the second, with their cosine."""

    i: int
    j: int
    cosine: float


def strip_title(title: str) -> str:
    """Reduce a title to what it is about: compatible letters, lower case, one space, no trailing 标准 or 规范.

    >>> strip_title("公务用车管理标准"), strip_title("标准")
    ('公务用车管理', '标准')
    """
    return _SUFFIX.sub("", " ".join(unicodedata.normalize("NFKC", title).lower().split()))


def encode_titles(a: Sequence[str], b: Sequence[str]) -> tuple[Any, Any]:
    """Turn two lists of titles into sparse rows of length 1, shapes (n, g) and (m, g).

    x = tf · (ln((1 + N)/(1 + df)) + 1), divided by its norm; N = n + m titles, df = titles that hold the n-gram.
    Another encoder (an embedding) may take its place wherever an `Encoder` is asked for; its rows have length 1, too.
    Source: smoothed TF-IDF as in scikit-learn; test against it to 1e-12.
    """
    from scipy.sparse import coo_matrix, diags

    grams = [_grams(strip_title(title)) for title in (*a, *b)]
    column: dict[str, int] = {}
    where = [(row, column.setdefault(gram, len(column))) for row, found in enumerate(grams) for gram in found]
    rows, columns = np.array(where or np.empty((0, 2)), dtype=np.int64).T
    shape = (len(grams), max(len(column), 1))
    counts = coo_matrix((np.ones(len(rows)), (rows, columns)), shape=shape).tocsr()
    frequency = np.bincount(counts.indices, minlength=shape[1])
    weighted = counts @ diags(np.log((1 + shape[0]) / (1 + frequency)) + 1)
    norm = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    unit = (diags(1 / np.where(norm > 0, norm, 1)) @ weighted).tocsr()
    return unit[: len(a)], unit[len(a) :]


def find_mutual_best(a: Any, b: Any, *, threshold: float) -> tuple[Pair, ...]:
    """Return the pairs that are each other's best and reach the threshold; ties are all returned.

    Args:
        a: rows of length 1, shape (n, g), sparse or dense.
        b: the same, shape (m, g).
        threshold: least cosine.
    """
    if not a.shape[0] or not b.shape[0]:
        return ()
    best = np.full(b.shape[0], -np.inf)
    found: list[Pair] = []
    for start in range(0, a.shape[0], _BLOCK):
        cosines = _cosines(a[start : start + _BLOCK], b)
        best = np.maximum(best, cosines.max(axis=0))
        hits = (cosines == cosines.max(axis=1, keepdims=True)) & (cosines >= threshold)
        found += [Pair(start + int(i), int(j), float(cosines[i, j])) for i, j in np.argwhere(hits)]
    return tuple(pair for pair in found if pair.cosine == best[pair.j])


def find_similar(a: Any, *, threshold: float) -> tuple[Pair, ...]:
    """Return all pairs i < j of one list that reach the threshold."""
    found: list[Pair] = []
    for start in range(0, a.shape[0], _BLOCK):
        cosines = _cosines(a[start : start + _BLOCK], a)
        hits = np.argwhere(cosines >= threshold)
        found += [Pair(start + int(i), int(j), float(cosines[i, j])) for i, j in hits if start + i < j]
    return tuple(found)


def _grams(title: str) -> list[str]:
    return [title[k : k + size] for size in (1, 2) for k in range(len(title) - size + 1)]


def _cosines(block: Any, b: Any) -> NDArray[np.float64]:
    product = block @ b.T
    dense = product.toarray() if hasattr(product, "toarray") else np.asarray(product)
    return np.round(dense, _DIGITS)
