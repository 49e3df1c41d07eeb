from __future__ import annotations

import pytest

from jinghe.errors import RuleError
from jinghe.exploration.space import list_levers, name_path, read_space


def codes(caught) -> list[str]:
    return [p.code for p in caught.value.problems]


def test_levers_come_before_uncertainties_with_their_names(toy, panel) -> None:
    tree = {
        "uncertain": {"simulate.parameters.turnover": [0.15, 0.45]},
        "levers": {"contest.weights.collaboration": [0, 0.5]},
        "outcomes": ["y"],
    }

    space = read_space(toy, tree, panel=panel, known=("y",))

    assert ["contest.weights.collaboration", "simulate.parameters.turnover"] == [f.path for f in space.factors]
    assert ["“协同”的权重", "官员更替"] == [f.label.zh for f in space.factors]
    assert ([1, 1], ("y",)) == ([len(space.levers), len(space.uncertain)], space.outcomes)


def test_all_faults_come_at_once_and_nothing_else(toy, panel) -> None:
    tree = {
        "levers": {
            "contest.weights.colaboration": [0, 0.5],
            "contest.weights.growth": [0, 1.5],
            "platform.disputes.reply_days": [10, 20],
            "simulate.parameters.audit": "high",
            "simulate.seed": [1, 2],
        },
        "uncertain": {"simulate.parameters.audti": [0, 1], "simulate.parameters.spillover": [0, 3]},
        "outcomes": ["cooperatoin"],
        "lever": {},
    }

    with pytest.raises(RuleError) as caught:
        read_space(toy, tree, panel=panel, known=("cooperation", "trust"))

    assert {
        "lever-unknown", "lever-unused", "factor-values", "parameter-range", "outcome-unknown", "explore-key"
    } <= set(codes(caught))  # fmt: skip
    text = "\n".join(p.text("zh") for p in caught.value.problems)
    assert "最接近的是“contest.weights.collaboration”" in text
    assert "最接近的是“simulate.parameters.audit”" in text
    assert "simulate.parameters.spillover = 3.0" in text
    assert "最接近的是“cooperation”" in text


def test_a_path_listed_twice_and_an_empty_space_are_refused(toy, panel) -> None:
    path = {"simulate.parameters.audit": [0, 1]}
    with pytest.raises(RuleError) as caught:
        read_space(toy, {"levers": path, "uncertain": path}, panel=panel)
    assert ["factor-twice"] == codes(caught)

    with pytest.raises(RuleError) as caught:
        read_space(toy, {}, panel=panel)
    assert ["explore-empty"] == codes(caught)


def test_levers_include_what_is_left_at_its_default(toy) -> None:
    levers = list_levers(toy)

    assert {"simulate.parameters.risk", "contest.weights.green", f"contracts[{toy.contracts[0].id}].due"} <= set(levers)


def test_paths_are_named_by_field_and_owner(toy) -> None:
    contract = toy.contracts[0]

    assert name_path(toy, f"contracts[{contract.id}].due").zh.startswith(f"“{contract.title.zh}”的")
    assert name_path(toy, "simulate.parameters.prize").en == "value of a promotion"
    assert name_path(toy, "nothing.at.all").zh == "nothing.at.all"
