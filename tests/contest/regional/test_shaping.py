import pytest

from jinghe.contest.regional.shaping import read_amounts, read_figures
from jinghe.errors import DataError


@pytest.mark.parametrize(
    "values,code",
    [
        ([1.0], "measure-few"),
        (3.0, "measure-few"),
        ([1.0, float("nan")], "measure-missing"),
        ([1.0, -2.0], "measure-negative"),
    ],
)
def test_what_cannot_be_measured_is_told(values, code):
    with pytest.raises(DataError) as error:
        read_amounts(values, least=2, path="x")

    assert [(p.code, p.place.path) for p in error.value.problems] == [(code, "x")]
    assert error.value.problems[0].text("zh")


def test_zeros_are_amounts_but_have_no_logarithm():
    assert read_amounts([0, 1], least=2, path="x").tolist() == [0, 1]
    for values, positive in (([0, 1], True), ([0, 0], False)):
        with pytest.raises(DataError):
            read_amounts(values, least=2, path="x", positive=positive)


def test_negative_figures_are_figures():
    assert read_figures([-1, 1], least=2, path="x").tolist() == [-1, 1]
