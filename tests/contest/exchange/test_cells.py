from datetime import date

import pytest

from jinghe.contest.exchange.cells import open_book, read_amount, read_word, save_book, take_sheet
from jinghe.errors import DataError


def test_words_stay_words_and_numbers_keep_sixteen_digits(tmp_path):
    save_book(tmp_path / "x.xlsx", {"One": [["=1+1", 1 / 3, 7, None, ""], ["", float("nan")]]})

    [row] = take_sheet(open_book(tmp_path / "x.xlsx"), "one", file="x.xlsx")

    assert row == ("=1+1", pytest.approx(1 / 3, rel=1e-15), 7)


@pytest.mark.parametrize(
    ("cell", "word"),
    [(2018.0, "2018"), (2.5, "2.5"), (date(2021, 3, 1), "2021-03-01")],
)
def test_spreadsheet_cells_are_read_as_words(cell, word):
    assert read_word(cell) == word


@pytest.mark.parametrize("cell", [None, "", "NA", "n/a", " — ", float("nan")])
def test_these_are_missing(cell):
    assert read_amount(cell, file="x", path="gdp") is None


@pytest.mark.parametrize("cell", ["12 km", True, float("inf"), "inf"])
def test_what_is_no_number_is_refused_with_its_place(cell):
    with pytest.raises(DataError) as caught:
        read_amount(cell, file="x.xlsx", path="A gdp", line=7)

    [fault] = caught.value.problems
    assert (fault.code, fault.place.line, fault.place.path) == ("number-unreadable", 7, "A gdp")


def test_a_missing_file_a_broken_one_and_a_missing_sheet_are_told(tmp_path):
    (tmp_path / "broken.xlsx").write_text("no archive")
    save_book(tmp_path / "sound.xlsx", {"Other": [["a"]]})

    with pytest.raises(DataError, match="does not exist"):
        open_book(tmp_path / "none.xlsx")
    with pytest.raises(DataError, match="cannot be opened"):
        open_book(tmp_path / "broken.xlsx")
    with pytest.raises(DataError, match="there is no sheet “iData”; the sheets are Other"):
        take_sheet(open_book(tmp_path / "sound.xlsx"), "iData", file="sound.xlsx")
