import numpy as np
import pytest

from jinghe.contest.uncertainty.sensitivity import find_sensitivity
from jinghe.contest.uncertainty.study import Study
from jinghe.errors import RuleError

CODES = tuple("ABCDE")
NORMALISE = {"path": "contest.steps[normalise].default", "choices": ["minmax", "rank", "zscore"]}
MEAN = {"path": "contest.steps[aggregate].growth", "choices": ["arithmetic", "geometric"]}
WEIGHTS = {"path": "contest.weights", "dirichlet": 10}
INERT = {"path": "contest.steps[screen].coverage", "choices": [0.5, 0.7]}


def test_what_changes_nothing_explains_nothing(study):
    found = find_sensitivity(study(WEIGHTS, INERT), codes=CODES, seed=1, most=1024)

    assert found.names == ("contest.weights", "contest.steps[screen].coverage")
    assert (found.first[1], found.total[1]) == (0, 0)
    assert found.total[0] == pytest.approx(1, abs=0.1)
    assert found.runs == 1024 * 4


@pytest.mark.parametrize("target", ["mean_rank_shift", "winner", "C"])
def test_every_target_has_its_indices(study, target):
    found = find_sensitivity(study(WEIGHTS, NORMALISE, MEAN), codes=CODES, seed=1, target=target, most=1024)

    assert (found.total >= found.first - 0.15).all()
    assert found.variance > 0


def test_figures_are_one_more_input(study):
    plain = study(WEIGHTS)
    rng = np.random.default_rng(1)
    moved = {k: rng.normal([4.0, 8, 6, 5, 7], 1) for k in ("gdp", "rd", "air")}
    replicates = tuple(study(figures=moved | {"gdp": rng.normal([4.0, 8, 6, 5, 7], 1)}).rescore for _ in range(20))

    found = find_sensitivity(
        Study(plain.contest, plain.perturbations, plain.rescore, replicates), codes=CODES, seed=1, most=1024
    )

    assert found.names == ("contest.weights", "contest.figures")
    assert found.total[1] > 0


def test_the_same_seed_gives_the_same_indices(study):
    found = [find_sensitivity(study(WEIGHTS, MEAN), codes=CODES, seed=s, most=1024).total.tolist() for s in (1, 1, 2)]

    assert found[0] == found[1] != found[2]


def test_an_unknown_target_and_an_empty_list_are_told(study):
    found = study(WEIGHTS)
    for case, target, code in (
        (found, "loser", "sensitivity-target"),
        (Study(found.contest, (), found.rescore), "winner", "perturbation-none"),
    ):
        with pytest.raises(RuleError) as error:
            find_sensitivity(case, codes=CODES, seed=1, target=target)
        assert error.value.problems[0].code == code


@pytest.mark.slow
def test_the_indices_of_the_asem_index_are_the_converged_ones(asem):
    """Against 393,216 runs of another program: S 0.12, 0.03, 0.09, 0.55 and T 0.194, 0.055, 0.271, 0.732.

    Those are printed to two and three digits; both are samples, the intervals here being about ±0.01.
    """
    found = find_sensitivity(asem, codes=tuple(f"u{k}" for k in range(51)), seed=1, start=65_536)

    assert [name.split("[")[-1] for name in found.names] == [
        "contest.weights (Index, Conn, Sust)", "treat].winsor_max", "normalise]", "aggregate].default"
    ]  # fmt: skip
    assert found.converged
    assert found.runs == 393_216
    assert found.first == pytest.approx([0.12, 0.03, 0.09, 0.55], abs=0.012)
    assert found.total == pytest.approx([0.194, 0.055, 0.271, 0.732], abs=0.01)
