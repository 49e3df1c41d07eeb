from __future__ import annotations

from jinghe.compact import check
from jinghe.compact.case import read_case
from jinghe.errors import problem


def test_the_digest_ignores_comments_spacing_and_quotes(folder, write):
    before = read_case(folder).digest

    write("compact.yaml", "    green: 0.2\n", "    green:   0.20   # as before\n")
    write("compact.yaml", 'principal: "990000"', "principal: '990000'")

    assert before == read_case(folder).digest


def test_the_digest_follows_rules_agreements_and_registers_but_not_observations(folder, write):
    digests = [read_case(folder).digest]
    for file, old, new in [
        ("compact.yaml", "    green: 0.2\n", "    green: 0.3\n"),
        ("agreements/toy-park.yaml", '"1/2"', '"1/3"'),
        ("data/progress.csv", "road,2021-10-31,1,", "road,2021-10-31,2,"),
        ("data/groups.csv", "pool,990100,1,", "pool,990100,0.5,"),
    ]:
        write(file, old, new)
        digests.append(read_case(folder).digest)
    write("data/observations.csv", "990100,gdp,2021,400,", "990100,gdp,2021,401,")

    assert len(set(digests)) == 5
    assert digests[-1] == read_case(folder).digest


def test_the_partners_reports_belong_to_the_digest_and_their_faults_are_told(folder, write):
    digests = {read_case(folder).digest}
    write("compact.yaml", "progress: data/progress.csv}", "progress: data/progress.csv, claims: data/claims.csv}")
    assert ["file-missing"] == [item.code for item in check(folder) if item.level == "error"]

    table = folder / "data/claims.csv"
    for reporter, value in (("990100", 12), ("990100", 13), ("990300", -1)):
        table.write_text(
            f"item,reporter,kind,value,unit,vintage,source,note\nT1,{reporter},claim,{value},公里,2021-06-01,toy,\n"
            "T9,990100,,1,公里,2021-06-01,,\n",
            encoding="utf-8",
        )
        digests.add(read_case(folder).digest)
        found = [(item.code, item.place.file, item.place.line) for item in check(folder) if item.level != "note"]
        place = ("data/claims.csv", 2) if value < 0 else ("data/claims.csv", 3)
        assert [("claim-value" if value < 0 else "claim-item", *place)] == found

    assert len(digests) == 4


def test_an_agreement_stands_in_the_place_of_its_file(toy):
    assert [item["agreement"] for item in toy.tree["agreements"]] == ["toy-park", "toy-rank-transfer"]


def test_a_problem_is_placed_as_far_as_its_path_leads(toy):
    sheet = toy.case.compact
    lines = sheet.document.text.splitlines()

    whole = sheet.place(problem("path-unknown", "contest.steps.screen.coverage", found="", nearest=""))
    part = sheet.place(problem("path-unknown", "contest.steps.screen.depth", found="", nearest=""))
    elsewhere = sheet.place(problem("path-unknown", "gdp", file="data/observations.csv", found="", nearest=""))

    assert whole.place.path == "contest.steps[screen].coverage"
    assert lines[whole.place.line - 1].strip() == "- screen: {coverage: 0.65}"
    assert (part.place.line, part.place.path) == (whole.place.line, "contest.steps.screen.depth")
    assert (elsewhere.place.file, elsewhere.place.line) == ("data/observations.csv", None)


def test_other_texts_leave_the_first_case_alone_and_keep_its_tables(toy):
    text = toy.case.compact.document.text.replace("horizon: 5", "horizon: 6")

    changed = toy.case.with_texts({"compact.yaml": text})

    assert changed.tree["simulate"]["horizon"] == 6
    assert toy.tree["simulate"]["horizon"] == 5
    assert changed.tables is toy.case.tables


def test_another_table_is_read_when_another_is_named(toy):
    text = toy.case.compact.document.text.replace(", progress: data/progress.csv", "")

    changed = toy.case.with_texts({"compact.yaml": text})

    assert "data.progress" not in [table.path for table in changed.tables]


def test_a_missing_file_is_told_where_it_is_named(folder):
    (folder / "data" / "groups.csv").unlink()
    (folder / "agreements" / "toy-park.yaml").unlink()

    case = read_case(folder)

    assert [(p.code, p.place.path) for p in case.missing] == [
        ("file-missing", "region.groups"),
        ("file-missing", "agreements[0]"),
    ]
    assert len(case.agreements) == 2
