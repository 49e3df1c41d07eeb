from jinghe.contest import Award
from jinghe.labels import Text
from jinghe.region import Jurisdiction, Region
from jinghe.report.prizes import show_awards
from jinghe.units import Money

REGION = Region((Jurisdiction("1", Text("甲市", "City A"), "prefecture"),))


def test_an_award_is_shown_with_its_ground():
    fund = Award("fund", Text("资金", "Fund"), "1", Money(100), Text("名次第1", "rank 1"))

    section = show_awards([fund], region=REGION)

    assert ((fund.label, Text("甲市", "City A"), 100, fund.ground),) == section.tables[0].rows


def test_where_nobody_wins_it_says_so():
    section = show_awards([], region=REGION)

    assert () == section.tables
    assert "nobody wins one" in section.lead.en
