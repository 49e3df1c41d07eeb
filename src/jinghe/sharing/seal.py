"""Rules fixed before their effects are known (封存): a digest of everything in an agreement that moves amounts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any

from jinghe.labels import Text
from jinghe.sharing.agreement import Agreement
from jinghe.units import Period

__all__ = ["Sealing", "check_seal", "digest_rules", "judge_seal"]

_WORDS = {"title", "text", "notes", "file", "sealed", "replay", "sources", "label", "phrase", "question", "choices"}
_NONE = Text(
    "规则未封存，无从证明其先于数据确定。", "The rules are not sealed: nothing shows them older than the figures."
)


@dataclass(frozen=True, slots=True)
class Sealing:
    """Whether the rules of a statement were fixed before its figures were known (封存情况), in a sentence.

    `state`: unsealed, sealed, late (after the period began, or after its figures were known) or changed (since).
    """

    state: str = "unsealed"
    on: date | None = None
    digest: str = ""
    text: Text = _NONE

    @property
    def is_warning(self) -> bool:
        """Is there a seal that does not hold?"""
        return self.state in ("late", "changed")

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON data."""
        on = self.on.isoformat() if self.on else None
        return {"state": self.state, "on": on, "digest": self.digest, "text": self.text.as_dict()}


def digest_rules(agreement: Agreement) -> str:
    """Compute the digest of the rules (封存摘要): SHA-256 of parties, dates, parameters, data, clauses and rounding.

    Titles, notes, labels and what sources say about themselves do not count; every value and its source id do.
    Source: German Constitutional Court 1999: standards are fixed before their effects are known.
    """
    return hashlib.sha256("\n".join(_rows("", agreement)).encode()).hexdigest()


def check_seal(agreement: Agreement, *, period: Period, known: date | None = None) -> Sealing:
    """Say whether the rules were sealed before the period's figures were known, and stand as they were sealed.

    Args:
        agreement: its `sealed` says when, and the digest of that day.
        period: the settled period.
        known: the first day on which a figure of the period was known; None: the period's first day decides alone.
    """
    seal = agreement.sealed
    if seal is None:
        return Sealing()
    state, text = _judge(agreement, seal.on, period, known)
    return Sealing(state, seal.on, seal.digest, text)


def judge_seal(agreement: Agreement) -> Sealing:
    """Say whether the rules can be sealed, or stand as they were sealed; `digest` is that of the rules as they are.

    States: unsealed, sealed, changed, or open where a choice is still to be made.
    """
    digest, seal = digest_rules(agreement), agreement.sealed
    if number := len(agreement.open_choices):
        said = f"{number} choice is" if number == 1 else f"{number} choices are"
        return Sealing(
            "open", None, "", Text(f"尚有 {number} 项未定，不能封存。", f"{said} open: nothing to seal yet.")
        )
    if seal is None:
        ask = Text(
            "规则未封存；在协议文件中加入下行即封存：", "Not sealed; this line in the agreement's file seals it:"
        )
        return Sealing("unsealed", None, digest, ask)
    if seal.digest == digest:
        text = Text(f"已于 {seal.on} 封存，此后未改动。", f"Sealed on {seal.on}, unchanged since.")
        return Sealing("sealed", seal.on, digest, text)
    zh = f"警告：{seal.on} 封存之后有改动；要按改动后的规则重新封存，改用下行："
    en = f"Warning: changed since it was sealed on {seal.on}; this line seals the changed rules:"
    return Sealing("changed", seal.on, digest, Text(zh, en))


def _judge(agreement: Agreement, on: date, period: Period, known: date | None) -> tuple[str, Text]:
    assert agreement.sealed
    if agreement.sealed.digest != digest_rules(agreement):
        zh = f"警告：协议于 {on} 封存，此后有改动；本结算单按改动后的协议计算。"
        en = f"Warning: the agreement was sealed on {on} and changed since; this statement follows the changed one."
        return "changed", Text(zh, en)
    if known and on >= known:
        zh = f"警告：协议于 {on} 封存，而本期数据 {known} 已可知；规则未能先于数据确定。"
        en = f"Warning: the agreement was sealed on {on}, when figures of the period were known since {known}."
        return "late", Text(zh, en)
    if on > period.start:
        zh = f"警告：协议于 {on} 封存，晚于本期起始日 {period.start}；规则未能先于数据确定。"
        en = f"Warning: the agreement was sealed on {on}, after the period began on {period.start}."
        return "late", Text(zh, en)
    zh = f"规则已于 {on} 封存，先于本期数据，此后未改动。"
    return "sealed", Text(zh, f"The rules were sealed on {on}, before the period's figures, and stand unchanged.")


def _rows(path: str, value: Any) -> Iterator[str]:
    """Write a value as sorted rows of path and plain value; a line break inside a value stays inside its row."""
    if is_dataclass(value):
        for item in sorted(field.name for field in fields(value)):
            if item not in _WORDS:
                yield from _rows(f"{path}.{item}", getattr(value, item))
    elif isinstance(value, dict):
        for key in sorted(value, key=str):
            yield from _rows(f"{path}.{str(key)!r}", value[key])
    elif isinstance(value, list | tuple):
        for at, item in enumerate(value):
            yield from _rows(f"{path}[{at}]", item)
    else:
        yield f"{path}={str(value)!r}"
