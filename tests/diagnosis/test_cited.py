"""Findings in print, quoted."""

import pytest

from jinghe.compact import load_compact
from jinghe.diagnosis.cited import KINDS, cite_findings


@pytest.mark.parametrize("case", ["shanxi", "chuanyu"])
def test_a_finding_in_print_names_its_publication(case):
    compact = load_compact(case)

    found = cite_findings(compact)
    assert found
    for one, tree in zip(found, compact.evidence["findings"], strict=True):
        assert compact.sources[tree["source"]].title in one.text.zh
        assert KINDS[tree["bottleneck"]] == one.label


def test_a_compact_without_findings_cites_none(compact):
    assert () == cite_findings(compact)
