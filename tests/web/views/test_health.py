from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError

from jinghe_web.views import health


def test_a_healthy_site_says_so_to_anybody(client: Any, db: None) -> None:
    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_a_site_without_its_database_says_so(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise DatabaseError

    monkeypatch.setattr(health, "find_result", fail)

    assert client.get("/healthz").status_code == 503
