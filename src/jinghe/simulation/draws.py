"""Counter-based random numbers (随机数): each draw is found by its key, in whatever order it is asked for."""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

__all__ = ["Array", "Purpose", "draw_normals", "draw_uniforms", "philox"]

Array = NDArray[np.float64]
_Words = NDArray[np.uint64]

_MASK = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)
_FACTORS = (np.uint64(0xD2511F53), np.uint64(0xCD9E8D57))
_STEPS = (0x9E3779B9, 0xBB67AE85)
_ROUNDS = 10


class Purpose(IntEnum):
    """What a draw is for (用途); the numbers are part of the key and never change."""

    YEAR = 1  # noise of output, of measured collaboration, of the other branches; turnover
    OFFICIAL = 2  # ability, political noise; audit; adoption or starting tenure
    CHOICE = 3  # growth, window dressing, protection, innovation
    EDGE = 4  # joint effort, inspection, disputes
    TRUST = 5  # at the start
    IMITATE = 6  # whom to look at, and whether to follow
    TOTAL = 7  # joint effort chosen for all partners at once


def philox(
    counter: tuple[_Words, _Words, _Words, _Words], key: tuple[int, int]
) -> tuple[_Words, _Words, _Words, _Words]:
    """Turn counters into random 32-bit words: Philox4x32-10.

    Args:
        counter: four arrays of 32-bit words held in uint64, of shapes that broadcast.
        key: two 32-bit words.
    Returns:
        Four arrays of 32-bit words in the broadcast shape.
    Source: Salmon, Moraes, Dror & Shaw, Parallel random numbers: as easy as 1, 2, 3 (SC11), §3.3.

    >>> zero = np.zeros(1, dtype=np.uint64)
    >>> [f"{word[0]:08x}" for word in philox((zero, zero, zero, zero), (0, 0))]
    ['6627e8d5', 'e169c58d', 'bc57ac4c', '9b00dbd8']
    """
    c0, c1, c2, c3 = counter
    for turn in range(_ROUNDS):
        k0, k1 = (np.uint64((k + turn * step) & 0xFFFFFFFF) for k, step in zip(key, _STEPS, strict=True))
        p0, p1 = c0 * _FACTORS[0], c2 * _FACTORS[1]
        c0, c1, c2, c3 = (p1 >> _HALF) ^ c1 ^ k0, p1 & _MASK, (p0 >> _HALF) ^ c3 ^ k1, p0 & _MASK
    return c0, c1, c2, c3


def draw_uniforms(
    seed: int, *, purpose: Purpose, replications: range, period: int, places: int | NDArray[np.int64], count: int = 1
) -> Array:
    """Draw uniforms on (0, 1), keyed by seed, replication, period, place, purpose and number.

    u = (word + ½)/2³²; the scenario is not in the key, so scenarios share their draws (common random numbers).

    Args:
        seed: 0 ≤ seed < 2⁶⁴.
        purpose: what the draws are for.
        replications: which replications, such as range(100, 200).
        period: index of the period.
        places: number of jurisdictions, or the keys of the places (of pairs, i n + j).
        count: draws for each of them.
    Returns:
        Shape (replications, count, places).
    """
    blocks = -(-count // 4)
    rows = np.arange(replications.start, replications.stop, dtype=np.uint64)[:, None, None]
    block = np.arange(blocks, dtype=np.uint64)[None, :, None] + np.uint64(purpose << 16)
    keys = np.arange(places) if isinstance(places, int) else places
    place = keys.astype(np.uint64)[None, None, :]
    words = philox((rows, np.full((1, 1, 1), period, dtype=np.uint64), place, block), (seed & 0xFFFFFFFF, seed >> 32))
    stacked = np.stack(words, axis=2).reshape(len(replications), 4 * blocks, len(keys))
    return (stacked[:, :count].astype(np.float64) + 0.5) / 2.0**32


def draw_normals(
    seed: int, *, purpose: Purpose, replications: range, period: int, places: int | NDArray[np.int64], count: int = 1
) -> Array:
    """Draw standard normals by inversion of `draw_uniforms`, shape (replications, count, places)."""
    uniforms = draw_uniforms(
        seed, purpose=purpose, replications=replications, period=period, places=places, count=count
    )
    return np.asarray(ndtri(uniforms), dtype=np.float64)
