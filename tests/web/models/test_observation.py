from __future__ import annotations

import pytest
from django.db import IntegrityError

from jinghe_web.models import CaseResult, Observation


def test_every_stored_figure_has_its_source(result: CaseResult) -> None:
    assert set(result.observations.values_list("source", flat=True)) <= set(result.document["sources"])


def test_the_database_refuses_a_figure_without_source(result: CaseResult) -> None:
    one = result.observations.first()
    assert one is not None

    with pytest.raises(IntegrityError):
        Observation.objects.filter(pk=one.pk).update(source="")


def test_figures_go_with_their_result(result: CaseResult) -> None:
    result.delete()

    assert not Observation.objects.exists()


def test_a_figure_reads_as_place_indicator_period(result: CaseResult) -> None:
    one = result.observations.first()

    assert str(one) == f"{one.jurisdiction} {one.indicator} {one.period}"
