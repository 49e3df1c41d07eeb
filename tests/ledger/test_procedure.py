from __future__ import annotations

from datetime import date

import pytest

from jinghe.errors import RuleError
from jinghe.labels import Text
from jinghe.ledger import Procedure, Step, Window

TITLE = Text("报销", "Expenses")
STEPS = (
    Step("open", "sign", "clerk", "signed", clock="week"),
    Step("open", "sign", "clerk", "late", given=("excused",), effect="note"),
    Step("signed", "close", "chief", "closed"),
)
WORDS = {
    word: Text(f"〔{word}〕", word)
    for word in ("open", "signed", "late", "closed", "sign", "close", "clerk", "chief", "week", "excused", "note")
}
COURSE = Procedure(TITLE, "open", STEPS, WORDS)
WEEK = {"week": Window(date(2022, 1, 3), date(2022, 1, 9))}


def refusal(lang: str, **changes) -> str:
    asked = {"state": "open", "action": "sign", "role": "clerk", "on": date(2022, 1, 10), "windows": WEEK} | changes
    with pytest.raises(RuleError) as caught:
        COURSE.take(asked.pop("state"), **asked, subject="paper 7")
    return caught.value.problems[0].text(lang)


def test_a_step_is_taken_in_time_and_by_the_right_role() -> None:
    assert COURSE.take("open", action="sign", role="clerk", on=date(2022, 1, 9), windows=WEEK).to == "signed"


def test_the_first_row_that_fits_is_taken() -> None:
    late = COURSE.take("open", action="sign", role="clerk", on=date(2022, 1, 10), windows=WEEK, facts=["excused"])

    assert (late.to, late.effect) == ("late", "note")


def test_a_refusal_says_what_is_allowed_by_whom_and_until_when() -> None:
    words = refusal("en", role="chief", on=date(2022, 1, 5))

    assert words.startswith("paper 7: on 2022-01-05 the chief cannot sign: the state is “open”.")
    assert words.endswith(
        "Allowed now: the clerk may sign (2022-01-03 to 2022-01-09); the clerk may sign (once excused)."
    )
    assert refusal("zh", role="chief", on=date(2022, 1, 5)).endswith(
        "〔clerk〕可〔sign〕（2022-01-03至2022-01-09）；〔clerk〕可〔sign〕（须〔excused〕）。"
    )


def test_too_late_too_early_and_over_are_told() -> None:
    assert refusal("en").endswith("Allowed now: the clerk may sign (once excused).")
    assert "nothing, it has ended" in refusal("en", state="closed")
    assert "无，程序已终结" in refusal("zh", state="closed")
    assert "the clerk may sign (2022-01-03" in refusal("en", on=date(2022, 1, 1))


def test_a_clock_that_does_not_run_opens_nothing() -> None:
    assert COURSE.options("open", on=date(2022, 1, 5), windows={}) == ()


def test_a_span_is_said_with_the_ends_it_has() -> None:
    assert Window().say("zh") == ""
    assert Window(first=date(2022, 1, 3)).say("zh") == "2022-01-03起"
    assert Window(last=date(2022, 1, 3)).say("en") == "until 2022-01-03"


def test_states_ends_and_words_are_read_from_the_table() -> None:
    assert COURSE.states == ("open", "signed", "late", "closed")
    assert COURSE.ends == ("late", "closed")
    assert COURSE.say("week") == Text("〔week〕", "week")
    assert COURSE.say("unknown") == Text("unknown", "unknown")
    assert COURSE.check() == []


def test_a_faulty_table_says_so() -> None:
    steps = (
        Step("open", "sign", "clerk", "signed"),
        Step("open", "sign", "clerk", "late"),
        Step("lost", "x", "y", "z"),
    )

    found = Procedure(TITLE, "open", steps, WORDS).check()

    assert "no words for lost" in found
    assert "lost is never reached" in found
    assert "('open', 'sign', 'clerk') is decided before" in found


def test_the_page_has_a_row_per_step_in_both_languages() -> None:
    pages = {lang: COURSE.describe(lang) for lang in ("zh", "en")}

    assert [3 + 2 == page.count("\n|") for page in pages.values()] == [True, True]
    assert "| open | clerk | sign | week | — | signed | — |" in pages["en"]
    assert pages["zh"].startswith("# 报销\n\n| 现状态 |")
    assert "Final states: late, closed." in pages["en"]
