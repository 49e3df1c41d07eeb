"""The pages of a result."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from jinghe_web.models import CaseResult
from jinghe_web.queries import (
    contest_page,
    evidence_pages,
    forecasts,
    jurisdiction_page,
    results,
    start_page,
    statements,
)

__all__ = [
    "contest",
    "contracts",
    "diagnosis",
    "evidence",
    "findings",
    "forecast",
    "home",
    "jurisdiction",
    "settlement",
    "settlements",
    "sources",
    "start",
]

Tree = dict[str, Any]


def _show(request: HttpRequest, case: str, name: str, read: Callable[[CaseResult], Tree | None]) -> HttpResponse:
    result = results.find_result(case)
    found = read(result) if result else None
    if result is None or found is None:
        raise Http404
    return render(request, f"jinghe_web/{name}.html", results.frame(result) | {"page": name} | found)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Go to the case loaded last; say how to load one when there is none."""
    result = results.find_result()
    return redirect("start", result.case) if result else render(request, "jinghe_web/empty.html")


@require_safe
def start(request: HttpRequest, case: str) -> HttpResponse:
    """Show the whole case on one sheet."""
    return _show(request, case, "start", lambda result: start_page.start_page(result.document))


@require_safe
def contest(request: HttpRequest, case: str) -> HttpResponse:
    """Show the contest's rules and outcome."""
    return _show(request, case, "contest", lambda result: contest_page.contest_page(result.document))


@require_safe
def jurisdiction(request: HttpRequest, case: str, code: str) -> HttpResponse:
    """Show one jurisdiction."""
    return _show(
        request, case, "jurisdiction", lambda result: jurisdiction_page.jurisdiction_page(result.document, code)
    )


@require_safe
def contracts(request: HttpRequest, case: str) -> HttpResponse:
    """Show the contracts with their lights."""
    return _show(request, case, "contracts", lambda result: evidence_pages.contracts_page(result.document))


@require_safe
def settlements(request: HttpRequest, case: str) -> HttpResponse:
    """Show all statements."""
    return _show(request, case, "settlements", lambda result: statements.settlements_page(result.document))


@require_safe
def settlement(request: HttpRequest, case: str, number: int) -> HttpResponse:
    """Show one statement, clause by clause."""
    return _show(request, case, "settlement", lambda result: statements.settlement_page(result.document, number))


@require_safe
def forecast(request: HttpRequest, case: str) -> HttpResponse:
    """Show what the cities would do."""
    return _show(request, case, "forecast", lambda result: forecasts.forecast_page(result.document))


@require_safe
def diagnosis(request: HttpRequest, case: str) -> HttpResponse:
    """Show the diagnosis."""
    return _show(request, case, "diagnosis", lambda result: evidence_pages.diagnosis_page(result.document))


@require_safe
def evidence(request: HttpRequest, case: str) -> HttpResponse:
    """Show evidence and comparisons."""
    return _show(request, case, "evidence", lambda result: evidence_pages.evidence_page(result.document))


@require_safe
def findings(request: HttpRequest, case: str) -> HttpResponse:
    """Show flags, problems, conversions and notes."""
    return _show(request, case, "findings", lambda result: evidence_pages.findings_page(result.document))


@require_safe
def sources(request: HttpRequest, case: str) -> HttpResponse:
    """Show sources and observations; htmx gets the table of observations only."""
    name = "_observations" if request.htmx else "sources"
    wished = request.GET.dict()

    def read(result: CaseResult) -> Tree:
        found = evidence_pages.find_observations(result, wished=wished, page=wished.get("page"))
        filters = evidence_pages.observation_filters(result, wished=wished)
        return evidence_pages.sources_page(result) | {"observations": found, "filters": filters}

    return _show(request, case, name, read)
