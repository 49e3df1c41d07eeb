"""The procedure of a dispute (争端程序): claim, reply, mediation, ruling, appeal, as one table."""

from __future__ import annotations

from jinghe.labels import Text
from jinghe.ledger import Procedure, Step

__all__ = ["ARBITER", "CLAIMANT", "OFFICE", "RESPONDENT", "SUPERIOR", "TABLE", "describe_procedure"]

CLAIMANT, RESPONDENT, OFFICE, ARBITER, SUPERIOR = "claimant", "respondent", "office", "arbiter", "superior"

_STEPS = (
    # claim → reply
    Step("claimed", "reply", RESPONDENT, "replied", clock="reply-days"),
    Step("claimed", "concede", RESPONDENT, "settled", clock="reply-days", effect="amend-as-claimed"),
    Step("claimed", "withdraw", CLAIMANT, "withdrawn", effect="uphold"),
    Step("claimed", "mediate", OFFICE, "mediation", clock="after-reply"),
    # reply → mediation
    Step("replied", "mediate", OFFICE, "mediation"),
    Step("replied", "refer", CLAIMANT, "hearing"),
    Step("replied", "refer", RESPONDENT, "hearing"),
    Step("replied", "withdraw", CLAIMANT, "withdrawn", effect="uphold"),
    # mediation → settlement or ruling
    Step("mediation", "agree", OFFICE, "settled", effect="amend-as-agreed"),
    Step("mediation", "refer", CLAIMANT, "hearing"),
    Step("mediation", "refer", RESPONDENT, "hearing"),
    Step("mediation", "lapse", OFFICE, "lapsed", clock="after-mediation", effect="uphold"),
    Step("mediation", "withdraw", CLAIMANT, "withdrawn", effect="uphold"),
    # ruling
    Step("hearing", "rule", ARBITER, "ruled", clock="ruling-days"),
    Step("hearing", "escalate", CLAIMANT, "appealed", clock="after-ruling"),
    Step("hearing", "escalate", RESPONDENT, "appealed", clock="after-ruling"),
    Step("hearing", "escalate", OFFICE, "appealed", clock="after-ruling"),
    Step("hearing", "withdraw", CLAIMANT, "withdrawn", effect="uphold"),
    # appeal
    Step("ruled", "appeal", CLAIMANT, "appealed", clock="appeal-days"),
    Step("ruled", "appeal", RESPONDENT, "appealed", clock="appeal-days"),
    Step("ruled", "close", OFFICE, "closed", clock="after-appeal", effect="amend-as-ruled"),
    Step("appealed", "decide", SUPERIOR, "closed", effect="amend-as-ruled"),
)

_WORDS = {
    "claimed": Text("已提出", "claimed"),
    "replied": Text("已答复", "replied"),
    "mediation": Text("调解中", "in mediation"),
    "hearing": Text("待裁定", "awaiting a ruling"),
    "ruled": Text("已裁定", "ruled"),
    "appealed": Text("提请上级复核", "under appeal"),
    "withdrawn": Text("已撤回", "withdrawn"),
    "settled": Text("已和解", "settled"),
    "lapsed": Text("因期满失效", "lapsed"),
    "closed": Text("已结案", "closed"),
    CLAIMANT: Text("申请方", "claimant"),
    RESPONDENT: Text("被申请方", "respondent"),
    OFFICE: Text("协调办公室", "coordination office"),
    ARBITER: Text("裁定组", "arbiter"),
    SUPERIOR: Text("共同上级", "common superior"),
    "reply": Text("答复", "reply"),
    "concede": Text("承认主张", "concede the claim"),
    "withdraw": Text("撤回主张", "withdraw the claim"),
    "mediate": Text("开始调解", "open mediation"),
    "refer": Text("申请裁定", "ask for a ruling"),
    "agree": Text("登记调解协议", "record an agreement"),
    "lapse": Text("宣告失效", "declare it lapsed"),
    "rule": Text("作出裁定", "rule"),
    "escalate": Text("因逾期未裁定提请上级", "take it to the superior, no ruling having come in time"),
    "appeal": Text("申请复核", "appeal"),
    "close": Text("结案", "close it"),
    "decide": Text("作出终局决定", "decide finally"),
    "reply-days": Text("答复期内", "within the days for a reply"),
    "appeal-days": Text("复核申请期内", "within the days for an appeal"),
    "after-reply": Text("答复期满后", "after the days for a reply"),
    "after-mediation": Text("调解期满后", "after the days of mediation"),
    "ruling-days": Text("裁定期内", "within the days for a ruling"),
    "after-ruling": Text("裁定期满后", "after the days for a ruling"),
    "after-appeal": Text("复核申请期满后", "after the days for an appeal"),
    "uphold": Text("解除中止，原行维持", "the line is released and stands"),
    "amend-as-claimed": Text("冲销原行，按主张金额重记", "the line is reversed and posted as claimed"),
    "amend-as-agreed": Text("冲销原行，按协议金额重记", "the line is reversed and posted as agreed"),
    "amend-as-ruled": Text("按最后裁定维持，或冲销原行重记", "the line stands, or is reversed and posted as ruled"),
}

TABLE = Procedure(Text("争端解决程序", "Settling a dispute"), "claimed", _STEPS, _WORDS)


def describe_procedure(lang: str) -> str:
    """Write the procedure as a page that people read (程序一览), in Markdown.

    >>> describe_procedure("en").splitlines()[4]
    '| claimed | respondent | reply | within the days for a reply | — | replied | — |'
    """
    notes = {
        "zh": "自提出之日起，争议行中止：双方账上的应收、应付转入挂账，争端了结时解除。期限按契约 platform.disputes 的"
        "天数计算；没有写明调解期的，调解不失效；没有写明复核期的，裁定即为终局。\n",
        "en": "From the day of the claim the line is suspended: what the two owe each other stands in suspense until "
        "the dispute ends. The days are those of `platform.disputes` in the compact; without days for mediation it "
        "does not lapse, without days for an appeal a ruling is final.\n",
    }
    return TABLE.describe(lang) + "\n" + notes[lang]
