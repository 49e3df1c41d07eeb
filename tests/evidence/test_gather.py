"""Everything a case has as evidence."""

from dataclasses import replace

import pytest

from jinghe.errors import DataError
from jinghe.evidence import gather_evidence


def test_the_case_shows_all_its_evidence(chuanyu):
    found = gather_evidence(chuanyu, seed=7)

    assert {"claims", "standards", "network"} <= {section.id for section in found.sections}
    assert found.modes.share["horizontal"] > 0.9
    assert 8 == len(found.verdicts)


def test_a_case_without_evidence_has_none(toy):
    assert () == gather_evidence(toy, seed=7).sections


def test_faults_of_several_files_come_together(chuanyu):
    broken = replace(chuanyu, evidence=chuanyu.evidence | {"claims": "nowhere.yaml", "events": "nowhere.csv"})

    with pytest.raises(DataError) as caught:
        gather_evidence(broken, seed=7)
    assert ["file-missing", "file-missing"] == [one.code for one in caught.value.problems]
