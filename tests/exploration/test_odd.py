from __future__ import annotations

import re

import pytest

from jinghe.errors import RuleError
from jinghe.exploration.odd import odd
from jinghe.exploration.revise import revise
from jinghe.simulation.measures import MEASURES
from jinghe.simulation.parameters import Parameters


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_protocol_has_all_parts_parameters_outcomes_and_equations(toy, panel, lang) -> None:
    text = odd(toy, panel=panel, lang=lang)

    assert [str(n) for n in range(1, 9)] == re.findall(r"^## (\d)", text, re.MULTILINE)
    assert all(f"`{name}`" in text for name in MEASURES)
    assert all(f"| `{name}` |" in text for name in Parameters.__dataclass_fields__ if name != "imagined")
    assert text.count("(1)") >= 1
    assert "S′ = S + η" in text  # the standards stock, quoted from the program
    assert toy.title.get(lang) in text


def test_numbers_in_force_are_printed_with_their_basis(toy, panel) -> None:
    text = odd(revise(toy, {"simulate.parameters.audit": 0.875}), panel=panel, lang="en")

    assert re.search(r"\| `audit` \| 0\.875 \| set by the compact \|", text)
    assert re.search(r"\| `risk` \| 0\.1 \| preset \|", text)


def test_rules_that_cannot_be_simulated_have_no_protocol(toy, panel) -> None:
    with pytest.raises(RuleError):
        odd(revise(toy, {"simulate.parameters.audit": 7}), panel=panel, lang="en")
