"""Partners that report joint items with errors of their own."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from jinghe.contest.mirror import Claim


@pytest.fixture(scope="session")
def make_claims():
    """Reports of `projects` items by two random partners each: x_i = x · exp(b_i + s_i ε)."""

    def make(bias, deviation, *, projects=240, seed=7):
        rng = np.random.Generator(np.random.Philox(key=seed))
        claims = []
        for k in range(projects):
            worth = rng.lognormal(3.0, 1.0)
            for city in rng.choice(len(bias), 2, replace=False):
                value = float(worth * np.exp(bias[city] + deviation[city] * rng.standard_normal()))
                claims.append(Claim(f"p{k}", "ABCDEFGHIJK"[city], value, "亿元", date(2023, 1, 1)))
        return claims

    return make
