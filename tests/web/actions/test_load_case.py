from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from jinghe_web.actions.load_case import load_case
from jinghe_web.models import Account, AuditEvent, CaseResult, Observation


def test_a_result_is_stored_with_every_observation(person: Account, toy: Any) -> None:
    document, panel = toy

    result = load_case(document, user=person, observations=panel.observations)

    assert result.document == document
    assert result.observations.count() == len(panel.observations)
    assert (result.compact_digest, result.panel_digest) == (document["compact"]["digest"], document["panel_digest"])


def test_the_same_key_is_stored_once(person: Account, toy: Any) -> None:
    document, panel = toy
    first = load_case(document, user=person, observations=panel.observations)

    again = load_case(document, user=person, observations=panel.observations)

    assert again == first
    assert CaseResult.objects.count() == 1
    assert AuditEvent.objects.filter(action="load_case").count() == 1


def test_another_seed_is_another_result(person: Account, toy: Any) -> None:
    document, panel = toy
    load_case(document, user=person, observations=panel.observations)

    load_case(document | {"seed": document["seed"] + 1}, user=person, observations=panel.observations)

    assert CaseResult.objects.count() == 2


def test_loading_needs_the_permission(db: None, toy: Any) -> None:
    stranger = Account.objects.create_user("li", password="a-long-password")

    with pytest.raises(PermissionDenied):
        load_case(toy[0], user=stranger, observations=())

    assert not CaseResult.objects.exists()


def test_a_missing_figure_is_stored_as_nothing_not_zero(person: Account, toy: Any) -> None:
    missing = replace(toy[1].observations[0], value=float("nan"), printed="—")

    load_case(toy[0], user=person, observations=[missing])

    assert Observation.objects.get().value is None


def test_nothing_is_stored_when_an_observation_stands_twice(person: Account, toy: Any) -> None:
    one = toy[1].observations[0]

    with pytest.raises(IntegrityError):
        load_case(toy[0], user=person, observations=[one, one])

    assert not CaseResult.objects.exists()
    assert not AuditEvent.objects.filter(action="load_case").exists()
