"""Tables as CSV, charts as JSON, the whole result as JSON."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from jinghe_web.models import CaseResult
from jinghe_web.queries import charts, results, statements, tables
from jinghe_web.words import language

__all__ = ["document", "flows", "forecast", "table"]


def _find(case: str) -> CaseResult:
    result = results.find_result(case)
    if result is None:
        raise Http404
    return result


@require_safe
def table(_request: HttpRequest, case: str, name: str) -> HttpResponse:
    """Give a table as CSV."""
    text = tables.csv_table(_find(case), name)
    if text is None:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="{case}-{name}.csv"'}
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)


@require_safe
def document(_request: HttpRequest, case: str) -> HttpResponse:
    """Give the whole result."""
    headers = {"Content-Disposition": f'attachment; filename="{case}-result.json"'}
    return JsonResponse(_find(case).document, headers=headers, json_dumps_params={"ensure_ascii": False, "indent": 1})


@require_safe
def flows(_request: HttpRequest, case: str, number: int) -> HttpResponse:
    """Give the chart of one statement."""
    statement = statements.find_statement(_find(case).document, number)
    if statement is None:
        raise Http404
    return JsonResponse({"charts": [charts.flow_chart(statement, language())]})


@require_safe
def forecast(_request: HttpRequest, case: str) -> HttpResponse:
    """Give the charts of the forecast."""
    found = _find(case).document["forecast"] or {"runs": []}
    return JsonResponse({"charts": charts.forecast_charts(found, language())})
