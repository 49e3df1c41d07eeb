"""The claims of the Sichuan–Chongqing paper and short ways to make one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

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
