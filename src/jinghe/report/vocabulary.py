"""Words for the codes of the result (用语): forms, kinds, states and lights, in both languages."""

from __future__ import annotations

from jinghe.labels import Text

__all__ = ["FIGURE_STATES", "FORMS", "LIGHT_NAMES", "NOTE_KINDS"]

FORMS = {
    "packaged": Text("打包式", "packaged"),
    "special": Text("专项式", "special"),
    "authority": Text("权限特殊", "authority"),
}
NOTE_KINDS = {
    "illustrative": Text("示意", "illustrative"),
    "bias": Text("偏差", "bias"),
    "missing": Text("缺失", "missing"),
    "assumed": Text("假定", "assumed"),
    "synthetic": Text("合成", "synthetic"),
}
LIGHT_NAMES = {
    "green": Text("正常", "on track"),
    "yellow": Text("预警", "warning"),
    "red": Text("逾期", "overdue"),
    "grey": Text("无期限", "no date"),
}
FIGURE_STATES = {
    "reported": Text("公布数", "as published"),
    "verified": Text("核实数", "verified"),
    "estimated": Text("推算数", "estimated"),
    "revised": Text("修订数", "revised"),
    "assumed": Text("假定数", "assumed"),
    "synthetic": Text("合成数", "synthetic"),
}
