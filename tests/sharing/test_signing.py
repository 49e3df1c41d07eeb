from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from jinghe.labels import Text
from jinghe.panel import Panel
from jinghe.region import Region
from jinghe.sharing import Agreement, settle
from jinghe.sharing.correction import correct
from jinghe.sharing.signing import signing_sheet
from jinghe.sharing.statement import Statement, draft_statement
from jinghe.units import Money, Period

A, B = "990100", "990200"
ISSUED, WHY = date(2022, 2, 14), Text("税基有误", "the base is wrong")


@pytest.fixture
def issued(park: Agreement, toy_panel: Panel, toy_region: Region) -> Statement:
    found = settle(park, panel=toy_panel, region=toy_region, period=Period.of("2021"))
    return draft_statement(found, calendar=park.calendar).take("issue", by="office", on=ISSUED)


def rows(statement: Statement, name: str, lang: str = "zh") -> list[list[str]]:
    return [[cell.get(lang) for cell in row] for row in signing_sheet(statement).table(name).rows]


def test_the_page_says_who_pays_whom_how_much_by_which_clause_from_which_figures(issued: Statement) -> None:
    basis = "甲乙飞地园区税收分享协议（合成，仅供演示）第一条"
    assert [["toy-park/2021/1/1", "乙市", "甲市", "¥5,000,000.00", "人民币伍佰万元整", basis, "—"]] == rows(
        issued, "lines"
    )
    assert [
        ["甲市", "应收", "¥5,000,000.00", "人民币伍佰万元整"],
        ["乙市", "应付", "¥5,000,000.00", "人民币伍佰万元整"],
    ] == rows(issued, "net")
    assert [
        ["park tax", "City B", "2021", "1000 10k CNY", "synthetic", "2023-01-01", "r", "合成数据 [synthetic]"]
    ] == rows(issued, "figures", "en")
    assert ["甲市分享比例", "1/2"] == rows(issued, "terms")[0][:2]
    assert ["报数截止", "送达", "异议截止", "清算截止"] == [row[0] for row in rows(issued, "calendar")]


def test_it_bears_state_digest_notes_and_a_block_for_everybody(issued: Statement) -> None:
    sheet = signing_sheet(issued.take("confirm", by=B, on=date(2022, 2, 20)))

    assert (Text("已送达", "issued"), issued.digest) == (sheet.state, sheet.digest)
    assert {A: None, B: date(2022, 2, 20), "office": ISSUED} == {s.party: s.confirmed_on for s in sheet.signatures}
    assert "合成数据，仅供演示。" in [note.zh for note in sheet.notes]
    assert "规则未封存，无从证明其先于数据确定。" in [note.zh for note in sheet.notes]
    mark = issued.settlement.as_dict()["digest"][:16]
    assert f"Digest of what was computed: {mark}, as in result.json." in [note.en for note in sheet.notes]
    assert "2021年" == sheet.period.zh


def test_a_correction_shows_before_and_difference(issued: Statement) -> None:
    line = replace(issued.settlement.lines[0], amount=Money(450_0000_00))
    _, new = correct(issued, replace(issued.settlement, lines=(line,)), on=date(2022, 5, 1), reason=WHY)
    sheet = signing_sheet(new)

    assert (issued.id, WHY, issued.digest) == (sheet.corrects, sheet.reason, sheet.previous)
    assert "原为 500.00 万元，差额 -50.00 万元" == rows(new, "lines")[0][-1]
    assert "was CNY 5,000,000.00, difference -CNY 500,000.00" == rows(new, "lines", "en")[0][-1]
    empty = replace(line, clause="c8", amount=Money(0))
    more = correct(new, replace(issued.settlement, lines=(line, empty)), on=date(2022, 5, 2), reason=WHY)[1]
    assert ("另有 1 行金额为零，未列出。", 1) == (signing_sheet(more).notes[0].zh, len(rows(more, "lines")))
    gone = correct(new, replace(issued.settlement, lines=()), on=date(2022, 6, 1), reason=WHY)[1]
    assert ["¥0.00", "人民币零元整", "c1"] == rows(gone, "lines")[0][3:6]


def test_disputed_and_ruled_lines_are_marked(issued: Statement) -> None:
    final = issued.take("finalise", by="office", on=date(2022, 3, 7))
    held = final.take("suspend", by="office", on=date(2022, 3, 8), line="toy-park/2021/1/1")
    ruled = held.take("amend", by="office", on=date(2022, 4, 1), line="toy-park/2021/1/1", amount=Money(-5), reason=WHY)

    assert "争端中，暂不收付" == rows(held, "lines")[0][-1]
    assert ["¥-0.05", "人民币负伍分"] == rows(ruled, "lines")[0][3:5]
    assert "依裁定改定" == rows(ruled, "lines")[0][-1]
    assert ["2022-04-01", "结算机构", "依裁定改定一行", "toy-park/2021/1/1", "税基有误"] == rows(ruled, "course")[-1]


def test_a_page_is_json(issued: Statement) -> None:
    tree = signing_sheet(issued).as_dict()

    assert ["lines", "net", "figures", "terms", "calendar", "course"] == [table["id"] for table in tree["tables"]]
    assert {"zh": "收付明细", "en": "Lines"} == tree["tables"][0]["title"]
    assert "2022-02-14" == tree["signatures"][-1]["confirmed_on"]
    assert all(len(table["columns"]) == len(row) for table in tree["tables"] for row in table["rows"])


def test_figures_and_terms_behind_a_clause_are_listed(
    fill: Callable[..., Agreement], panel_of: Callable[..., Panel], toy_region: Region
) -> None:
    roles = {"yunnan": "990100", "guizhou": "990200", "sichuan": "990300"}
    agreement = fill("two_key_pot", parties=roles, decide={"partial": "1/2"})
    figures = [("990100", "qingshuipu_failed", "2021", "0.5", "1"), ("990200", "lianyuxi_failed", "2021", "0", "1")]
    found = settle(agreement, panel=panel_of(figures), region=toy_region, period=Period.of("2021"))

    sheet = signing_sheet(draft_statement(found, calendar={}))

    assert ["0.5", "0"] == [row[3].zh for row in sheet.table("figures").rows]
    assert {"两方扣回归属比例", "一方扣回归属比例"} < {row[0].zh for row in sheet.table("terms").rows}
