from __future__ import annotations

from typing import Any

from django.contrib.auth.forms import PasswordChangeForm

from jinghe_web.actions.change_password import change_password
from jinghe_web.models import Account, AuditEvent

NEW = "seven bridges over the Fen"


def test_the_new_password_ends_the_one_time_password(person: Account, rf: Any) -> None:
    person.has_one_time_password = True
    person.save()
    form = PasswordChangeForm(person, {"old_password": "a-long-password", "new_password1": NEW, "new_password2": NEW})
    assert form.is_valid()

    change_password(form, user=person, request=rf.post("/password/"))

    person.refresh_from_db()
    assert person.check_password(NEW)
    assert not person.has_one_time_password
    assert AuditEvent.objects.filter(action="change_password", actor=person).count() == 1
