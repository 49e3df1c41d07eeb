from __future__ import annotations

import math
import random
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.errors import DataError
from jinghe.panel import COLUMNS, OPTIONAL, STATUSES, Coercion, Observation, Panel, dump_panel, read_panel

HEAD = ",".join(COLUMNS) + "\n"
GDP = Observation("140100", "gdp", "2021", 5121.61, "亿元", date(2022, 3, 14), "reported", "网页", "s1", "", "5,121.61")


def write(folder: Path, *rows: str) -> Path:
    path = folder / "o.csv"
    path.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def observations() -> st.SearchStrategy[Observation]:
    return st.builds(
        Observation,
        jurisdiction=st.sampled_from(["A", "B"]),
        indicator=st.sampled_from(["gdp", "rd"]),
        period=st.sampled_from(["2021", "2021H1"]),
        value=st.sampled_from([1.5, -2.0, 1e22, math.nan]),
        unit=st.just("亿元"),
        vintage=st.sampled_from([date(2022, 1, 1), date(2022, 6, 1)]),
        status=st.sampled_from(STATUSES),
        reporter=st.sampled_from(["city", "province"]),
        source=st.just("s1"),
        note=st.sampled_from(["", 'a "quoted", note', "two\nlines"]),
        se=st.sampled_from([None, 0.0, 0.25]),
    )


def panels() -> st.SearchStrategy[Panel]:
    return st.lists(observations(), max_size=8, unique_by=lambda o: o.key).map(lambda items: Panel(tuple(items)))


def test_row_becomes_an_observation_and_every_coercion_is_listed(tmp_path: Path) -> None:
    path = write(tmp_path, '140100,gdp,2021年,"５,121.61 ",亿元,2022年3月14日,reported,网页,s1,')

    reading = read_panel(path)

    assert reading.panel.observations == (replace(GDP, printed="５,121.61"),)
    assert reading.coercions == (
        Coercion(2, "full-width", "５,121.61 亿元", "5121.61 亿元"),
        Coercion(2, "thousands-separator", "５,121.61 亿元", "5121.61 亿元"),
    )
    assert reading.problems == ()


def test_figure_in_another_unit_is_converted_and_stays_as_printed(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        'A,tax,2021,"17,237",万元,2022-01-01,reported,,s1,',
        "B,tax,2021,1.5亿元,万元,2022-01-01,reported,,s1,",
    )

    reading = read_panel(path, units={"tax": "亿元"})

    assert [(o.value, o.unit, o.printed) for o in reading.panel.observations] == [
        (1.7237, "亿元", "17,237 万元"),
        (1.5, "亿元", "1.5亿元"),
    ]
    assert reading.coercions[1] == Coercion(2, "unit-converted", "17,237 万元", "1.7237 亿元")


def test_without_a_wanted_unit_the_row_s_own_column_rules(tmp_path: Path) -> None:
    path = write(
        tmp_path, "A,tax,2021,5 万元,亿元,2022-01-01,reported,,s1,", "B,rate,2021,3.2%,,2022-01-01,reported,,s1,"
    )

    found = read_panel(path).panel.observations

    assert [(o.value, o.unit) for o in found] == [(0.0005, "亿元"), (3.2, "%")]


def test_missing_figure_is_nan_and_never_zero(tmp_path: Path) -> None:
    reading = read_panel(write(tmp_path, "A,tax,2021,—,万元,2022-01-01,reported,,s1,"))

    assert math.isnan(reading.panel.observations[0].value)
    assert reading.coercions == (Coercion(2, "missing-mark", "— 万元", ""),)


def test_negative_zero_is_zero(tmp_path: Path) -> None:
    found = read_panel(write(tmp_path, "A,tax,2021,-0.0,万元,2022-01-01,reported,,s1,")).panel.observations[0]

    assert math.copysign(1, found.value) == 1


