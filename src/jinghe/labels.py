"""Bilingual words (标签): every name a user sees has a Chinese and an English form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jinghe.errors import DataError, problem

__all__ = ["LANGUAGES", "Text"]

LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """A phrase in Simplified Chinese and English (双语文本).

    >>> Text("太原市", "Taiyuan").get("en")
    'Taiyuan'
    """

    zh: str
    en: str

    @classmethod
    def of(cls, value: object) -> Text:
        """Read `{zh: …, en: …}`; a plain word, or one side alone, serves for both languages.

        Raises DataError when there are no words.
        """
        if isinstance(value, Text):
            return value
        sides = value if isinstance(value, Mapping) else dict.fromkeys(LANGUAGES, value)
        words = [str(side).strip() if isinstance(side, str | int | float) else "" for side in map(sides.get, LANGUAGES)]
        if not any(words):
            raise DataError([problem("text-empty", found=value)])
        return cls(words[0] or words[1], words[1] or words[0])

    def get(self, lang: str) -> str:
        """Return the words in `lang` (zh or en)."""
        return self.zh if lang == "zh" else self.en

    def as_dict(self) -> dict[str, str]:
        """Return both languages as `{zh, en}`, as `result.json` holds them.

        >>> Text("太原市", "Taiyuan").as_dict()
        {'zh': '太原市', 'en': 'Taiyuan'}
        """
        return {"zh": self.zh, "en": self.en}
