from __future__ import annotations

import pytest
from django.db import IntegrityError
from django.db.models import ProtectedError

from jinghe_web.models import Account, AuditEvent


def test_the_database_refuses_an_action_outside_the_list(person: Account) -> None:
    with pytest.raises(IntegrityError):
        AuditEvent.objects.create(action="dance", actor=person, actor_name="wang")


def test_every_listed_action_is_known_to_the_database(person: Account) -> None:
    for action in AuditEvent.Action:
        AuditEvent.objects.create(action=action, actor=person, actor_name="wang")

    assert AuditEvent.objects.count() == len(AuditEvent.Action)


def test_an_account_on_record_cannot_be_deleted(person: Account) -> None:
    AuditEvent.objects.create(action="log_in", actor=person, actor_name="wang")

    with pytest.raises(ProtectedError):
        person.delete()


def test_an_event_reads_as_when_who_what(person: Account) -> None:
    event = AuditEvent.objects.create(action="log_in", actor=person, actor_name="wang")

    assert str(event).endswith("wang log_in")
