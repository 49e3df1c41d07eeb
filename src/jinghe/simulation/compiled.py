"""Compiling (编译): a typed door to numba, and the random numbers of `draws` as compiled functions."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from math import factorial, log, sqrt
from pathlib import Path
from typing import Any, TypeVar, cast

import numpy as np
from numba import njit
from numba.core import cgutils
from numba.extending import intrinsic
from numba.np import arrayobj

__all__ = ["borrow", "compiled", "exponential", "fill_normals", "fill_uniforms", "inlined", "normal", "philox_words"]

_arrays, _builders = cast("Any", arrayobj), cast("Any", cgutils)
_F = TypeVar("_F", bound=Callable[..., Any])

_MASK, _HALF = np.uint64(0xFFFFFFFF), np.uint64(32)
_A, _B = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_KEY_A, _KEY_B = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)
_SCALE = 1.0 / 2.0**32
_INVERSE = tuple(1.0 / factorial(n) for n in range(14))
_POWERS = np.ldexp(1.0, np.arange(-1100, 1024))
_PARTS = ("compiled", "draws", "equations", "kernel*", "layout", "logit", "parameters")


def _digest() -> str:
    """SHA-256 of every source that is compiled into the engine."""
    here = Path(__file__).parent
    sources = [path for name in _PARTS for path in sorted(here.glob(f"{name}.py"))]
    return sha256(b"".join(path.read_bytes() for path in (*sources, here.parent / "ica.py"))).hexdigest()


_SOURCES = _digest()


def compiled(function: _F) -> _F:
    """Compile for good: cached beside the source, no fast-math, free of the interpreter's lock.

    numba looks at the file of the function alone; here a change in any file of the engine makes what is cached stale.
    """
    dispatcher: Any = njit(cache=True, nogil=True, error_model="numpy")(function)
    cached = dispatcher._cache._cache_file  # noqa: SLF001 - there is no public way to say what else it depends on
    cached._source_stamp = (cached._source_stamp, _SOURCES)  # noqa: SLF001
    return cast("_F", dispatcher)


def inlined(equation: Callable[..., Any]) -> Callable[..., Any]:
    """Compile an equation into whatever calls it: the numbers of the model are many, and passing them on costs time."""
    return cast("Callable[..., Any]", njit(inline="always", error_model="numpy")(equation))


def _disown(typingctx: Any, array: Any) -> Any:  # noqa: ARG001 - numba passes it
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        found = _arrays.make_array(signature.args[0])(context, builder, arguments[0])
        found.meminfo, found.parent = (_builders.get_null_value(one.type) for one in (found.meminfo, found.parent))
        return found._getvalue()  # noqa: SLF001 - numba's own way

    return array(array), generate


borrow: Callable[[Any], Any] = cast("Any", intrinsic(_disown))
"""Compiled: the same array without an owner, which must outlive it; counting references costs time in every call."""


@compiled
def philox_words(c0: Any, c1: Any, c2: Any, c3: Any, k0: Any, k1: Any) -> Any:
    """Philox4x32-10 of one counter: four 32-bit words in uint64; see `draws.philox`."""
    for _ in range(10):
        p0, p1 = c0 * _A, c2 * _B
        c0, c1, c2, c3 = (p1 >> _HALF) ^ c1 ^ k0, p1 & _MASK, (p0 >> _HALF) ^ c3 ^ k1, p0 & _MASK
        k0, k1 = (k0 + _KEY_A) & _MASK, (k1 + _KEY_B) & _MASK
    return c0, c1, c2, c3


_words = inlined(philox_words.py_func)  # type: ignore[attr-defined]


@compiled
def fill_uniforms(out: Any, seed: Any, replication: int, copies: Any, period: int, places: Any, purpose: int) -> None:
    """Write the four uniforms of every place into the columns of `out` (4, N): u = (word + ½)/2³².

    The key of column i is (seed, replication + copies[i], period, places[i], purpose).
    """
    c1, c3, k0, k1 = np.uint64(period), np.uint64(purpose) << np.uint64(16), seed & _MASK, seed >> _HALF
    first = np.uint64(replication)
    for i in range(out.shape[1]):
        word0, word1, word2, word3 = _words(first + np.uint64(copies[i]), c1, np.uint64(places[i]), c3, k0, k1)
        out[0, i] = (np.float64(word0) + 0.5) * _SCALE
        out[1, i] = (np.float64(word1) + 0.5) * _SCALE
        out[2, i] = (np.float64(word2) + 0.5) * _SCALE
        out[3, i] = (np.float64(word3) + 0.5) * _SCALE


def exponential(x: float) -> float:
    """exp(x) to 4e-16 below x = 700, for compiled loops: the library's function keeps them from running in parallel.

    e^x = 2^k e^r, |r| ≤ ½ log 2, r by Taylor's series to the thirteenth power; 0 below −700.
    """
    bounded = max(x, -700.0)
    k = np.floor(bounded * 1.4426950408889634 + 0.5)
    r = bounded - k * 0.693147180369123816490 - k * 1.90821492927058770002e-10
    series = _INVERSE[13]
    for n in range(12, -1, -1):
        series = _INVERSE[n] + series * r
    return float(series * _POWERS[int(k) + 1100] * (x > -700.0))


_MIDDLE = 0.425  # of the quantile: how far from one half its first formula reaches


def _quantile_in_the_middle(q: float) -> float:
    r = 0.180625 - q * q
    above = (((((((2509.0809287301226727 * r + 33430.575583588128105) * r + 67265.770927008700853) * r
        + 45921.953931549871457) * r + 13731.693765509461125) * r + 1971.5909503065514427) * r
        + 133.14166789178437745) * r + 3.387132872796366608)  # fmt: skip
    below = (((((((5226.495278852545925 * r + 28729.085735721942674) * r + 39307.89580009271061) * r
        + 21213.794301586595867) * r + 5394.1960214247511077) * r + 687.1870074920579083) * r
        + 42.313330701600911252) * r + 1.0)  # fmt: skip
    return q * above / below


_middle = inlined(_quantile_in_the_middle)


@compiled
def normal(u: float) -> float:
    """Quantile of the standard normal, exact to 1e-15: algorithm AS 241 (Wichura 1988)."""
    q = u - 0.5
    if abs(q) <= _MIDDLE:
        return float(_middle(q))
    r = sqrt(-log(u if q < 0 else 1.0 - u))
    if r <= 5.0:
        r -= 1.6
        above = (((((((7.7454501427834140764e-4 * r + 0.0227238449892691845833) * r + 0.24178072517745061177) * r
            + 1.27045825245236838258) * r + 3.64784832476320460504) * r + 5.7694972214606914055) * r
            + 4.6303378461565452959) * r + 1.42343711074968357734)  # fmt: skip
        below = (((((((1.05075007164441684324e-9 * r + 5.475938084995344946e-4) * r + 0.0151986665636164571966) * r
            + 0.14810397642748007459) * r + 0.68976733498510000455) * r + 1.6763848301838038494) * r
            + 2.05319162663775882187) * r + 1.0)  # fmt: skip
    else:
        r -= 5.0
        above = (((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 0.0012426609473880784386) * r
            + 0.026532189526576123093) * r + 0.29656057182850489123) * r + 1.7848265399172913358) * r
            + 5.4637849111641143699) * r + 6.6579046435011037772)  # fmt: skip
        below = (((((((2.04426310338993978564e-15 * r + 1.4215117583164458887e-7) * r + 1.8463183175100546818e-5) * r
            + 7.868691311456132591e-4) * r + 0.0148753612908506148525) * r + 0.13692988092273580531) * r
            + 0.59983220655588793769) * r + 1.0)  # fmt: skip
    return -above / below if q < 0 else above / below


@compiled
def fill_normals(u: Any, out: Any) -> None:
    """Write the quantiles of the standard normal at u; see `normal`."""
    for i in range(len(u)):
        out[i] = _middle(u[i] - 0.5)
    for i in range(len(u)):
        if abs(u[i] - 0.5) > _MIDDLE:
            out[i] = normal(u[i])
