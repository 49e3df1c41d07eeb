"""Files of answers: ODK, Kobo, XLSX and LimeSurvey, in and out."""

from __future__ import annotations

import numpy as np
import pytest

from jinghe.errors import DataError
from jinghe.survey import FORMATS, read_responses, write_responses


def codes(reading):
    return [item.code for item in reading.problems]


def same(one, two):
    for name, column in one.answers.items():
        if column.dtype.kind == "f":
            assert np.array_equal(column, two.answers[name], equal_nan=True), name
        else:
            assert np.array_equal(column, two.answers[name]), name


@pytest.mark.parametrize("style", FORMATS)
def test_what_is_written_reads_back_the_same(answers, tmp_path, style):
    path = tmp_path / ("a.xlsx" if style == "xlsx" else "a.csv")

    write_responses(answers, path, style=style)
    reading = read_responses(path, answers.instrument)

    assert reading.problems == ()
    same(answers, reading.responses)
    assert np.array_equal(answers.days, reading.responses.days)
    assert np.isnan(reading.responses.seconds).all()


def test_kobo_with_groups_and_a_column_per_option_is_read(small, tmp_path):
    (tmp_path / "kobo.csv").write_text(
        "start;end;unit;met;times;trust/t1;trust/t2;trust/t3;why/order;why/will;_uuid;_submission_time\n"
        "2024-03-01T10:00:00+08:00;2024-03-01T10:02:30+08:00;a;yes;2;1;2;3;1;0;u1;2024-03-01T02:02:31\n",
        encoding="utf-8-sig",
    )

    reading = read_responses(tmp_path / "kobo.csv", small)

    assert codes(reading) == ["survey-column-missing"]  # the text item
    assert reading.responses.answers["why"].tolist() == [[True, False]]
    assert reading.responses.values("t3").tolist() == [3]
    assert reading.responses.seconds.tolist() == [150]
    assert str(reading.responses.days[0]) == "2024-03-01"


def test_odk_central_writes_groups_with_dashes(small, tmp_path):
    (tmp_path / "odk.csv").write_text(
        "SubmissionDate,unit,met,times,trust-t1,trust-t2,trust-t3,why,more,meta-instanceID,KEY\n"
        '2024-03-01T10:00:00.000Z,b,no,,5,5,1,order will,"a, b",uuid:1,uuid:1\n',
        encoding="utf-8",
    )

    reading = read_responses(tmp_path / "odk.csv", small)

    assert codes(reading) == []
    assert reading.responses.values("t1").tolist() == [5]
    assert reading.responses.answers["more"].tolist() == ["a, b"]


def test_limesurvey_with_question_texts_in_its_headings_is_read(small, tmp_path):
    (tmp_path / "lime.csv").write_text(
        '"id. Response ID","submitdate. Date","token. Code","unit. 单位","met. Met?","times. 几次","trust[t1]. 一",'
        '"trust[t2]. 二","trust[t3]. 三","why[order]. 安排","why[will]. 意愿","more. 其他","interviewtime. Total"\n'
        '"1","1980-01-01 00:00:00","secret","c","no","","4","4","2","Y","","","61.5"\n',
        encoding="utf-8",
    )

    reading = read_responses(tmp_path / "lime.csv", small)

    assert codes(reading) == ["survey-token-linked"]
    assert "secret" not in reading.problems[0].text("en")
    assert reading.responses.answers["why"].tolist() == [[True, False]]
    assert reading.responses.seconds.tolist() == [61.5]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "survey-rows-missing"),
        ("unit,met\n", "survey-rows-missing"),
        ("q1,q2\n1,2\n", "survey-columns-foreign"),
        ("unit,unit\na,b\n", "column-repeated"),
        ("unit,met\na,yes,surplus\n", "row-long"),
        ('unit,met\n"a,yes\n', "table-broken"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(small, tmp_path, text, code):
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")

    with pytest.raises(DataError) as found:
        read_responses(tmp_path / "a.csv", small)

    assert [item.code for item in found.value.problems] == [code]


def test_a_file_in_another_encoding_and_a_missing_one_say_so(small, tmp_path):
    (tmp_path / "a.csv").write_bytes("unit,met\n甲局,yes\n".encode("gbk"))

    for name, code in (("a.csv", "file-encoding"), ("b.csv", "file-missing")):
        with pytest.raises(DataError) as found:
            read_responses(tmp_path / name, small)
        assert [item.code for item in found.value.problems] == [code]


def test_an_unknown_format_is_refused(answers, tmp_path):
    with pytest.raises(DataError) as found:
        write_responses(answers, tmp_path / "a.sav", style="spss")

    assert [item.code for item in found.value.problems] == ["choice-unknown"]
