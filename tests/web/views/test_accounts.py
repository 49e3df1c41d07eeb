from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from jinghe_web.models import Account, CaseResult

NEW = "seven bridges over the Fen"


def log_in(client: Any, password: str) -> Any:
    return client.post("/login/", {"username": "wang", "password": password}, HTTP_ACCEPT_LANGUAGE="en")


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/toy/",
        "/toy/contest/",
        "/toy/tables/ranks.csv",
        "/toy/result.json",
        "/toy/charts/forecast.json",
        "/password/",
    ],
)
def test_nothing_is_shown_without_log_in(client: Any, result: CaseResult, path: str) -> None:
    answer = client.get(path)

    assert answer.status_code == 302
    assert answer.url == f"/login/?next={path}"


def test_the_right_password_opens_the_door(client: Any, result: CaseResult) -> None:
    answer = log_in(client, "a-long-password")

    assert answer.url == "/"


def test_a_wrong_password_is_answered_without_saying_which_part_was_wrong(client: Any, person: Account) -> None:
    known = log_in(client, "wrong").content.decode()
    unknown = client.post(
        "/login/", {"username": "nobody", "password": "wrong"}, HTTP_ACCEPT_LANGUAGE="en"
    ).content.decode()

    assert "The account or the password is wrong." in known
    assert "The account or the password is wrong." in unknown


def test_five_failures_lock_the_account_even_for_the_right_password(client: Any, person: Account) -> None:
    for _ in range(5):
        answer = log_in(client, "wrong")
    assert answer.status_code == 429
    assert "Locked for now" in answer.content.decode()

    assert log_in(client, "a-long-password").status_code == 429


def test_a_one_time_password_must_be_replaced_before_anything_is_shown(
    client: Any, result: CaseResult, person: Account
) -> None:
    Account.objects.filter(pk=person.pk).update(has_one_time_password=True)
    log_in(client, "a-long-password")
    assert client.get("/toy/").url == "/password/"

    form = {"old_password": "a-long-password", "new_password1": NEW, "new_password2": NEW}
    assert client.post("/password/", form).url == "/"

    assert client.get("/toy/").status_code == 200


@pytest.mark.parametrize("weak", ["short", "123456789012345", "password1234"])
def test_a_weak_password_is_refused(visitor: Any, weak: str) -> None:
    answer = visitor.post(
        "/password/", {"old_password": "a-long-password", "new_password1": weak, "new_password2": weak}
    )

    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()


def test_log_out_ends_the_session(visitor: Any, result: CaseResult) -> None:
    visitor.post("/logout/")

    assert visitor.get("/toy/").status_code == 302


def test_the_language_chosen_is_kept(client: Any, person: Account) -> None:
    client.post("/language/", {"language": "en", "next": "/login/"})

    assert '<html lang="en">' in client.get("/login/", HTTP_ACCEPT_LANGUAGE="zh-CN").content.decode()


def test_the_language_cannot_send_anybody_elsewhere(client: Any, db: None) -> None:
    assert client.post("/language/", {"language": "en", "next": "https://elsewhere.example/"}).url == "/"


@pytest.mark.parametrize("path", ["/login/", "/logout/", "/language/", "/password/"])
def test_a_form_without_its_token_is_refused(person: Account, path: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person, backend="django.contrib.auth.backends.ModelBackend")

    answer = strict.post(path, {}, HTTP_ACCEPT_LANGUAGE="en")

    assert answer.status_code == 403
    assert "The form has expired" in answer.content.decode()
