"""The course of a statement (结算单流转): who may do what to it and until when, as one table."""

from __future__ import annotations

from jinghe.labels import Text
from jinghe.ledger import Procedure, Step

__all__ = ["OFFICE", "PARTY", "STAGES"]

OFFICE, PARTY = "office", "party"

_STEPS = (
    Step("draft", "issue", OFFICE, "issued", clock="from-data-due", effect="freeze"),
    Step("issued", "confirm", PARTY, "issued", given=("unanswered",)),
    Step("issued", "object", PARTY, "objected", clock="objection", effect="contest"),
    Step("issued", "finalise", OFFICE, "final", given=("answered",)),
    Step("issued", "finalise", OFFICE, "final", clock="after-objection"),
    Step("issued", "correct", OFFICE, "corrected", effect="replace"),
    Step("objected", "confirm", PARTY, "objected", given=("unanswered",)),
    Step("objected", "object", PARTY, "objected", clock="objection", effect="contest"),
    Step("objected", "withdraw", PARTY, "issued", given=("own", "last")),
    Step("objected", "withdraw", PARTY, "objected", given=("own",)),
    Step("objected", "refer", OFFICE, "final", given=("answered",), effect="line-held"),
    Step("objected", "refer", OFFICE, "final", clock="after-objection", effect="line-held"),
    Step("objected", "correct", OFFICE, "corrected", effect="replace"),
    Step("final", "suspend", OFFICE, "final", given=("free",), effect="line-held"),
    Step("final", "uphold", OFFICE, "final", given=("held",), effect="line-released"),
    Step("final", "amend", OFFICE, "final", given=("held",), effect="line-amended"),
    Step("final", "pay", OFFICE, "paid", given=("money", "clear"), effect="lines-paid"),
    Step("final", "pay", OFFICE, "final", given=("money", "part-payable"), effect="lines-paid"),
    Step("final", "correct", OFFICE, "corrected", given=("clear",), effect="replace"),
    Step("paid", "correct", OFFICE, "corrected", effect="replace"),
)

_WORDS = {
    "draft": Text("草案", "draft"),
    "issued": Text("已送达", "issued"),
    "objected": Text("有异议", "objected"),
    "final": Text("已定案", "final"),
    "paid": Text("已清算", "paid"),
    "corrected": Text("已更正（见后单）", "corrected by a later statement"),
    OFFICE: Text("结算机构", "settling office"),
    PARTY: Text("当事方", "party"),
    "issue": Text("送达", "issue it"),
    "confirm": Text("确认", "confirm"),
    "object": Text("提出异议", "object"),
    "withdraw": Text("撤回异议", "withdraw its objection"),
    "finalise": Text("定案", "make it final"),
    "refer": Text("将异议转入争端程序，其余定案", "refer the objections to dispute and make the rest final"),
    "suspend": Text("中止一行", "suspend a line"),
    "uphold": Text("维持一行", "uphold a line"),
    "amend": Text("依裁定改定一行", "amend a line as ruled"),
    "pay": Text("清算", "record payment"),
    "correct": Text("以更正单取代", "replace it by a correcting statement"),
    "from-data-due": Text("报数截止日起", "from the day data are due"),
    "objection": Text("异议期内", "within the days for objections"),
    "after-objection": Text("异议期满后", "after the days for objections"),
    "unanswered": Text("该方尚未确认且无异议", "this party has neither confirmed nor objected"),
    "own": Text("该方有异议在案", "this party has an objection open"),
    "last": Text("别无其他异议", "no other objection is open"),
    "answered": Text("各方均已确认或提出异议", "every party has confirmed or objected"),
    "free": Text("该行未中止、未清算", "the line is neither suspended nor paid"),
    "held": Text("该行已中止", "the line is suspended"),
    "money": Text("属金额账", "it is of the money book"),
    "clear": Text("没有中止的行", "no line is suspended"),
    "part-payable": Text("有行中止，其余尚未清算", "some lines are suspended and others not yet paid"),
    "freeze": Text("锁定内容并与前单相链", "its content is frozen and chained to the statement before"),
    "contest": Text("记录异议", "the objection is recorded"),
    "line-held": Text("争议行中止，暂不收付", "the contested line is not payable meanwhile"),
    "line-released": Text("解除中止，原额不变", "the line is payable as it was"),
    "line-amended": Text("解除中止，金额按裁定", "the line is payable as ruled"),
    "lines-paid": Text("未中止的行记为已收付", "all lines not suspended are paid"),
    "replace": Text("冲销有变动的行并重记", "lines that change are reversed and posted anew"),
}

STAGES = Procedure(Text("结算单流转程序", "The course of a statement"), "draft", _STEPS, _WORDS)
