from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError

from jinghe_web.models import Account, CaseResult

KEY: dict[str, Any] = {
    "case": "toy",
    "compact_digest": "a" * 64,
    "panel_digest": "b" * 64,
    "seed": 7,
    "version": "0.1.0",
}


def test_the_database_keeps_one_row_per_key(person: Account) -> None:
    CaseResult.objects.create(**KEY, period="2021", document={}, loaded_by=person)

    with pytest.raises(IntegrityError):
        CaseResult.objects.create(**KEY, period="2022", document={}, loaded_by=person)


@pytest.mark.parametrize("wrong", [{"seed": -1}, {"compact_digest": ""}, {"panel_digest": ""}])
def test_the_database_refuses_a_key_that_names_nothing(person: Account, wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError):
        CaseResult.objects.create(**KEY | wrong, period="2021", document={}, loaded_by=person)


def test_the_newest_result_comes_first(person: Account) -> None:
    CaseResult.objects.create(**KEY, period="2021", document={}, loaded_by=person)
    last = CaseResult.objects.create(**KEY | {"seed": 8}, period="2021", document={}, loaded_by=person)

    assert CaseResult.objects.first() == last
    assert str(last) == "toy 2021 aaaaaaaa"
