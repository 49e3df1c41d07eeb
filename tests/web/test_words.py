"""Every visible word is in the table, in both languages, and every row of the table is seen somewhere."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest
from django.utils.translation import override

from jinghe_web import words

FOLDER = Path(words.__file__).parent
TEMPLATES = {path.name: path.read_text(encoding="utf-8") for path in (FOLDER / "templates").rglob("*.html")}
CODE = "\n".join(path.read_text(encoding="utf-8") for path in FOLDER.rglob("*.py"))
# Closed lists whose members are named by `term` or by a family of keys.
FAMILIES = (
    "aggregate",
    "book",
    "direction",
    "field",
    "figure",
    "filter",
    "form",
    "kind",
    "level",
    "light",
    "state",
    "status",
)


def test_every_phrase_a_template_says_is_in_the_table() -> None:
    said = {key for text in TEMPLATES.values() for key in re.findall(r"""{% say ['"]([\w-]+)['"]""", text)}

    assert sorted(said - set(words.read_words())) == []


def test_no_phrase_is_left_over() -> None:
    text = "\n".join(TEMPLATES.values()) + CODE
    idle = [key for key in words.read_words() if f'"{key}"' not in text and f"'{key}'" not in text]

    assert [key for key in idle if key.split("-")[0] not in FAMILIES] == []


def test_phrases_say_the_same_in_both_languages() -> None:
    def named(text: str) -> set[str]:
        return {name for _, name, *_ in Formatter().parse(text) if name}

    rows = words.read_words().items()
    assert [key for key, phrase in rows if not phrase.zh or not phrase.en] == []
    assert [key for key, phrase in rows if named(phrase.zh) != named(phrase.en)] == []
    assert [key for key, phrase in rows if re.search(r"[\u4e00-\u9fff]", phrase.en)] == [], (
        "Chinese among the English words"
    )


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_word_is_written_into_a_template(name: str) -> None:
    text = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}", "", TEMPLATES[name], flags=re.DOTALL)

    assert set(re.findall(r"[\u4e00-\u9fff]+", text)) <= {"竞合", "中文"}


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_template_carries_script_or_style_of_its_own(name: str) -> None:
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=[\"']", TEMPLATES[name])


@pytest.mark.parametrize(("code", "expected"), [("zh-hans", "zh"), ("en", "en"), ("en-gb", "en")])
def test_the_language_is_one_of_two(code: str, expected: str) -> None:
    with override(code):
        assert words.language() == expected


def test_a_phrase_takes_its_values() -> None:
    assert words.say("rank-of", "zh", rank=4) == "第 4 名"


def test_an_unknown_phrase_is_a_fault_of_the_programmer() -> None:
    with pytest.raises(KeyError):
        words.say("nonsense", "zh")
