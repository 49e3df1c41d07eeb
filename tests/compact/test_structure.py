from __future__ import annotations

from datetime import date

import pytest

from jinghe.compact.document import parse_document
from jinghe.compact.structure import shape


def shaped(text: str, kind: str = ""):
    document, problems = parse_document(text, file="compact.yaml")
    assert problems == []
    return shape(document, kind=kind)


CONTEST = "contest: {indicators: {a: {unit: x}}, tree: {i: [a]}, "


def codes(text: str) -> list[tuple[str, str]]:
    """The faults of a fragment but what a whole compact would have to hold besides."""
    found = [(p.code, p.place.path) for p in shaped(text).problems]
    return [pair for pair in found if not (pair[0] == "key-missing" and "." not in pair[1])]


def test_a_code_without_quotes_keeps_its_digits():
    text = (
        "contracts: [{id: a, form: special, title: x, field: market, lead: 140100, participants: [140700], source: s}]"
    )

    tree = shaped(f"principal: 014010\n{text}").tree

    assert tree["principal"] == "014010"
    assert tree["contracts"][0]["lead"] == "140100"
    assert tree["contracts"][0]["participants"] == ["140700"]


def test_a_version_is_taken_as_written():
    assert shaped("version: 2023.10").tree["version"] == "2023.10"


def test_periods_and_dates_get_their_type():
    dates = 'in_force: {from: "2021-01-01", to: 2022-01-01}'

    tree = shaped(f"{dates}\ncontest: {{indicators: {{a: {{unit: x, period: 2021}}}}, tree: {{i: [a]}}}}").tree

    assert tree["in_force"] == {"from": date(2021, 1, 1), "to": date(2022, 1, 1)}
    assert tree["contest"]["indicators"]["a"]["period"] == "2021"


@pytest.mark.parametrize(
    "text, code, path",
    [
        ("in_force: 2021", "type-wrong", "in_force"),
        ("in_force: {from: 2021-13-01, to: 2022-01-01}", "type-wrong", "in_force.from"),
        ("title: {cn: x}", "type-wrong", "title"),
        ("title: {zh: }", "type-wrong", "title"),
        ("compact: 太原 x", "type-wrong", "compact"),
        ("principal: 1401", "type-wrong", "principal"),
        ("contracts: {a: 1}", "type-wrong", "contracts"),
        ("contracts: [5]", "type-wrong", "contracts[0]"),
        ("agreements: [/etc/passwd]", "type-wrong", "agreements[0]"),
        ("agreements: [../x.yaml]", "type-wrong", "agreements[0]"),
        ("contest: {indicators: {}, tree: {i: [1]}}", "type-wrong", "contest.tree"),
        (CONTEST + "weights: {a: {x: 0.5}}}", "type-wrong", "contest.weights.a.x"),
        (CONTEST + "weights: {a: 1.5}}", "type-wrong", "contest.weights.a"),
        (CONTEST + "weights: {a: true}}", "type-wrong", "contest.weights.a"),
        (CONTEST + "weights: {a: {2021-01-01: x}}}", "type-wrong", "contest.weights.a@2021-01-01"),
        (CONTEST + "rank: {draws: 1.5}}", "type-wrong", "contest.rank.draws"),
        (CONTEST + "steps: [{screen: {coverage: .nan}}]}", "type-wrong", "contest.steps[screen].coverage"),
        ("contest: {indicators: {a: {unit: x, period: 9}}, tree: {i: [a]}}", "type-wrong", "contest.indicators.a.period"),  # noqa: E501
        (CONTEST + "level: city}", "choice-wrong", "contest.level"),
        ("contest: {indicators: {a: {}}, tree: {i: [a]}}", "key-missing", "contest.indicators.a.unit"),
        ("contest: {indicators: {a: {unit: }}, tree: {i: [a]}}", "key-missing", "contest.indicators.a.unit"),
        ("simulate: {parameters: {luck: 1}}", "key-unknown", "simulate.parameters.luck"),
    ],
)  # fmt: skip
def test_what_has_not_its_type_is_told_at_its_path(text, code, path):
    assert codes(text) == [(code, path)]


def test_an_unknown_key_names_the_nearest_and_spoils_nothing():
    found = shaped("platform: {disputes: {reply_day: 15}}")

    fault = next(p for p in found.problems if p.code == "key-unknown")
    assert dict(fault.values) == {"found": "reply_day", "nearest": "reply_days"}
    assert found.tree["platform"] == {"disputes": {}}
    assert found.is_sound("platform")


def test_a_fault_spoils_its_part_and_no_other():
    found = shaped("contracts: [{id: a}, {id: b, form: special, title: x, field: market, lead: 140100, source: s}]")

    assert not found.is_sound("contracts", 0)
    assert found.is_sound("contracts", 1)
    assert not found.is_sound("contracts")
    assert not found.is_sound("version")
    assert found.is_sound("platform")


def test_a_key_without_a_value_counts_as_absent():
    tree = shaped("notes:\nplatform: ~\n").tree

    assert "notes" not in tree
    assert "platform" not in tree


def test_faults_come_in_the_order_of_the_file():
    lines = [p.place.line for p in shaped("b: 1\na: 2\ntitle: [x]\n").problems if p.code != "key-missing"]

    assert lines == [1, 2, 3]