def test_every_fault_of_every_row_is_reported_and_sound_rows_are_kept(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        ",gdp,2021,12①,亿元,soon,guessed,,s1,",
        "A,gdp,2021.1,1,万人,2022-01-01,reported,,s1,",
        "A,gdp,2021,1,亿元,2022-01-01,reported,,s1,",
        "A,gdp,2021年,1,亿元,2022-01-01,reported,,s1,",
        "A",
    )

    reading = read_panel(path, units={"gdp": "亿元"}, name="data/o.csv")

    assert len(reading.panel) == 1
    assert [f"{p.place} {p.code}" for p in reading.problems] == [
        "data/o.csv:2 gdp cell-empty",
        "data/o.csv:2 gdp choice-unknown",
        "data/o.csv:2 gdp date-unreadable",
        "data/o.csv:2 gdp number-unreadable",
        "data/o.csv:3 gdp period-unreadable",
        "data/o.csv:3 gdp unit-mismatch",
        "data/o.csv:5 gdp observation-duplicate",
        "data/o.csv:6 cell-empty",
        "data/o.csv:6 choice-unknown",
        "data/o.csv:6 period-unreadable",
        "data/o.csv:6 date-unreadable",
    ]
    assert reading.problems[6].text("zh").startswith("data/o.csv:5 gdp：A 的 gdp 在 2021 重复（第 4 行已有）。")


def test_the_latest_vintage_is_found_and_the_past_stays_readable() -> None:
    revised = replace(GDP, value=5122.0, vintage=date(2023, 1, 1), status="revised")
    panel = Panel((revised, GDP))

    assert panel.find("140100", "gdp", "2021") == revised
    assert panel.as_of(date(2022, 12, 31)).find("140100", "gdp", "2021") == GDP
    assert panel.as_of(date(2022, 3, 13)).find("140100", "gdp", "2021") is None
    assert panel.vintage == date(2023, 1, 1)
    assert Panel().vintage is None


def test_of_one_vintage_the_stronger_status_is_found() -> None:
    gap = replace(GDP, value=math.nan, status="verified", reporter="z")
    verified = replace(GDP, value=1.0, status="verified", reporter="a")

    assert Panel((verified, gap, GDP)).find("140100", "gdp", "2021") is verified


def test_period_is_found_however_it_is_written() -> None:
    panel = Panel((replace(GDP, period="2021-01..2021-06"),))

    assert panel.find("140100", "gdp", "2021H1") is not None
    assert panel.find("140100", "gdp", "2021-01..2021-06") is panel.find("140100", "gdp", "2021年上半年")
    assert panel.find("140100", "gdp", "some day") is None


def test_append_adds_and_refuses_what_is_there_or_comes_twice() -> None:
    panel, other = Panel((GDP,)), replace(GDP, reporter="统计局")

    assert len(panel.append([other])) == 2
    assert len(panel) == 1
    for items in ([GDP], [other, other]):
        with pytest.raises(DataError) as caught:
            panel.append(items)
        assert [p.code for p in caught.value.problems] == ["observation-known"]


@given(panels(), st.randoms(use_true_random=False))
def test_order_of_rows_changes_nothing(panel: Panel, order: random.Random) -> None:
    items = list(panel.observations)
    order.shuffle(items)
    shuffled = Panel(tuple(items))

    assert shuffled.digest == panel.digest
    for item in items:
        key = (item.jurisdiction, item.indicator, item.period)
        assert shuffled.find(*key) is panel.find(*key)


def test_digest_of_a_known_panel_stays_the_same() -> None:
    assert Panel((GDP,)).digest[:16] == "5495afb24d69354b"
    assert Panel((replace(GDP, note="x"),)).digest != Panel((GDP,)).digest


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
@given(panel=panels())
def test_panel_survives_writing_and_reading(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, panel: Panel
) -> None:
    path = tmp_path_factory.mktemp("panel") / f"o.{suffix}"

    dump_panel(panel, path)
    once = read_panel(path)
    dump_panel(once.panel, path)
    twice = read_panel(path)

    assert once.problems == ()
    assert [(o.key, repr(o.value)) for o in once.panel.observations] == [
        (o.key, repr(o.value)) for o in panel.observations
    ]
    assert [o.se for o in once.panel.observations] == [
        None if math.isnan(o.value) else o.se for o in panel.observations
    ]
    assert twice.panel.digest == once.panel.digest


