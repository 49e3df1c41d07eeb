"""Which results there are, and the frame every page of one shares."""

from __future__ import annotations

from typing import Any

from jinghe_web.models import CaseResult

__all__ = ["find_result", "frame", "list_cases"]


def find_result(case: str | None = None) -> CaseResult | None:
    """Find the result loaded last, of one case or of any."""
    found = CaseResult.objects.select_related("loaded_by")
    return (found.filter(case=case) if case else found).first()


def list_cases() -> list[dict[str, Any]]:
    """List the cases with a result, each with its title."""
    titles = {
        row["case"]: row["document__compact__title"]
        for row in CaseResult.objects.order_by("loaded_at", "id").values("case", "document__compact__title")
    }
    return [{"case": case, "title": title} for case, title in sorted(titles.items())]


def frame(result: CaseResult) -> dict[str, Any]:
    """What every page of a result shows or looks up: its document, the names of places, the other cases."""
    document = result.document
    return {
        "result": result,
        "case": result.case,
        "d": document,
        "names": {place["code"]: place["name"] for place in document["jurisdictions"]},
        "cases": list_cases(),
    }
