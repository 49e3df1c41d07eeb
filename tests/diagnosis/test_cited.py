"""Findings in print, quoted."""

import pytest

from jinghe.compact import load_compact
from jinghe.diagnosis.cited import KINDS, cite_findings, cite_stage


@pytest.mark.parametrize("case", ["shanxi", "chuanyu", "yuqian"])
def test_a_finding_in_print_names_its_publication(case):
    compact = load_compact(case)

    found = cite_findings(compact)
    listed = [tree for tree in compact.evidence["findings"] if tree["bottleneck"] != "stage"]
    assert found
    for one, tree in zip(found, listed, strict=True):
        source = compact.sources[tree["source"]]
        assert f"{source.title.partition('：')[0]} {str(source.published)[:4]}）" in one.text.zh
        assert KINDS[tree["bottleneck"]] == one.label


def test_the_stage_in_print_is_no_bottleneck():
    chuanyu = load_compact("chuanyu")

    (found,) = cite_stage(chuanyu)
    assert "初级阶段向过渡阶段" in found.text.zh
    assert found.path not in [one.path for one in cite_findings(chuanyu)]


def test_a_compact_without_findings_cites_none(compact):
    assert () == cite_findings(compact)
