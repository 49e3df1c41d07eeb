import json

import pytest

from jinghe.contest.audit.show import show_audit


@pytest.fixture(scope="module")
def shown(audited):
    return audited, show_audit(audited)


def test_the_check_list_comes_first_and_says_how_it_stands(shown):
    found, section = shown

    assert section.tables[0].id == "audit-steps"
    assert [row[0] for row in section.tables[0].rows] == list(range(1, 11))
    looks = sum(one.verdict == "look" for one in found.findings)
    assert f"{looks} to look at" in section.lead.en


def test_cells_are_unrounded_and_tables_without_rows_are_left_out(shown):
    found, section = shown
    tables = {table.id: table for table in section.tables}

    assert all(table.rows for table in section.tables)
    assert [row[5] for row in tables["audit-influence"].rows] == [one.r for one in found.influences]
    assert [row[1] for row in tables["audit-omissions"].rows] == found.omissions.mean.tolist()
    assert tables["audit-cities"].rows[0][0].en == "City A"
    assert {"audit-links", "audit-years", "audit-choices", "audit-bonds"} <= set(tables)


def test_it_can_be_stored_as_json(shown):
    assert json.loads(json.dumps(shown[1].as_dict()))["id"] == "audit"


def test_every_id_is_used_once(shown):
    ids = [table.id for table in shown[1].tables]

    assert len(ids) == len(set(ids))
