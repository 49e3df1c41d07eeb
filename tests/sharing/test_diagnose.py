from __future__ import annotations

from fractions import Fraction

import numpy as np

from jinghe.games import Game, nucleolus, per_capita_nucleolus, shapley, talmud
from jinghe.labels import Text
from jinghe.sharing.diagnose import diagnose_rule

UNIT = Text("万元", "10k CNY")
NAMES = {"A": Text("甲市", "City A"), "B": Text("乙市", "City B")}
# Coalitions by bitmask; the worth of the whole is what grows.
WORTHS = [0, 0, 0, 0, 0, 1, 1, 4, 0, 2, 1, 4, 0, 4, 0]


def with_total(total: Fraction) -> Game:
    return Game("ABCD", np.array([*WORTHS, float(total)]))


def test_findings_are_said_with_their_numbers_in_both_languages() -> None:
    """Two parties, half each, but what A gets is cut by 3 from 10 on and capped at 5."""

    def rule(x: Fraction) -> tuple[Fraction, Fraction]:
        part = min(x / 2 - (3 if x >= 10 else 0), Fraction(5))
        return part, x - part

    found = diagnose_rule(rule, parties=["A", "B"], amounts=range(0, 25, 3), names=NAMES, unit=UNIT)

    assert not found.is_monotone
    assert not found.is_continuous
    zh, en = ([text.get(lang) for text in found.sentences] for lang in ("zh", "en"))
    assert "总额由 10 万元 增至 10 万元 时，甲市反而少得 3 万元。" in zh
    assert "总额达到 10 万元 时，甲市骤减 3 万元：停在其下或少报一点即可避免。" in zh
    assert "总额达到 10 万元 时，乙市骤增 3 万元：略低于此的，多报一点即可多得。" in zh
    assert "At 16 10k CNY of the total, what City A gets of one more unit goes from 0.5 to 0." in en


def test_a_sound_rule_is_called_sound() -> None:
    found = diagnose_rule(lambda x: (x / 2, x / 2), parties=["A", "B"], amounts=[0, 10])

    assert ["Nobody loses while the total grows.", "Nothing jumps as the total changes."] == [
        text.en for text in found.sentences
    ]
    assert found.as_dict()["monotone"] is True


def test_the_nucleolus_lets_a_party_lose_when_the_total_grows_and_shapley_and_per_capita_do_not() -> None:
    def diagnose(rule):
        return diagnose_rule(lambda x: rule(with_total(x)), parties=list("ABCD"), amounts=[6, 8, 10])

    (fall,) = diagnose(nucleolus).probe.falls
    assert ("A", 6, 8, 1.0) == (fall.party, fall.start, round(float(fall.end), 6), round(fall.loss, 6))
    assert diagnose(shapley).is_monotone
    assert diagnose(per_capita_nucleolus).is_monotone


def test_the_talmud_bends_at_half_claims_and_nobody_loses() -> None:
    claims = {"A": 100, "B": 200, "C": 300}
    found = diagnose_rule(
        lambda x: talmud(list(claims.values()), estate=float(x)), parties=list(claims), amounts=range(0, 601, 60)
    )

    assert found.is_monotone
    assert found.is_continuous
    assert [150, 450] == [round(float(kink.at)) for kink in found.probe.kinks if kink.party == "A"]


def test_a_diagnosis_is_json() -> None:
    tree = diagnose_rule(lambda x: (x if x < 5 else x - 3,), parties=["A"], amounts=[0, 4, 10]).as_dict()

    assert [{"party": "A", "at": 5.0, "size": -3.0}] == [
        {"party": j["party"], "at": round(j["at"], 6), "size": round(j["size"], 6)} for j in tree["jumps"]
    ]
    assert {"monotone": False, "continuous": False, "complete": True} == {
        key: tree[key] for key in ("monotone", "continuous", "complete")
    }
