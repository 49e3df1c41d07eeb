from __future__ import annotations

from typing import Any

import pytest

from jinghe_web.actions.record_event import record_event, watch_sessions
from jinghe_web.models import Account, AuditEvent


def test_an_event_names_who_what_and_where(person: Account, rf: Any) -> None:
    event = record_event("load_case", user=person, subject="toy", request=rf.get("/", REMOTE_ADDR="10.1.2.3"), rows=4)

    assert (event.actor_name, event.subject, event.address, event.detail) == ("wang", "toy", "10.1.2.3", {"rows": 4})


def test_an_unknown_action_is_refused(person: Account) -> None:
    with pytest.raises(ValueError, match="dance"):
        record_event("dance", user=person)


def test_log_in_failure_and_log_out_are_heard_once_each(client: Any, person: Account) -> None:
    watch_sessions()
    client.post("/login/", {"username": "wang", "password": "wrong"})
    client.post("/login/", {"username": "wang", "password": "a-long-password"})
    client.post("/logout/")

    assert list(AuditEvent.objects.order_by("id").values_list("action", "actor_name")) == [
        ("fail_log_in", "wang"),
        ("log_in", "wang"),
        ("log_out", "wang"),
    ]


def test_a_failed_log_in_keeps_no_password(client: Any, person: Account) -> None:
    client.post("/login/", {"username": "wang", "password": "my-secret-word"})

    event = AuditEvent.objects.get(action="fail_log_in")
    assert "my-secret-word" not in str(vars(event))
