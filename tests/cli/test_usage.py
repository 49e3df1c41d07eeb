"""Mistakes in the words of a call."""

import pytest

from jinghe.cli import app
from jinghe.cli.usage import call


@pytest.mark.parametrize(
    ("words", "zh", "en"),
    [
        (["rnu"], "没有“rnu”这条命令。", "there is no command “rnu”."),
        (["survey", "chekc"], "没有“chekc”这条命令。", "there is no command “chekc”."),
        (["explore", "swep"], "没有“swep”这条命令。", "there is no command “swep”."),
        (["run", "--foo"], "没有“--foo”这个选项。", "there is no option “--foo”."),
        (["run", "toy", "--seed", "x"], "“--seed”的取值不合要求。", "the value of “--seed” does not fit."),
        (["run", "toy", "--seed"], "“--seed”之后没有值。", "“--seed” has no value after it."),
        (["run"], "缺少“case”。", "“case” is missing."),
        (["run", "toy", "more"], "读不懂这条命令", "the command cannot be read"),
    ],
)
def test_a_slip_is_told_in_the_language_asked_for(capsys, words, zh, en):
    assert [2, 2, 2] == [call(app, words, lang="zh"), call(app, words, lang="en"), call(app, [*words], lang="zh")]

    told = capsys.readouterr().err
    assert (2, 1) == (told.count(zh), told.count(en))
    assert "Traceback" not in told


def test_the_language_of_the_words_comes_first(capsys):
    call(app, ["run", "toy", "--lang", "en", "--foo"], lang="zh")

    assert "there is no option" in capsys.readouterr().err


def test_the_nearest_verb_is_offered(capsys):
    call(app, ["settel"], lang="en")

    assert "Did you mean settle?" in capsys.readouterr().err


def test_verbs_of_daily_work_come_first(capsys):
    assert 0 == call(app, ["--help"], lang="en")

    lines = [line.split()[0] for line in capsys.readouterr().out.split("Commands:")[1].splitlines() if line.strip()]
    assert ["check", "run", "score", "settle"] == lines[:4]


def test_a_program_that_is_stopped_says_so(capsys):
    def stopped(words, **_):
        raise KeyboardInterrupt

    assert 130 == call(stopped, ["run", "toy"], lang="zh")
    assert "已中断。" in capsys.readouterr().err


def test_help_is_in_one_language_throughout(monkeypatch, capsys):
    monkeypatch.setattr("jinghe.cli.options._LANG", "zh")

    assert 0 == call(app, ["serve", "--help"], lang="zh")

    shown = capsys.readouterr().out
    heads = ("Usage", "Options:", "Arguments:", "Show this message", "[default", "[required")
    assert [] == [head for head in heads if head in shown]
    assert "[默认：8000" in shown
