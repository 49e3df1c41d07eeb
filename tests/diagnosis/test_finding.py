"""The elements of a diagnosis."""

from jinghe.diagnosis.finding import STAGES


def test_the_stages_stand_in_the_order_of_the_paper():
    assert ["初始阶段", "过渡阶段", "过渡阶段，有退行风险", "高级阶段"] == [stage.zh for stage in STAGES.values()]
