from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from jinghe.labels import Text
from jinghe.ledger import Ledger
from jinghe.panel import Observation, Panel
from jinghe.region import Region
from jinghe.sharing import Agreement, settle
from jinghe.sharing.posting import post
from jinghe.sharing.restate import find_late, list_figures, list_known, restate, revise
from jinghe.sharing.statement import Statement, draft_statement
from jinghe.units import Money, Period

YEAR = Period.of("2021")
A, B = "990100", "990200"
KNOWN, ISSUED, REVISED, CORRECTED = date(2022, 1, 20), date(2022, 2, 14), date(2022, 5, 1), date(2022, 5, 10)


@pytest.fixture
def panel(figure: Callable[..., Observation]) -> Panel:
    first = figure(B, "park_tax", "2021", "1000", vintage=KNOWN)
    return Panel((first, figure(B, "park_tax", "2021", "1,100", vintage=REVISED, status="revised")))


@pytest.fixture
def issued(park: Agreement, panel: Panel, toy_region: Region) -> Statement:
    found = settle(park, panel=panel.as_of(ISSUED), region=toy_region, period=YEAR)
    return draft_statement(found, calendar=park.calendar).take("issue", by="office", on=ISSUED)


def test_what_was_known_and_owed_on_each_day(
    park: Agreement, panel: Panel, toy_region: Region, issued: Statement
) -> None:
    corrected = revise(issued, agreement=park, panel=panel, region=toy_region, on=CORRECTED)
    assert corrected
    ledger = post(corrected[1], post(corrected[0], Ledger()))

    def seen(day: date):
        found = restate(
            park, panel=panel, region=toy_region, period=YEAR, as_of=day, statements=corrected, ledger=ledger
        )
        stated = found.stated.id if found.stated else None
        known = found.known.lines[0].amount if found.known else None
        return known, stated, found.owed.get(A), [change.difference for change in found.changes]

    before, after = Money(500_0000_00), Money(550_0000_00)
    assert (None, None, None, []) == seen(date(2022, 1, 1))
    assert (before, None, Money(0), []) == seen(KNOWN)
    assert (before, "toy-park/2021/1", before, []) == seen(ISSUED)
    assert (after, "toy-park/2021/1", before, [Money(50_0000_00)]) == seen(REVISED)
    assert (after, "toy-park/2021/2", after, []) == seen(CORRECTED)
    assert (after, "toy-park/2021/2", after, []) == seen(date(2030, 1, 1))


def test_a_late_revision_yields_a_correction_that_names_the_figure(
    park: Agreement, panel: Panel, toy_region: Region, issued: Statement
) -> None:
    assert revise(issued, agreement=park, panel=panel, region=toy_region, on=date(2022, 4, 30)) is None

    found = revise(issued, agreement=park, panel=panel, region=toy_region, on=CORRECTED)

    assert found
    assert "corrected" == found[0].state
    assert Money(50_0000_00) == found[1].items[0].difference
    assert (
        Text(
            "数据修订：990200 2021 park_tax 由 1000 万元 改为 1,100 万元（2022-05-01）。",
            "Revised figures: park_tax of 990200 for 2021 changed from 1000 万元 to 1,100 万元 (2022-05-01).",
        )
        == found[1].reason
    )


def test_the_days_on_which_amounts_changed_are_listed(park: Agreement, panel: Panel, toy_region: Region) -> None:
    found = list_known(park, panel=panel, region=toy_region, period=YEAR)

    assert [(KNOWN, Money(500_0000_00)), (REVISED, Money(550_0000_00))] == [
        (day, known.lines[0].amount) for day, known in found
    ]


def test_figures_that_come_after_the_due_day_are_named(
    park: Agreement, panel: Panel, toy_region: Region, issued: Statement
) -> None:
    late = draft_statement(settle(park, panel=panel, region=toy_region, period=YEAR), calendar=park.calendar)

    assert [] == find_late(issued)
    assert ["data-late"] == [p.code for p in find_late(late)]
    assert "became known on 2022-05-01; data were due on 2022-02-14" in find_late(late)[0].text("en")
    assert [] == find_late(draft_statement(late.settlement, calendar={}))


def test_a_restatement_speaks_and_is_json(park: Agreement, panel: Panel, toy_region: Region, issued: Statement) -> None:
    said = {
        day: restate(park, panel=panel, region=toy_region, period=YEAR, as_of=day, statements=[issued])
        for day in (date(2022, 1, 1), KNOWN, ISSUED, REVISED)
    }

    words = [found.text.en for found in said.values()]
    assert words == [
        "On 2022-01-01 the figures for 2021 were incomplete.",
        "On 2022-01-20 the figures for 2021 were complete and no statement issued.",
        "On 2022-02-14 statement toy-park/2021/1 agreed with what was known.",
        (
            "On 2022-05-01 what was known departed from statement toy-park/2021/1; a correction is due: "
            "City B owes City A CNY 5,500,000.00, not CNY 5,000,000.00."
        ),
    ]
    assert "乙市应付甲市由 500.00 万元 变为 550.00 万元" in said[REVISED].text.zh
    tree = said[date(2022, 1, 1)].as_dict()
    assert tree["known"] is None
    assert "park_tax" in tree["problems"][0]["en"]
    assert 550_0000_00 == said[REVISED].as_dict()["changes"][0]["known"]


def test_statements_of_other_periods_do_not_count(
    park: Agreement, panel: Panel, toy_region: Region, issued: Statement
) -> None:
    found = restate(park, panel=panel, region=toy_region, period=Period.of("2022"), as_of=REVISED, statements=[issued])

    assert found.stated is None


def test_figures_behind_a_clause_are_figures_of_the_settlement(
    fill: Callable[..., Agreement], panel_of: Callable[..., Panel], toy_region: Region
) -> None:
    roles = {"yunnan": "990100", "guizhou": "990200", "sichuan": "990300"}
    agreement = fill("two_key_pot", parties=roles, decide={"partial": "1/2"})
    rows = [("990100", "qingshuipu_failed", "2021", "0", "1"), ("990200", "lianyuxi_failed", "2021", "0", "1")]

    found = settle(agreement, panel=panel_of(rows), region=toy_region, period=Period.of("2021"))

    assert [(code, name, year) for code, name, year, *_ in rows] == list(list_figures(found))
