"""Which doors there are, and which of them are open: a new address must be added to one of the lists."""

from __future__ import annotations

from typing import Any

from jinghe_web.urls import urlpatterns

OPEN = {"health", "login", "language"}
CLOSED = {
    "logout",
    "password",
    "home",
    "start",
    "contest",
    "jurisdiction",
    "contracts",
    "settlements",
    "settlement",
    "forecast",
}
CLOSED |= {"diagnosis", "evidence", "findings", "sources", "table", "document", "flow-chart", "forecast-chart"}


def test_every_address_is_known_to_be_open_or_closed() -> None:
    assert {pattern.name for pattern in urlpatterns} == OPEN | CLOSED


def test_closed_doors_need_log_in() -> None:
    def is_open(view: Any) -> bool:
        return not getattr(view, "login_required", True)

    assert {pattern.name for pattern in urlpatterns if is_open(pattern.callback)} == OPEN
