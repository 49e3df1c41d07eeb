from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from jinghe_web.middleware import RenewPassword, keep_private
from jinghe_web.models import Account


def test_what_an_answer_says_of_itself_stays(rf: Any) -> None:
    answer = keep_private(lambda _request: HttpResponse(headers={"Cache-Control": "public"}))(rf.get("/"))

    assert answer.headers["Cache-Control"] == "public"
    assert "geolocation=()" in answer.headers["Permissions-Policy"]


def test_a_one_time_password_blocks_pages_but_not_the_way_out(rf: Any) -> None:
    class Match:
        url_name = "start"

    guard = RenewPassword(lambda _request: HttpResponse())
    request = rf.get("/toy/")
    request.user, request.resolver_match = Account(has_one_time_password=True), Match()
    assert guard.process_view(request).url == "/password/"

    request.resolver_match.url_name = "logout"
    assert guard.process_view(request) is None
