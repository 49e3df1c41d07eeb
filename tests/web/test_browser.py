"""The pages in a real browser: nothing breaks, nothing sticks out, and they can be read without script."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from jinghe_web.actions.load_case import load_case
from jinghe_web.models import Account

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = {"desk": {"width": 1366, "height": 768}, "phone": {"width": 390, "height": 844}}
PATHS = [
    "",
    "contest/",
    "contracts/",
    "settlements/",
    "settlements/1/",
    "forecast/",
    "diagnosis/",
    "findings/",
    "sources/",
    "jurisdictions/140900/",
]
STICKS_OUT = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def site(live_server: Any, person: Account, shanxi: Any) -> str:
    load_case(shanxi[0], user=person, observations=shanxi[1].observations)
    return str(live_server.url)


@pytest.fixture
def open_page(chrome: Any, site: str) -> Iterator[Any]:
    """Open a page of a logged-in browser; it counts what the browser complains of."""
    contexts = []

    def enter(size: str = "desk", *, lang: str = "zh-CN", **options: Any) -> Any:
        context = chrome.new_context(viewport=SIZES[size], locale=lang, **options)
        contexts.append(context)
        page = context.new_page()
        page.faults = []
        page.on("console", lambda said: page.faults.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.goto(f"{site}/login/")
        page.fill("[name=username]", "wang")
        page.fill("[name=password]", "a-long-password")
        page.click("button.main")
        return page

    yield enter
    for context in contexts:
        context.close()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", ["zh-CN", "en-GB"])
def test_no_page_complains_or_sticks_out(open_page: Any, site: str, size: str, lang: str) -> None:
    page = open_page(size, lang=lang)

    for path in PATHS:
        page.goto(f"{site}/shanxi/{path}")
        assert page.evaluate(STICKS_OUT) <= 0, f"{path} is wider than the window"
        assert page.locator("h1").count() == 1

    assert page.faults == []


def test_charts_are_drawn_and_answer_the_pointer(open_page: Any, site: str) -> None:
    page = open_page()
    page.goto(f"{site}/shanxi/")

    for figure in (".flows", ".chart.grid"):
        page.locator(figure).scroll_into_view_if_needed()
        canvas = page.locator(f"{figure} .canvas").first
        canvas.wait_for()
        assert canvas.locator("svg path").count() > 5
        assert not page.locator(f"{figure} .chart-still").is_visible()

    assert page.locator(".chart.grid .chart-box").count() == 5
    assert page.faults == []


def test_everything_can_be_read_without_script(open_page: Any, site: str) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(f"{site}/shanxi/")

    assert page.locator(".flows .chart-still svg").is_visible()
    assert page.locator(".chart.grid .chart-still svg").is_visible()
    assert page.locator("table.ranks tbody tr").count() == 11
    page.goto(f"{site}/shanxi/jurisdictions/140900/")
    for name in ("增长", "人均地区生产总值"):
        page.locator("summary", has_text=name).first.click()
    assert page.locator("table.evidence:visible").count() == 1


def test_a_tile_leads_to_its_city_by_keyboard(open_page: Any, site: str) -> None:
    page = open_page()
    page.goto(f"{site}/shanxi/")

    page.locator(".tiles a").first.focus()
    page.keyboard.press("Enter")

    page.wait_for_url("**/jurisdictions/*/")


def test_the_first_tab_offers_to_skip_to_the_content(open_page: Any, site: str) -> None:
    page = open_page()
    page.goto(f"{site}/shanxi/")

    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_the_language_switch_stays_on_the_page(open_page: Any, site: str) -> None:
    page = open_page()
    page.goto(f"{site}/shanxi/contest/")

    page.click("text=English")

    assert page.url == f"{site}/shanxi/contest/"
    assert page.locator("h1").inner_text() == "The contest"


def test_observations_are_filtered_in_place(open_page: Any, site: str) -> None:
    page = open_page()
    page.goto(f"{site}/shanxi/sources/")

    page.select_option("[name=jurisdiction]", "140100")
    page.wait_for_url("**jurisdiction=140100**")

    assert set(page.locator("table.observations tbody th").all_inner_texts()) == {"太原市"}
    assert page.locator("h1").count() == 1
    assert page.faults == []


def test_paper_shows_what_is_folded(open_page: Any, site: str) -> None:
    page = open_page()
    page.goto(f"{site}/shanxi/jurisdictions/140900/", wait_until="networkidle")

    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")

    assert page.locator("table.evidence").first.is_visible()
    assert not page.locator("nav.rooms").is_visible()
