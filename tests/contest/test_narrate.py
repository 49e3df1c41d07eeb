import pytest

ROW = [*range(1, 11), 30, 100]


def notes(scores, lang="en"):
    return [note.get(lang) for note in scores.notes]


def test_nothing_is_said_where_nothing_happened(make_scores):
    assert notes(make_scores({"gdp": [1, 2, 3]})) == []


@pytest.mark.parametrize(
    "method,expected",
    [
        ("median", "Missing figures imputed by medians, each marked: 1."),
        ("mean", "Missing figures imputed by means, each marked: 1."),
        ("multiple", "Missing figures imputed by the mean of multiple imputations, each marked: 1."),
        (
            "latest",
            "Missing figures not imputed, their weight going to sibling indicators: 1.",
        ),  # there is no history
    ],
)
def test_what_stands_in_is_told(make_scores, method, expected):
    scores = make_scores({"gdp": [1, 2, None], "rd": [1, 2, 3]}, steps=[{"impute": {"method": method, "draws": 2}}])

    assert notes(scores) == [expected]


def test_a_city_without_figures_is_named_and_not_made_up(make_scores):
    scores = make_scores({"gdp": [1, 2, None], "rd": [1, 2, None]}, steps=[{"impute": {"method": "mean"}}])

    assert notes(scores) == ["Without enough figures, and so without score and rank: City C."]
    assert notes(scores, "zh") == ["C市没有足够的数据，不计分、不排名。"]
    assert scores.rank.tolist() == [2, 1, 0]


def test_a_city_whose_figures_are_mostly_imputed_is_named(make_scores):
    figures = {"gdp": [1, 2, None], "rd": [1, 2, None], "air": [1, 2, 3]}
    scores = make_scores(figures, steps=[{"impute": {"method": "mean"}}])

    assert notes(scores)[1].startswith("More than half of the indicators imputed")
    assert "City C 2/3;" in notes(scores)[1]
    assert "C市 2/3；" in notes(scores, "zh")[1]


def test_a_city_below_the_coverage_is_named(make_scores):
    scores = make_scores({"gdp": [1, 2, 3], "rd": [1, 2, None]}, steps=[{"screen": {"unit_coverage": 0.6}}])

    assert notes(scores) == ["Without enough figures, and so without score and rank: City C."]


@pytest.mark.parametrize(
    "treat,expected",
    [
        ({}, "Too skewed, extreme figures pulled in: 1 (gdp)."),
        ({"winsor_max": 0}, "Too skewed, so that logarithms are taken: gdp."),
        ({"winsor_max": 0, "then": "boxcox"}, "Too skewed, so that powers (Box–Cox) are taken: gdp."),
    ],
)
def test_treated_indicators_are_named(make_scores, treat, expected):
    assert notes(make_scores({"gdp": ROW}, steps=[{"treat": treat}])) == [expected]


def test_loadings_of_both_signs_are_told(make_scores):
    figures = {"gdp": [1, 2, 3, 4], "rd": [4, 3, 2, 0]}

    [note] = notes(make_scores(figures, steps=[{"weigh": {"index": "pca"}}]))

    assert note.startswith("Below index the loadings differ in sign")
