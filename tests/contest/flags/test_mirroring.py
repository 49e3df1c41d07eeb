from datetime import date

import numpy as np

from jinghe.contest.flags import Untested, probe_reporters
from jinghe.contest.mirror import Claim


def test_the_reporter_above_its_partners_is_found(scope, rng):
    claims = [
        Claim(
            f"p{k}",
            code,
            float(np.exp(3 + 0.3 * (code == "A") + 0.1 * rng.standard_normal())),
            "亿元",
            date(2021, 1, 1),
        )
        for k, pair in enumerate(["AB", "AC", "BC", "BD", "CD", "AD"] * 12)
        for code in pair
    ]

    found = list(probe_reporters(scope(), claims))

    assert [one.jurisdiction for one in found if one.p < 0.001] == ["A"]
    assert found[0].evidence.en.startswith("City A: over 36 joint items its reports are ")
    assert found[0].power > 0.8


def test_two_reporters_cannot_tell_who_is_off(scope):
    claims = [Claim(f"p{k}", code, 1.0 + k, "亿元", date(2021, 1, 1)) for k in range(20) for code in "AB"]

    assert {type(one) for one in probe_reporters(scope(), claims)} == {Untested}
    assert list(probe_reporters(scope(), [])) == []
