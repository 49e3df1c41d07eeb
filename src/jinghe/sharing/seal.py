"""Rules fixed before their effects are known (封存): a digest of everything in an agreement that moves amounts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from jinghe.labels import Text
from jinghe.sharing.agreement import Agreement
from jinghe.units import Period

__all__ = ["check_seal", "digest_rules"]

_WORDS = {"title", "text", "notes", "file", "sealed", "replay", "sources", "label", "phrase", "question", "choices"}


def digest_rules(agreement: Agreement) -> str:
    """Compute the digest of the rules (封存摘要): SHA-256 of parties, dates, parameters, data, clauses and rounding.

    Titles, notes, labels and what sources say about themselves do not count; every value and its source id do.
    Source: German Constitutional Court 1999: standards are fixed before their effects are known.
    """
    return hashlib.sha256("\n".join(_rows("", agreement)).encode()).hexdigest()


def check_seal(agreement: Agreement, *, period: Period) -> tuple[Text, ...]:
    """Warn where the rules were changed after sealing, or sealed after the period had begun; nothing without a seal."""
    seal = agreement.sealed
    if seal is None:
        return ()
    found = []
    if seal.digest != digest_rules(agreement):
        zh = f"警告：协议于 {seal.on} 封存，此后有改动；本结算单按改动后的协议计算。"
        en = (
            f"Warning: the agreement was sealed on {seal.on} and changed since; this statement follows the changed one."
        )
        found.append(Text(zh, en))
    if seal.on > period.start:
        zh = f"警告：协议于 {seal.on} 封存，晚于本期起始日 {period.start}；规则未能先于数据确定。"
        en = f"Warning: the agreement was sealed on {seal.on}, after the period began on {period.start}."
        found.append(Text(zh, en))
    return tuple(found)


def _rows(path: str, value: Any) -> Iterator[str]:
    """Write a value as sorted rows of path and plain value."""
    if is_dataclass(value):
        for item in sorted(field.name for field in fields(value)):
            if item not in _WORDS:
                yield from _rows(f"{path}.{item}", getattr(value, item))
    elif isinstance(value, dict):
        for key in sorted(value, key=str):
            yield from _rows(f"{path}.{key}", value[key])
    elif isinstance(value, list | tuple):
        for at, item in enumerate(value):
            yield from _rows(f"{path}[{at}]", item)
    else:
        yield f"{path}={value}"
