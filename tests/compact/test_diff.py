from __future__ import annotations

from datetime import date

import pytest

from jinghe.compact import diff, load_compact, replace_values


def say(a, b) -> list[tuple[str, str, str]]:
    return [(change.path, change.text.zh, change.text.en) for change in diff(a, b)]


def test_two_that_say_the_same_have_no_difference(toy, folder, write):
    write("compact.yaml", "    green: 0.2\n", "    green: 0.20   # as before\n")

    assert diff(toy, load_compact(folder)) == ()


def test_a_weight_changes_from_a_day_on(toy):
    changed = replace_values(
        toy, {"contest.weights.growth@2022-01-01": 0.5, "contest.weights.collaboration@2022-01-01": 0.3}
    )

    assert say(toy, changed) == [
        (
            "contest.weights.growth@2022-01-01",
            "2022-01-01 起，“增长”的权重由 0.4 改为 0.5。",
            "From 2022-01-01, the weight of “Growth”: from 0.4 to 0.5.",
        ),
        (
            "contest.weights.collaboration@2022-01-01",
            "2022-01-01 起，“协同”的权重由 0.4 改为 0.3。",
            "From 2022-01-01, the weight of “Collaboration”: from 0.4 to 0.3.",
        ),
    ]


def test_a_plain_weight_in_place_of_dated_ones_differs_where_it_differs(toy):
    changed = replace_values(toy, {"contest.weights.gdp_per_head": 0.5, "contest.weights.gdp_real_growth": 0.5})

    assert [(c.path, c.before, c.after) for c in diff(toy, changed)] == [
        ("contest.weights.gdp_real_growth@2022-01-01", 0.75, 0.5),
        ("contest.weights.gdp_per_head@2022-01-01", 0.25, 0.5),
    ]


def test_the_way_back_swaps_before_and_after(toy):
    changed = replace_values(toy, {"contracts[road].due": date(2022, 9, 30), "simulate.horizon": 6})

    there, back = diff(toy, changed), diff(changed, toy)

    assert [(c.path, c.before, c.after) for c in there] == [(c.path, c.after, c.before) for c in back]


@pytest.mark.parametrize(
    "values, sentence",
    [
        ({"contracts[road].due": date(2022, 9, 30)}, "“甲乙四条断头路”的期限由 2022-06-30 改为 2022-09-30。"),
        ({"contracts[zone].due": date(2022, 9, 30)}, "新增“甲乙共建区”的期限：2022-09-30。"),
        ({"contracts[road].milestones[half].count": 1}, "“打通两条”的累计数量由 2 改为 1。"),
        ({"contracts[road].lead": "990300"}, "“甲乙四条断头路”的牵头方由 甲市 改为 丙市。"),
        ({"contest.steps[screen].coverage": 0.5}, "筛选的最低覆盖率由 0.65 改为 0.5。"),
        ({"contest.prizes[fund].amount": "4000000 CNY"}, "“协同专项资金”的金额由 3000000 CNY 改为 4000000 CNY。"),
        ({"simulate.parameters.noise": 2.0}, "参数的增长噪声由 1.0 改为 2.0。"),
        (
            {"agreements[toy-park].calendar.data_due_days": 30},
            "“甲乙飞地园区税收分享协议（合成）”的报数期限由 45 改为 30。",
        ),
    ],
)
def test_a_change_is_said_in_words(toy, values, sentence):
    assert [zh for _, zh, _ in say(toy, replace_values(toy, values))] == [sentence]


def test_what_stands_on_one_side_only_is_told_once(toy, folder, write):
    text = (folder / "compact.yaml").read_text(encoding="utf-8")
    block = text[text.index("  - id: services") : text.index("  - id: zone")]
    write("compact.yaml", block, "")
    write("data/progress.csv", "services,2022-03-31,6,toy,\n", "")

    assert say(toy, load_compact(folder)) == [
        (
            "contracts[services]",
            "删去契约事项“十项服务跨市通办”。",
            "Deleted: the contract “Ten services across cities”.",
        ),
        (
            "data.progress[services 2022-03-31]",
            "删去契约进度中的“十项服务跨市通办、2022-03-31”。",
            "Deleted: “Ten services across cities, 2022-03-31” in the progress of contracts.",
        ),
    ]


def test_another_order_of_a_list_by_id_is_no_difference(toy, folder, write):
    text = (folder / "compact.yaml").read_text(encoding="utf-8")
    bus, services = text.index("  - id: bus"), text.index("  - id: services")
    zone = text.index("  - id: zone")
    (folder / "compact.yaml").write_text(
        text[:bus] + text[services:zone] + text[bus:services] + text[zone:], encoding="utf-8"
    )

    assert diff(toy, load_compact(folder)) == ()


def test_a_cell_of_a_table_is_told_with_its_row(toy, write):
    folder = write(
        "data/joint_items.csv",
        "T2,2021-09-01,event,990200,990300,public_service,乙丙服务通办,Services handled across B and C,30,项,in_force",
        "T2,2021-09-01,event,990200,990300,public_service,乙丙服务通办,Services handled across B and C,30,项,started",
    )

    assert say(toy, load_compact(folder)) == [
        (
            "data.joint_items[T2].status",
            "共同事项登记中的“乙丙服务通办”的状态由 in_force 改为 started。",
            "The status of “Services handled across B and C” in the register of joint items: from in_force to started.",
        )
    ]


def test_observations_are_no_part_of_the_rules(toy, write):
    assert diff(toy, load_compact(write("data/observations.csv", "990100,gdp,2021,400,", "990100,gdp,2021,401,"))) == ()


def test_two_different_cases_can_be_compared(toy, shanxi):
    changes = diff(toy, shanxi)

    assert changes[0].path == "compact"
    assert len(changes) > 100
    assert all(change.text.zh.endswith("。") and change.text.en.endswith(".") for change in changes)
