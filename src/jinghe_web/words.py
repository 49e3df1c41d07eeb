"""The visible words of the pages (界面用语), from `words.csv`, and the language of the request.

A table of two columns instead of gettext: the library's messages are kept the same way, nothing needs compiling, a
missing word stops a test instead of showing a raw key, and a reviewer reads both languages side by side.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from jinghe import __version__
from jinghe.labels import Text

__all__ = ["language", "read_words", "say", "speak"]

_FILE = Path(__file__).with_name("words.csv")


@cache
def read_words() -> dict[str, Text]:
    """Return every visible phrase by its key."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return {row["key"]: Text(row["zh"], row["en"]) for row in csv.DictReader(file)}


def language() -> str:
    """Return the language of the request, zh or en."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def say(key: str, lang: str, **values: object) -> str:
    """Say the phrase `key` in `lang`, its `{names}` filled in.

    >>> say("rank", "en"), say("rank-of", "en", rank=4)
    ('Rank', 'Rank 4')
    """
    return read_words()[key].get(lang).format_map(values)


def speak(_request: HttpRequest) -> dict[str, Any]:
    """Give every template its language and the version (context processor)."""
    lang = language()
    return {"lang": lang, "html_lang": "zh-Hans" if lang == "zh" else "en", "version": __version__}
