from __future__ import annotations

import pytest

from jinghe.labels import Text
from jinghe.recalc.claim import Claim, Group
from jinghe.recalc.printed import read_printed
from jinghe.recalc.validity import check_values

TWO = (Group(Text("甲", "a"), 10), Group(Text("乙", "b"), 10))


@pytest.mark.parametrize(
    ("claim", "codes"),
    [
        (Claim("c", "t_ind", groups=TWO), []),
        (Claim("c", "t_ind", groups=TWO[:1]), ["claim-groups"]),
        (Claim("c", "f_rm", groups=TWO, n=1), ["claim-n-small"]),
        (Claim("c", "share", groups=TWO, n=0), ["claim-n-small"]),
        (Claim("c", "F", statistic=read_printed("-1")), ["claim-statistic-range"]),
        (Claim("c", "means", groups=(Group(Text("甲", "a"), sd=read_printed("1.0")),)), ["claim-sd-homeless"]),
    ],
)
def test_what_makes_no_sense_is_listed(claim, codes):
    assert codes == [item.code for item in check_values(claim)]
