import pytest

from jinghe.contest.flags import Check, FlagRules, read_flag_rules
from jinghe.errors import CompactError


def test_nothing_written_is_five_percent_and_nothing_beside():
    assert read_flag_rules(None) == FlagRules(0.05, {}, (), {})


def test_targets_checks_and_thresholds_are_read():
    tree = {
        "rate": 0.1,
        "targets": {"gdp_growth": "gdp_growth_target"},
        "checks": [{"figure": "gdp", "beside": "electricity"}],
        "thresholds": {"公里": 10},
    }

    assert read_flag_rules(tree) == FlagRules(
        0.1, {"gdp_growth": "gdp_growth_target"}, (Check("gdp", "electricity"),), {"公里": 10}
    )


@pytest.mark.parametrize(
    "tree,expected",
    [
        ({"rates": 1}, [("contest-choice", "contest.flags.rates")]),
        ({"rate": 5}, [("contest-range", "contest.flags.rate")]),
        ({"checks": [{"figure": "gdp"}]}, [("contest-key-missing", "contest.flags.checks")]),
        ({"targets": ["gdp"]}, [("contest-mapping", "contest.flags.targets")]),
        ({"thresholds": {"km": -1}}, [("contest-range", "contest.flags.thresholds.km")]),
        (3, [("contest-mapping", "contest.flags")]),
    ],
)
def test_each_fault_of_the_flags_is_told(tree, expected):
    with pytest.raises(CompactError) as error:
        read_flag_rules(tree)

    assert [(p.code, p.place.path) for p in error.value.problems] == expected