def test_csv_and_parquet_give_the_same_panel(tmp_path: Path) -> None:
    source = write(
        tmp_path,
        'A,tax,2021,"17,237",万元,2022-01-01,reported,网页,s1,"注，有逗号, and comma"',
        "B,tax,2021,—,万元,2022-01-01,estimated,,s1,",
    )
    panel = read_panel(source, units={"tax": "亿元"}).panel

    dump_panel(panel, tmp_path / "o.parquet")
    dump_panel(panel, tmp_path / "p.csv")

    assert read_panel(tmp_path / "o.parquet").panel.digest == panel.digest
    assert read_panel(tmp_path / "p.csv").panel.digest == panel.digest


def test_parquet_of_other_tools_may_hold_numbers_and_dates(tmp_path: Path) -> None:
    row = {"jurisdiction": 140100, "indicator": "gdp", "period": 2021, "value": 5121.61, "unit": "亿元"}
    row |= {"vintage": datetime(2022, 3, 14), "status": "reported", "reporter": "网页", "source": "s1", "note": None}  # noqa: DTZ001
    pl.DataFrame([row]).write_parquet(tmp_path / "o.parquet")

    assert read_panel(tmp_path / "o.parquet").panel.observations == (replace(GDP, printed="5121.61"),)


def test_parquet_that_is_missing_broken_or_short_of_columns_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 no")
    pl.DataFrame({"jurisdiction": ["A"]}).write_parquet(tmp_path / "short.parquet")

    for name, code, count in (
        ("none", "file-missing", 1),
        ("broken", "table-broken", 1),
        ("short", "column-missing", 9),
    ):
        with pytest.raises(DataError) as caught:
            read_panel(tmp_path / f"{name}.parquet")
        assert [p.code for p in caught.value.problems] == [code] * count


def test_a_standard_error_is_read_in_the_unit_of_its_row(tmp_path: Path) -> None:
    path = tmp_path / "o.csv"
    head = ",".join(COLUMNS + OPTIONAL) + "\n"
    rows = ["A,x,2021,12.5%,share,2022-01-01,reported,r,s,,0.01", "B,x,2021,0.5,share,2022-01-01,reported,r,s,,2 %"]
    rows += ["C,x,2021,0.5,share,2022-01-01,reported,r,s,,", "D,x,2021,—,share,2022-01-01,reported,r,s,,0.01"]
    path.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")

    reading = read_panel(path, units={"x": "%"})

    assert () == reading.problems
    assert [1.0, 2.0, None, None] == [item.se for item in reading.panel.observations]
    assert [12.5, 50.0, 50.0] == [item.value for item in reading.panel.observations[:3]]


def test_a_standard_error_that_is_none_is_a_fault_of_its_row(tmp_path: Path) -> None:
    path = tmp_path / "o.csv"
    rows = [f"{code},x,2021,1,%,2022-01-01,reported,r,s,,{se}" for code, se in (("A", "-0.1"), ("B", "about 1"))]
    path.write_text(",".join(COLUMNS + OPTIONAL) + "\n" + "\n".join(rows) + "\n", encoding="utf-8")

    reading = read_panel(path)

    found = [(p.code, p.place.line) for p in reading.problems]
    assert [("standard-error-negative", 2), ("number-unreadable", 3)] == found
    assert "标准误中有负数（-0.1）" in reading.problems[0].text("zh")


def test_a_standard_error_belongs_to_the_digest() -> None:
    digests = {Panel((replace(GDP, se=se),)).digest for se in (None, 1.0, 2.0)}

    assert len(digests) == 3
