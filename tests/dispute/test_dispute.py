from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from jinghe.dispute import Dispute, carry_out, open_dispute, read_clocks
from jinghe.errors import RuleError
from jinghe.labels import Text
from jinghe.ledger import Entry, Ledger, Leg
from jinghe.units import Money

HOST, ORIGIN = "140900", "140100"
LINE = "park/2021/1/1"
CLOCKS = {"reply_days": 15, "mediation_days": 30, "ruling_days": 30, "appeal_days": 10}
WHY = Text("税基多计", "the base is too large")
OPENED = date(2022, 3, 1)
BOOKS = Ledger(
    (Entry(LINE, date(2022, 2, 14), "money", "fen", (Leg(HOST, -500), Leg(ORIGIN, 500)), Text("分享", "share")),)
)


def lodge(**changes) -> Dispute:
    how = {"line": LINE, "by": HOST, "claimed": Money(400), "claim": WHY, "on": OPENED, "ledger": BOOKS}
    return open_dispute("d1", **(how | {"clocks": CLOCKS} | changes))


@pytest.fixture
def refused() -> Callable[..., list[str]]:
    def ask(act: Callable[..., Dispute], *words, **how) -> list[str]:
        with pytest.raises(RuleError) as caught:
            act(*words, **how)
        return [p.code for p in caught.value.problems]

    return ask


def test_a_claim_goes_through_reply_mediation_ruling_and_appeal_to_its_end() -> None:
    dispute = (
        lodge()
        .take("reply", by=ORIGIN, on=date(2022, 3, 10), reason=WHY)
        .take("mediate", by="office", on=date(2022, 3, 12))
        .take("refer", by=HOST, on=date(2022, 3, 20))
        .take("rule", by="arbiter", on=date(2022, 4, 19), amount=Money(450), reason=WHY)
        .take("appeal", by=ORIGIN, on=date(2022, 4, 29), reason=WHY)
        .take("decide", by="superior", on=date(2022, 6, 1), amount=Money(480), reason=WHY)
    )

    states = ["replied", "mediation", "hearing", "ruled", "appealed", "closed"]
    assert states == [one.to for one in dispute.actions]
    assert (HOST, ORIGIN, Money(500)) == (dispute.claimant, dispute.respondent, dispute.stated)
    assert (Money(480), date(2022, 6, 1)) == (dispute.outcome, dispute.ended_on)


def test_every_short_way_out_leaves_its_amount() -> None:
    later = date(2022, 3, 2)
    replied = lodge().take("reply", by=ORIGIN, on=later, reason=WHY)
    mediated = replied.take("mediate", by="office", on=later)
    ruled = replied.take("refer", by=ORIGIN, on=later).take(
        "rule", by="arbiter", on=later, amount=Money(500), reason=WHY
    )

    assert ("settled", Money(400)) == ended(lodge().take("concede", by=ORIGIN, on=later))
    assert ("withdrawn", Money(500)) == ended(lodge().take("withdraw", by=HOST, on=later))
    assert ("settled", Money(430)) == ended(mediated.take("agree", by="office", on=later, amount=Money(430)))
    assert ("lapsed", Money(500)) == ended(mediated.take("lapse", by="office", on=date(2022, 4, 2)))
    assert ("closed", Money(500)) == ended(ruled.take("close", by="office", on=date(2022, 3, 13)))
    assert (None, None) == (mediated.outcome, mediated.ended_on)


def ended(dispute: Dispute) -> tuple[str, Money | None]:
    return dispute.state, dispute.outcome


def test_clocks_close_one_way_and_open_the_next(refused) -> None:
    late = date(2022, 3, 17)

    assert ["move-refused"] == refused(lodge().take, "reply", by=ORIGIN, on=late, reason=WHY)
    assert ["move-refused"] == refused(lodge().take, "mediate", by="office", on=date(2022, 3, 16))
    hearing = lodge().take("mediate", by="office", on=late).take("refer", by=HOST, on=late)
    assert ["move-refused"] == refused(
        hearing.take, "rule", by="arbiter", on=date(2022, 4, 17), amount=Money(1), reason=WHY
    )
    assert ["move-refused"] == refused(hearing.take, "escalate", by=HOST, on=date(2022, 4, 16), reason=WHY)
    assert "appealed" == hearing.take("escalate", by=HOST, on=date(2022, 4, 17), reason=WHY).state


def test_without_days_for_an_appeal_a_ruling_is_final_and_without_days_mediation_does_not_lapse(refused) -> None:
    brief = {"reply_days": 15, "ruling_days": 30}
    mediated = lodge(clocks=brief).take("mediate", by="office", on=date(2022, 3, 20))
    hearing = mediated.take("refer", by=HOST, on=date(2022, 3, 20))
    ruled = hearing.take("rule", by="arbiter", on=date(2022, 3, 20), amount=Money(1), reason=WHY)

    assert ["move-refused"] == refused(mediated.take, "lapse", by="office", on=date(2030, 1, 1))
    assert ["move-refused"] == refused(ruled.take, "appeal", by=HOST, on=date(2022, 3, 20), reason=WHY)
    assert "closed" == ruled.take("close", by="office", on=date(2022, 3, 20)).state


