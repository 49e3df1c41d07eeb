"""Who pays whom."""

from xml.etree import ElementTree

from jinghe.report.figures.flows import draw_flows


def _statement(pool, lines):
    name = {"zh": "池", "en": "Pool"}
    made = [
        {"payer": a, "payee": b, "payer_name": {"zh": a, "en": a}, "payee_name": {"zh": b, "en": b}, "amount": n}
        for a, b, n in lines
    ]
    return {"title": name, "pool": pool and {"party": pool, "name": name, "balance": 0}, "lines": made}


def test_the_pool_shows_what_it_keeps():
    svg = draw_flows(_statement("pool", [("a", "pool", 300 * 10**6), ("pool", "b", 100 * 10**6)]), "en")

    assert "keeps CNY 2,000,000" in svg


def test_the_pool_shows_what_it_adds():
    assert "净补 200 万元" in draw_flows(
        _statement("pool", [("a", "pool", 100 * 10**6), ("pool", "b", 300 * 10**6)]), "zh"
    )


def test_a_statement_without_a_pool_is_drawn_between_the_parties():
    root = ElementTree.fromstring(draw_flows(_statement(None, [("a", "b", 500 * 10**6)]), "zh"))

    assert "相互结算" in "".join(root.itertext())


def test_a_party_that_both_pays_and_receives_stands_on_both_sides():
    svg = draw_flows(_statement("pool", [("a", "pool", 10**6), ("pool", "a", 10**6)]), "en")

    assert 2 == svg.count(">a  CNY 10,000<")
