"""Measure how fast agreement is computed with its bootstrap intervals: all coefficients, code by code.

    .venv/bin/python benchmarks/coding.py [--segments 10000] [--coders 5] [--codes 40] [--draws 1000] [--seed 7]

The target is α on 10,000 segments × 5 coders × 40 codes with 1,000 bootstraps in 20 s. The peer, in the same run, is
Fleiss' κ of statsmodels on resampled rows, for one code and as many draws as fit into a second, scaled up.
"""

from __future__ import annotations

import argparse
import time

import numpy as np

from jinghe.coding import Ratings, agree_on_codes

TARGET = 20.0  # seconds


def make(segments: int, coders: int, codes: int, rng: np.random.Generator) -> Ratings:
    """Make codings: a truth per segment and code, each coder errs in one case of ten, one in twenty is not read."""
    truth = rng.random((segments, 1, codes)) < rng.uniform(0.02, 0.4, (1, 1, codes))
    values = (truth ^ (rng.random((segments, coders, codes)) < 0.1)).astype(np.int8)
    values[np.broadcast_to(rng.random((segments, coders, 1)) < 0.05, values.shape)] = -1
    names = [tuple(f"{kind}{k}" for k in range(size)) for kind, size in (("s", segments), ("c", coders), ("k", codes))]
    return Ratings(*names, values)


def time_peer(ratings: Ratings, draws: int, seed: int) -> float:
    """Return the seconds statsmodels would take for Fleiss' κ of every code (rows read by all)."""
    from statsmodels.stats.inter_rater import aggregate_raters, fleiss_kappa

    whole = ratings.values[:, :, 0]
    whole = whole[(whole >= 0).all(axis=1)]
    rng = np.random.default_rng(seed)
    start, made = time.process_time(), 0
    while time.process_time() - start < 1:
        rows = whole[rng.integers(0, len(whole), len(whole))]
        fleiss_kappa(aggregate_raters(rows, n_cat=2)[0])
        made += 1
    return (time.process_time() - start) / made * draws * len(ratings.codes)


def main() -> int:
    """Print the figures; exit code 1 when the target is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("segments", 10000), ("coders", 5), ("codes", 40), ("draws", 1000), ("seed", 7)):
        parser.add_argument(f"--{name}", type=int, default=default)
    wished = parser.parse_args()
    ratings = make(wished.segments, wished.coders, wished.codes, np.random.default_rng(wished.seed))
    taken = []
    for _ in range(3):
        start = time.process_time()
        found = agree_on_codes(ratings, draws=wished.draws, seed=wished.seed)
        taken.append(time.process_time() - start)
    alphas = [one.get("alpha").value for one in found]
    print(f"agreement: {ratings.values.shape} with {wished.draws} draws, six coefficients, in {min(taken):.2f} s")
    print(f"α from {min(alphas):.3f} to {max(alphas):.3f}")
    peer = time_peer(ratings, wished.draws, wished.seed)
    print(f"statsmodels, Fleiss' κ alone on resampled rows: about {peer:.0f} s; ratio {min(taken) / peer:.4f}")
    return int(min(taken) > TARGET)


if __name__ == "__main__":
    raise SystemExit(main())
