"""The report page."""

import re
from html.parser import HTMLParser

import pytest

from jinghe.report.render import render_html


@pytest.fixture(scope="module")
def page(document):
    return render_html(document, "zh")


def test_the_page_is_self_contained(page):
    assert [] == re.findall(r'(?:src|href)="(?!#)[^"]*"', page)
    assert "<script" not in page


def test_every_link_of_the_page_has_its_target(page):
    targets = set(re.findall(r'id="([^"]+)"', page))

    assert [] == [link for link in re.findall(r'href="#([^"]+)"', page) if link not in targets]


def test_both_languages_stand_in_the_page_and_the_asked_one_is_open(document, page):
    assert 'id="to-zh" checked' in page
    assert 'id="to-en" checked' in render_html(document, "en")
    assert document["compact"]["title"]["en"] in page


def test_tags_are_closed_in_order(page):
    class Walk(HTMLParser):
        def __init__(self):
            super().__init__()
            self.open, self.faults = [], []

        def handle_starttag(self, tag, _attrs):
            if tag not in ("meta", "input", "br", "rect", "line", "circle", "path"):
                self.open.append(tag)

        def handle_endtag(self, tag):
            if tag in ("rect", "line", "circle", "path"):
                return
            if not self.open or self.open.pop() != tag:
                self.faults.append((tag, self.getpos()))

    walk = Walk()
    walk.feed(page)

    assert [] == walk.faults
    assert [] == walk.open


def test_notes_stand_where_they_apply(document, page):
    for note in document["notes"]:
        assert note["text"]["zh"].replace("“", "“")[:12] in page


def test_the_bias_of_the_register_is_said_beside_the_ranks(document):
    bias = {"kind": "bias", "path": "contest.indicators.joint", "text": {"zh": "只见诸报端", "en": "press only"}}

    page = render_html(document | {"notes": [*document["notes"], bias]}, "zh")

    ranks = page[page.index('id="ranks"') : page.index('id="working"')]
    assert "只见诸报端" in ranks


def test_statements_of_overlapping_periods_are_not_added_up(page):
    assert "合计流转" not in page
    assert "逐份列示" in page


def test_the_sections_of_the_contest_stand_beside_its_scores_and_once(page):
    places = [
        page.index(f'id="{name}"') for name in ("ranks", "section-standing", "working", "flags", "section-doubts")
    ]

    assert sorted(places) == places
    assert [1, 1] == [page.count(f'id="section-{name}"') for name in ("standing", "doubts")]


def test_contributions_are_only_said_to_sum_where_they_do(document, page):
    said = "各叶节点“贡献”之和等于总分"
    assert said in page

    def blank(part):
        return part | {"contribution": None, "children": [blank(child) for child in part["children"]]}

    rows = [
        row | {"working": row["working"] | {"children": [blank(c) for c in row["working"]["children"]]}}
        for row in document["scores"]
    ]
    other = render_html(document | {"scores": rows}, "zh")
    working = other[other.index('id="working"') : other.index('id="settlements"')]
    assert said not in working
    assert "没有可以相加的分解" in working
    assert "贡献</span>" in working
    assert "—" in working


def test_an_award_says_its_ground(page):
    ranks = page[page.index('id="ranks"') : page.index('id="section-standing"')]

    assert "第 1 名" in ranks


def test_a_result_stored_before_there_was_any_certainty_still_renders(document):
    old = ("figures", "both", "band")
    rows = [{key: value for key, value in row.items() if key not in old} for row in document["scores"]]
    awards = [{key: value for key, value in award.items() if key != "ground"} for award in document["awards"]]

    assert "得分与名次" in render_html(document | {"scores": rows, "awards": awards, "sections": []}, "zh")


def test_a_note_on_one_step_stands_beside_the_working(document):
    path = "contest.steps[normalise].goalposts.joint_items"
    posts = {"kind": "illustrative", "path": path, "text": {"zh": "目标值为示意", "en": "illustrative ends"}}

    page = render_html(document | {"notes": [*document["notes"], posts]}, "zh")

    assert "目标值为示意" in page[page.index('id="working"') : page.index('id="settlements"')]


def test_every_sentence_of_the_diagnosis_that_has_its_evidence_in_the_page_leads_there(document, page):
    part = page[page.index('<section id="diagnosis">') :]

    found = [*document["diagnosis"]["criteria"], *document["diagnosis"]["bottlenecks"]]
    roots = {one["path"].split(".")[0] for one in found} - {"evidence"}
    assert {"data", "contracts", "contest", "agreements"} <= roots
    for anchor in ("section-timeline", "contracts", "ranks", "settlements"):
        assert f'<a class="calm" href="#{anchor}">' in part


def test_a_section_with_a_figure_shows_it_in_both_languages(document):
    actors = [{"id": n, "name": {"zh": n, "en": n}, "group": n, "type": "government", "events": 1} for n in ("p<", "q")]
    groups = [{"id": n, "name": {"zh": n, "en": n}} for n in ("p<", "q")]
    text = {"zh": "网", "en": "Network"}
    section = {"id": "network", "title": text, "lead": text, "tables": [], "notes": []}
    outline = {"kind": "network", "actors": actors, "groups": groups, "ties": [[0, 1, 1.0, 1]], "left_out": 0}

    page = render_html(document | {"sections": [*document["sections"], section | {"figure": outline}]}, "zh")

    assert 'aria-label="协作网络"' in page
    assert 'aria-label="The network of cooperation"' in page
    assert "p&lt; – q" in page


def test_the_page_to_sign_is_printed_with_its_agreement_and_its_seal(document, page):
    """Folded on the screen, open on paper."""
    assert "@media print" in page
    assert "#settlements details::details-content { content-visibility: visible;" in page
    sheet = page.split('<details class="sheet">')[1].split("</details>")[0]
    assert document["settlements"][0]["title"]["zh"] in sheet
    assert document["settlements"][0]["seal"]["text"]["zh"] in sheet
