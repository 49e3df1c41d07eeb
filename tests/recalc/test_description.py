from __future__ import annotations

import pytest

from jinghe.recalc.check import check_claim
from jinghe.recalc.description import (
    check_binary,
    check_means,
    check_order,
    check_shares,
    check_sum,
    wilson_interval,
)


def statuses(found):
    return [item.status for item in found]


def test_the_seven_areas_cannot_be_tested_and_stand_in_order(verdicts):
    means, order = verdicts["areas.means"], verdicts["areas.order"]

    assert ("untestable", False) == (means.status, means.decision_error)
    least = {"B3区": 14, "A3区": 7, "A1区": 13, "B2": 11, "B1": 9, "B4": 11}
    assert {f"smallest n {name}": n for name, n in least.items()} == means.finding("means").numbers
    assert "均值无法检验：未印样本量。若为整数作答，样本量至少为：B3区 14、A3区 7、" in means.text.zh
    assert "consistent" == order.status


def test_sizes_and_percentages_of_the_paper_agree(verdicts):
    assert "consistent" == verdicts["sizes"].status
    counts = [tuple(item.as_dict()["numbers"]["counts"]) for item in verdicts["shares"].findings]
    wilson = [tuple(f"{x:.3f}" for x in item.as_dict()["numbers"]["wilson"]) for item in verdicts["shares"].findings]

    assert [(2202, 2225), (1649, 1672), (1580, 1581), (882, 884), (122, 123)] == counts
    assert [
        ("0.908", "0.930"),
        ("0.671", "0.708"),
        ("0.638", "0.676"),
        ("0.348", "0.386"),
        ("0.043", "0.061"),
    ] == wilson


def test_the_paper_s_means_and_sds_are_possible(verdicts):
    for name in ("t4.necessity", "t4.meaning", "t5.initiative"):
        checks = [item for item in verdicts[name].findings if item.check.split()[0] in {"mean", "sd"}]
        assert ["consistent"] * 4 == statuses(checks)
    squares = verdicts["t5.initiative"].finding("sd 成都圈").numbers["squares per sum"]
    assert (7, 7) == (squares.low, squares.high)
    top = verdicts["t4.necessity"].finding("top box 成都圈")
    assert "57.7% 至 68.7%" in top.text.zh


@pytest.mark.parametrize(
    ("group", "head", "status", "word"),
    [
        ({"n": 10, "mean": "5.60"}, {"items": 1, "range": [1, 5]}, "inconsistent", "outside the scale 1–5"),
        ({"n": 28, "mean": "5.19"}, {"items": 1}, "inconsistent", "GRIM"),
        ({"n": 28, "mean": "5.21"}, {"items": 1}, "consistent", "sum of 146"),
        ({"n": 28, "mean": "5.21"}, {}, "untestable", "may not be whole numbers"),
        ({"mean": "5.21"}, {"items": 1}, "untestable", "sizes are not printed"),
    ],
)
def test_a_mean_is_held_against_scale_and_size(claim, group, head, status, word):
    [found] = check_means(claim("means", {}, [{"name": "a", **group}], **head))

    assert status == found.status
    assert word in found.text.en


@pytest.mark.parametrize(
    ("sd", "scale", "status", "word"),
    [
        ("2.47", [1, 7], "inconsistent", "GRIMMER"),
        ("3.40", [1, 7], "inconsistent", "on this scale"),
        ("1.50", [1, 7], "consistent", "possible"),
    ],
)
def test_an_sd_is_held_against_scale_and_whole_numbers(claim, sd, scale, status, word):
    found = check_means(claim("means", {}, [{"name": "a", "n": 18, "mean": "3.44", "sd": sd}], items=1, range=scale))

    assert ["consistent", status] == statuses(found)
    assert word in found[1].text.en


def test_a_distribution_that_none_can_have_is_told(claim):
    groups = [{"name": "a", "n": 4, "mean": "2.50", "sd": "0.58"}, {"name": "b", "n": 3, "mean": "2.33", "sd": "0.58"}]
    found = check_means(claim("means", {}, groups, items=1, range=[1, 5], top_box=True))

    assert ["derived", "derived"] == statuses(found)[-2:]
    assert (0, 0) == (found[-1].numbers["share"].low, found[-1].numbers["share"].high)


def test_too_wide_or_too_large_is_left_alone(claim):
    wide = claim(
        "means", {}, [{"name": "a", "n": 10, "mean": "50.0", "sd": "9.0"}], items=1, range=[0, 100], top_box=True
    )
    large = claim(
        "means", {}, [{"name": "a", "n": 10**6, "mean": "4.0", "sd": "1.0"}], items=1, range=[1, 5], top_box=True
    )

    assert [[], []] == [[x for x in check_means(item) if x.status == "derived"] for item in (wide, large)]


def test_binary_variables_are_held_against_their_share(claim):
    groups = [
        {"name": "a", "n": 1683, "mean": "0.53", "sd": "0.50"},
        {"name": "b", "n": 1683, "mean": "0.19", "sd": "0.35"},
    ]

    assert ["consistent", "inconsistent", "untestable"] == statuses(
        check_binary(claim("binary", {}, [*groups, {"name": "c", "mean": "0.5"}]))
    )


def test_an_order_that_is_not_so_is_told(claim):
    groups = [{"name": "a", "mean": "2.0"}, {"name": "b", "mean": "3.0"}]

    assert "次序不符：a 2.0 < b 3.0" in check_claim(claim("order", {}, groups)).text.zh
    assert "consistent" == check_claim(claim("order", {}, groups, order="rising")).status
    assert (
        "consistent"
        == check_claim(claim("order", {}, [{"name": "a", "mean": "2"}, {"name": "b", "mean": "2.4"}])).status
    )


def test_a_total_that_does_not_add_up_is_told(claim):
    groups = [{"name": "a", "n": 284}, {"name": "b", "n": 2121}]

    assert "284 + 2121 = 2405, not the printed total of 2406." == check_sum(claim("sum", {}, groups, n=2406))[0].text.en
    assert ["untestable"] == statuses(check_sum(claim("sum", {}, groups)))


def test_a_share_that_no_count_gives_is_told(claim):
    groups = [{"name": "a", "share": "33%"}, {"name": "b", "share": "35%"}, {"name": "c"}]

    assert ["consistent", "inconsistent", "untestable"] == statuses(check_shares(claim("share", {}, groups, n=3)))


def test_wilson_s_interval_is_that_of_the_textbook():
    found = wilson_interval(0.5, 10)

    assert (0.2366, 0.7634) == pytest.approx((found.low, found.high), abs=1e-4)


def test_the_order_of_unprinted_means_is_not_judged(claim):
    assert ["consistent"] == statuses(check_order(claim("order", {}, [{"name": "a", "mean": "2"}, {"name": "b"}])))
