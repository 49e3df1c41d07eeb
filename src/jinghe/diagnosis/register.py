"""What the register of joint items shows (事项登记): who takes part, in which fields, in which mode of governance."""

from __future__ import annotations

from collections import Counter

from jinghe.compact import Compact
from jinghe.contest import JointItem
from jinghe.labels import Text

__all__ = ["DONE", "FIELDS", "STATES", "find_most_active", "is_cross_city", "list_cities", "list_items", "name_mode"]

STATES = {
    "completed": Text("已建成", "completed"),
    "in_force": Text("在实施", "in force"),
    "started": Text("已开工", "started"),
    "planned": Text("计划中", "planned"),
    "negotiating": Text("协商中", "negotiating"),
    "restated": Text("重复登记", "restated"),
}
DONE = ("completed", "in_force")
FIELDS = {
    "planning": Text("规划与机制", "planning and bodies"),
    "infrastructure": Text("基础设施", "infrastructure"),
    "industry": Text("产业", "industry"),
    "innovation": Text("科技创新", "innovation"),
    "ecology": Text("生态环保", "ecology"),
    "public_service": Text("公共服务", "public services"),
    "business_environment": Text("营商环境与法治", "business climate and law"),
    "culture_tourism": Text("文化旅游", "culture and tourism"),
    "opening": Text("对外开放", "opening up"),
    "finance": Text("财政金融", "finance"),
    "rural": Text("城乡融合", "urban and rural"),
}


def list_items(compact: Compact) -> tuple[JointItem, ...]:
    """Return the items that stand for themselves: one that restates another (重复登记) is left out."""
    return tuple(item for item in compact.items if item.status != "restated")


def list_cities(item: JointItem, *, compact: Compact) -> tuple[str, ...]:
    """Codes of the contestants among lead and partners, without the province and outside parties.

    Where there is no contest everybody of the region but the principal counts.
    """
    every = compact.region.contestants() if compact.contest else [j.code for j in compact.region.jurisdictions]
    known = {*every} - {compact.principal}
    return tuple(code for code in dict.fromkeys((item.lead, *item.partners)) if code in known)


def is_cross_city(item: JointItem, *, compact: Compact) -> bool:
    """Do at least two contestants take part?"""
    return len(list_cities(item, compact=compact)) > 1


def name_mode(item: JointItem, *, compact: Compact) -> str:
    """Name the mode (Y3): vertical when the province leads, network from three cities on, else horizontal."""
    if item.lead == compact.principal:
        return "vertical"
    return "network" if len(list_cities(item, compact=compact)) > 2 else "horizontal"


def find_most_active(compact: Compact) -> tuple[str, float]:
    """Return the contestant in most items and its share of all items; ("", 0.0) without a register."""
    counts = Counter(code for item in list_items(compact) for code in list_cities(item, compact=compact))
    if not counts:
        return "", 0.0
    code, number = counts.most_common(1)[0]
    return code, number / len(list_items(compact))
