from __future__ import annotations

import re

import pytest

from jinghe_web.actions.open_account import open_account
from jinghe_web.models import Account, AuditEvent


def test_the_first_account_gets_a_random_password_that_serves_once(db: None) -> None:
    password = open_account("coordinator", user=None)

    account = Account.objects.get()
    assert re.fullmatch(r"(\w{5}-){3}\w{5}", password)
    assert account.check_password(password)
    assert account.has_one_time_password
    assert account.has_perm("jinghe_web.add_caseresult")
    assert not account.is_superuser


def test_nobody_opens_a_second_account_unnamed(db: None) -> None:
    open_account("coordinator", user=None)

    with pytest.raises(PermissionError):
        open_account("intruder", user=None)

    assert Account.objects.count() == 1


def test_an_account_opens_another_and_it_is_on_record(person: Account) -> None:
    open_account("zhao", user=person)

    event = AuditEvent.objects.get(action="open_account")
    assert (event.actor, event.subject) == (person, "zhao")
    assert not Account.objects.get(username="zhao").has_perm("jinghe_web.add_account")


def test_two_passwords_differ(person: Account) -> None:
    assert open_account("zhao", user=person) != open_account("qian", user=person)
