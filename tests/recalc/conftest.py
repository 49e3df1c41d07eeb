"""The claims of the Sichuan–Chongqing paper and short ways to make one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from jinghe.errors import DataError
from jinghe.recalc import Claim, Verdict, check_claims, read_claim, read_claims

CHUANYU = Path(__file__).parents[2] / "cases" / "chuanyu" / "claims.yaml"


@pytest.fixture(scope="session")
def verdicts() -> Mapping[str, Verdict]:
    """The verdicts on the paper by claim."""
    tree = YAML(typ="safe").load(CHUANYU)
    return {verdict.claim.id: verdict for verdict in check_claims(read_claims(tree))}


@pytest.fixture(scope="session")
def claim() -> Callable[..., Claim]:
    """Make one claim: claim(test, reported, groups, **head)."""

    def make(
        test: str, reported: Mapping[str, Any], groups: list[Mapping[str, Any]] | None = None, **head: Any
    ) -> Claim:
        return read_claim({"claim": {"id": "c", "test": test, **head}, "groups": groups or [], "reported": reported})

    return make


def _answer(claims: Callable[[], Sequence[Claim]]) -> None:
    found, faults = (), None
    try:
        found = check_claims(claims())
    except DataError as refusal:
        faults = refusal.problems
    assert faults is None or faults
    assert all(one.text("zh") and one.text("en") for one in faults or ())
    assert {one.status for one in found} <= {"consistent", "conditional", "inconsistent", "untestable"}
    assert all(one.text.zh and one.text.en for one in found)


@pytest.fixture(scope="session")
def answers() -> Callable[[Callable[[], Sequence[Claim]]], None]:
    """Whatever is read ends in verdicts with their words, or in refusals with theirs."""
    return _answer
