import pytest

from jinghe.contest.perturbation import Perturbation, read_perturbations
from jinghe.errors import CompactError

BOX = {"path": "contest.weights", "within": 0.25, "under": "index"}
CHOICE = {"path": "contest.credit.rule", "choices": ["equal", "contribution"]}


def test_each_way_of_varying_is_read():
    found = read_perturbations(
        [BOX, {"path": "contest.weights", "dirichlet": "50", "under": ["a", "b"]}, CHOICE,
         {"path": "contest.steps[impute]", "imputations": 20}]
    )  # fmt: skip

    assert found[0] == Perturbation("contest.weights", within=0.25, under=("index",))
    assert (found[1].dirichlet, found[1].under, found[1].is_weights) == (50, ("a", "b"), True)
    assert (found[2].choices, found[2].is_weights) == (("equal", "contribution"), False)
    assert found[3].imputations == 20
    assert read_perturbations(None) == ()


@pytest.mark.parametrize(
    "entry,code,path",
    [
        ({"path": "contest.weights"}, "perturbation-way", "contest.uncertainty[0]"),
        (BOX | {"dirichlet": 50}, "perturbation-way", "contest.uncertainty[0]"),
        (BOX | {"path": "contest.weights.a"}, "perturbation-place", "contest.uncertainty[0]"),
        ({"path": "contest.steps[treat]", "imputations": 20}, "perturbation-place", "contest.uncertainty[0]"),
        (CHOICE | {"choices": ["equal"]}, "perturbation-choice", "contest.uncertainty[0]"),
        (CHOICE | {"choices": ["equal", "equal"]}, "perturbation-choice", "contest.uncertainty[0]"),
        (CHOICE | {"choices": []}, "perturbation-choice", "contest.uncertainty[0]"),
        (BOX | {"within": 2}, "contest-range", "contest.uncertainty[0].within"),
        (CHOICE | {"odds": 2}, "contest-choice", "contest.uncertainty[0].odds"),
        ({"choices": [1, 2]}, "contest-key-missing", "contest.uncertainty[0]"),
        ("contest.weights", "contest-mapping", "contest.uncertainty[0]"),
    ],
)
def test_faults_of_an_entry_are_told(entry, code, path):
    with pytest.raises(CompactError) as error:
        read_perturbations([entry])

    assert [(p.code, p.place.path) for p in error.value.problems] == [(code, path)]


def test_one_place_varies_once():
    with pytest.raises(CompactError) as error:
        read_perturbations([BOX, BOX, CHOICE, CHOICE])

    assert [p.code for p in error.value.problems] == ["perturbation-twice"] * 2


def test_two_nodes_of_the_weights_vary_apart():
    assert len(read_perturbations([BOX, BOX | {"under": ["a"]}])) == 2
