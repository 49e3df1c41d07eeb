from __future__ import annotations

from typing import Any

from django.test import RequestFactory

from jinghe_web.wsgi import application


def test_the_site_answers_as_a_wsgi_application(db: None) -> None:
    said: list[Any] = []

    body = b"".join(application(RequestFactory().get("/healthz").environ, lambda *args: said.append(args)))

    assert said[0][0] == "200 OK"
    assert body == b'{"status": "ok"}'
