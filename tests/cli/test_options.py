"""What every command shares."""

import pytest
from typer.testing import CliRunner

from jinghe import __version__
from jinghe.cli import app


def call(*words):
    return CliRunner().invoke(app, list(words))


def test_the_version_is_told():
    assert f"jinghe {__version__}\n" == call("--version").output


@pytest.mark.parametrize(
    "words",
    [
        ("check", "atlantis"),
        ("run", "toy", "--period", "1999"),
        ("run", "toy", "--period", "soon"),
        ("run", "toy", "--on", "tomorrow"),
        ("score", "toy", "--lang", "fr"),
        ("report", "nowhere.json"),
    ],
)
def test_a_users_fault_is_a_message_and_exit_code_2(words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    result = call(*words)

    assert 2 == result.exit_code
    assert "Traceback" not in result.output
    assert [] == list(tmp_path.iterdir()), "nothing may be written"


def test_words_in_brackets_are_no_markup():
    """Rich would swallow `[press]`, the kind of a source."""
    assert "[synthetic]" in call("settle", "toy", "--period", "2021", "--lang", "en").output
