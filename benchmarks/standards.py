"""Measure how fast two large catalogues are matched by title, and how much memory it takes.

    .venv/bin/python benchmarks/standards.py [--titles 5000] [--repeats 3] [--seed 7]

Titles are made of the characters of real office standards, so that common n-grams are as common as they are there. The
target is 5,000 × 5,000 titles in 30 s and 2 GiB. The peer, in the same run, is scikit-learn's TF-IDF with a full
product.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from jinghe.labels import Text
from jinghe.source import read_rows
from jinghe.standards import Catalogue, Item, suggest

TARGET = 30.0  # seconds
MEMORY = 2.0  # GiB
CASE = Path(__file__).parents[1] / "cases" / "chuanyu" / "standards"


def make(prefix: str, titles: int, rng: np.random.Generator) -> Catalogue:
    """Make a catalogue whose titles are two to four pieces of real ones."""
    printed = [row["title_zh"] for name in ("sichuan", "chongqing") for _, row in read_rows(CASE / f"{name}.csv", [])]
    pieces = sorted({title[k : k + 2] for title in printed for k in range(len(title) - 1)})
    words = ["".join(rng.choice(pieces, rng.integers(2, 5))) + "标准" for _ in range(titles)]
    return Catalogue(
        prefix, Text(prefix, prefix), tuple(Item(str(k), Text(word, word)) for k, word in enumerate(words))
    )


def match_by_peer(a: Catalogue, b: Catalogue) -> int:
    """Match with scikit-learn: fit on both, one full product, mutual best."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    titles = [[item.title.zh.removesuffix("标准") for item in catalogue.items] for catalogue in (a, b)]
    fitted = TfidfVectorizer(analyzer="char", ngram_range=(1, 2)).fit(titles[0] + titles[1])
    cosines = np.asarray((fitted.transform(titles[0]) @ fitted.transform(titles[1]).T).toarray())
    mutual = (cosines == cosines.max(1, keepdims=True)) & (cosines == cosines.max(0)) & (cosines >= 0.35)
    return int(mutual.sum())


def clock(work: Callable[[], int], repeats: int) -> tuple[float, int]:
    """Return the least processor time of several runs, and the result."""
    taken = []
    for _ in range(repeats):
        start = time.process_time()
        result = work()
        taken.append(time.process_time() - start)
    return min(taken), result


def main() -> int:
    """Print the figures; exit code 1 when the target is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--titles", type=int, default=5000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--seed", type=int, default=7)
    wished = parser.parse_args()
    rng = np.random.default_rng(wished.seed)
    a, b = (make(prefix, wished.titles, rng) for prefix in "ab")
    own, found = clock(lambda: len(suggest(a, b)), wished.repeats)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    peer, others = clock(lambda: match_by_peer(a, b), wished.repeats)
    print(f"suggest: {wished.titles} × {wished.titles} titles, {found} pairs in {own:.2f} s, peak {memory:.2f} GiB")
    print(f"scikit-learn, full product: {others} pairs in {peer:.2f} s; ratio {own / peer:.2f}")
    return int(own > TARGET or memory > MEMORY)


if __name__ == "__main__":
    raise SystemExit(main())