def test_a_refusal_says_what_is_allowed_by_whom_until_when() -> None:
    with pytest.raises(RuleError) as caught:
        lodge().take("rule", by="arbiter", on=date(2022, 3, 5), amount=Money(1), reason=WHY)

    (fault,) = caught.value.problems
    assert fault.text("zh") == (
        "d1：2022-03-05 裁定组不能作出裁定：现处“已提出”状态。各状态下谁可办什么、在何期限内办，由程序一览表规定。"
        "现在可办：被申请方可答复（2022-03-01至2022-03-16）；被申请方可承认主张（2022-03-01至2022-03-16）；"
        "申请方可撤回主张；协调办公室可开始调解（2022-03-17起）。"
    )
    assert "the respondent may reply (2022-03-01 to 2022-03-16)" in fault.text("en")


def test_faulty_steps_are_refused(refused) -> None:
    dispute = lodge()

    assert ["move-actor"] == refused(dispute.take, "reply", by="140700", on=OPENED, reason=WHY)
    assert ["move-early"] == refused(dispute.take, "withdraw", by=HOST, on=date(2022, 2, 28))
    assert ["move-reason"] == refused(dispute.take, "reply", by=ORIGIN, on=OPENED)
    assert ["dispute-amount"] == refused(dispute.take, "withdraw", by=HOST, on=OPENED, amount=Money(1))
    assert ["move-reason", "dispute-amount"] == refused(dispute.take, "rule", by="arbiter", on=OPENED)
    assert ["move-refused"] == refused(dispute.take, "dance", by=HOST, on=OPENED)
    assert {"reply", "concede", "withdraw", "mediate"} == {option.action for option in dispute.options(on=OPENED)}


def test_only_a_posted_line_between_two_parties_is_disputed_by_one_of_them(refused) -> None:
    three = Entry("e3", OPENED, "money", "fen", (Leg("A", -2), Leg("B", 1), Leg("C", 1)), WHY)
    contra = Entry("e4", OPENED, "assessment", "fen", (Leg("gdp/2021/(double)", -2), Leg("gdp/2021/A", 2)), WHY)
    paid = BOOKS.post(Entry(f"{LINE}$1.3", OPENED, "money", "fen", (Leg(HOST, 500), Leg(ORIGIN, -500)), WHY))
    books = BOOKS.post(three, contra)

    assert ["dispute-line"] == refused(lodge, line="park/2021/1/9")
    assert ["dispute-line"] == refused(lodge, line="e3", ledger=books)
    assert ["dispute-line"] == refused(lodge, line="e4", ledger=books)
    assert ["move-actor"] == refused(lodge, by="140700")
    assert ["dispute-nothing"] == refused(lodge, claimed=Money(500))
    assert ["dispute-paid"] == refused(lodge, ledger=paid)
    assert ["move-early"] == refused(lodge, on=date(2022, 2, 13))
    assert ["move-reason"] == refused(lodge, claim=Text("", ""))


def test_credit_between_two_parties_is_disputed_like_money() -> None:
    legs = (Leg("gdp/2021/140900", -500), Leg("gdp/2021/140100", 500))
    books = Ledger((Entry(LINE, OPENED, "assessment", "fen", legs, WHY),))

    assert (HOST, ORIGIN) == (lodge(ledger=books).claimant, lodge(ledger=books).respondent)


def test_a_line_has_one_dispute_at_a_time_and_none_after_a_ruling(refused) -> None:
    withdrawn = lodge().take("withdraw", by=HOST, on=OPENED)
    conceded = lodge().take("concede", by=ORIGIN, on=OPENED)

    assert ["entry-repeated", "dispute-again"] == refused(lodge, known=[lodge()])
    assert ["entry-repeated", "dispute-again"] == refused(lodge, known=[conceded])
    assert ["entry-repeated"] == refused(lodge, known=[withdrawn])
    held = carry_out(lodge(), BOOKS)
    assert ["dispute-again"] == refused(lodge, ledger=held)
    assert "claimed" == lodge(ledger=carry_out(withdrawn, held)).state


def test_the_days_come_from_the_platform(refused) -> None:
    assert CLOCKS == read_clocks({"disputes": dict(reversed(CLOCKS.items()))})
    assert ["dispute-clock", "dispute-clock"] == refused(read_clocks, {})
    assert ["dispute-clock"] * 3 == refused(
        read_clocks, {"disputes": {"reply_days": 0, "ruling_days": "30", "tea_days": 5}}
    )


def test_a_dispute_is_json() -> None:
    tree = lodge().take("concede", by=ORIGIN, on=OPENED).as_dict()

    assert ("settled", {"zh": "已和解", "en": "settled"}, 400) == (tree["state"], tree["state_name"], tree["outcome"])
    assert "amend-as-claimed" == tree["actions"][0]["effect"]
    assert lodge().as_dict()["outcome"] is None
