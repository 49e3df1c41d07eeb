"""The main job."""

import json
import shutil

import pytest

from jinghe.errors import CompactError, DataError, RuleError
from jinghe.run import open_case, pick_period, run_case, write_outcome

FILES = {
    "report.html",
    "scores.csv",
    "ranks.csv",
    "settlements.csv",
    "contracts.csv",
    "forecast.csv",
    "flags.csv",
    "result.json",
}


@pytest.fixture(scope="module")
def outcome():
    return run_case("shanxi", seed=7)


def test_every_promised_file_is_written(outcome, tmp_path):
    written = write_outcome(outcome, tmp_path / "deep" / "out", lang="zh")

    sections = {f"{s['id']}.{table['id']}.csv" for s in outcome.document["sections"] for table in s["tables"]}
    assert sections >= {"standing.ranks.csv", "standing.choices.csv", "standing.pools.csv", "doubts.tests.csv"}
    assert {path.name for path in written} == FILES | sections
    assert {path.name for path in (tmp_path / "deep" / "out").iterdir()} == FILES | sections


@pytest.mark.slow
def test_running_twice_gives_the_same_bytes(outcome, tmp_path):
    write_outcome(outcome, tmp_path / "a", lang="zh")
    write_outcome(run_case("shanxi", seed=7), tmp_path / "b", lang="zh")

    assert [] == [
        name for name in FILES if (tmp_path / "a" / name).read_bytes() != (tmp_path / "b" / name).read_bytes()
    ]


@pytest.mark.slow
def test_another_seed_moves_only_what_is_random(outcome):
    first, second = outcome.document, run_case("shanxi", seed=8).document

    fixed = ("compact", "settlements", "contracts", "flags", "sources", "panel_digest", "coercions", "notes")
    assert [] == [key for key in fixed if first[key] != second[key]]
    assert [r["score"] for r in first["scores"]] == [r["score"] for r in second["scores"]]
    assert [r["rank"] for r in first["scores"]] == [r["rank"] for r in second["scores"]]
    assert [r["probability"] for r in first["scores"]] != [r["probability"] for r in second["scores"]]
    assert first["forecast"]["runs"] != second["forecast"]["runs"]


def test_every_score_is_explained_down_to_observations_with_sources(outcome):
    document = outcome.document

    def leaves(part):
        return [leaf for child in part["children"] for leaf in leaves(child)] if part["children"] else [part]

    for row in document["scores"]:
        parts = leaves(row["working"])
        evidence = [e for part in parts for e in part["observations"] + part["items"]]
        assert row["score"] == pytest.approx(sum(part["contribution"] for part in parts), abs=1e-9)
        assert [] == [part["node"] for part in parts if not (part["observations"] or part["items"]) and part["raw"]]
        assert [] == [e for e in evidence if e["source"] not in document["sources"]]


def test_what_the_ranks_hang_on_is_told_apart(outcome):
    """Rounding hardly moves anyone, the normalisation does; a larger share for the lead moves nobody."""
    section = next(s for s in outcome.document["sections"] if s["id"] == "standing")
    ranks, choices, pools = section["tables"]

    shift = {row[1]["en"]: row[2] for row in choices["rows"]}
    assert 0.0 == shift["lead and partners, share of the lead 0.6"]
    assert 0.0 < shift["counted by each, share counted 1"] < shift["arithmetic mean"] < shift["ranks"]
    assert shift["redrawn within their errors"] < 0.1 < shift["Dirichlet draws, concentration 50"]
    assert [1, 2, 2, *[3] * 7, 4] == [row[7] for row in ranks["rows"]]
    assert [(row[0]["en"], *row[1:]) for row in pools["rows"]] == [("all contestants", 11, 0.9)]
    assert [row["rank"] for row in sorted(outcome.document["scores"], key=lambda r: r["rank"])] == list(range(1, 12))


def test_the_widest_interval_is_explained_in_a_sentence(outcome):
    notes = next(s for s in outcome.document["sections"] if s["id"] == "standing")["notes"]

    assert "区间最宽的是临汾市：第 7 名" in notes[-1]["zh"]
    assert "by branch Growth 7, Collaboration 6" in notes[-1]["en"]


def test_what_the_plan_leaves_to_doubt_is_called_illustrative(outcome):
    first = next(s for s in outcome.document["sections"] if s["id"] == "standing")["notes"][0]

    assert first["zh"].startswith("示意：")
    assert first["en"].startswith("Illustrative: ")


def test_few_figures_leave_most_tests_undone_and_that_is_counted(outcome):
    section = next(s for s in outcome.document["sections"] if s["id"] == "doubts")

    assert [] == outcome.document["flags"]
    assert ["tests"] == [table["id"] for table in section["tables"]]
    run, raised, missed = (sum(row[at] for row in section["tables"][0]["rows"]) for at in (1, 2, 4))
    assert (6, 0, 149) == (run, raised, missed)


def test_the_water_statements_reproduce_the_published_totals(outcome):
    """Published: 17,237 deducted and 7,200 rewarded in January–September 2010; 1,995 and 400 in March (万元)."""
    found = {s["period"]: s for s in outcome.document["settlements"]}

    nine = found["2010-01..2010-09"]
    pool = nine["pool"]["party"]
    assert 17_237 * 10**6 == sum(line["amount"] for line in nine["lines"] if line["payee"] == pool)
    assert 7_200 * 10**6 == sum(line["amount"] for line in nine["lines"] if line["payer"] == pool)
    assert 10_037 * 10**6 == nine["pool"]["balance"]
    assert not nine["pool"]["balanced"]
    assert "不平衡" in nine["notes"][0]["zh"]
    assert "not balanced" in nine["notes"][0]["en"]
    assert 1_595 * 10**6 == found["2010-03"]["pool"]["balance"]


def test_the_document_is_plain_json_without_nan(outcome):
    text = json.dumps(outcome.document, allow_nan=False, ensure_ascii=False)

    assert outcome.document == json.loads(text)


def test_steps_are_reported_in_order():
    steps = []

    run_case("toy", progress=lambda step, share: steps.append((step, share)))

    shares = [share for _, share in steps]
    assert sorted(shares) == shares
    assert ("done", 1.0) == steps[-1]


def test_a_period_outside_the_compact_is_refused():
    compact, reading = open_case("toy")

    with pytest.raises(CompactError) as caught:
        pick_period(compact, reading, period="1999")

    assert "1999" in caught.value.problems[0].text("en")


def test_a_case_that_does_not_exist_is_refused():
    with pytest.raises((CompactError, DataError)) as caught:
        run_case("atlantis")

    assert "atlantis" in caught.value.problems[0].text("zh")


@pytest.fixture(scope="module")
def unranked(root, tmp_path_factory):
    """The toy case without its contest and its forecast: what a region without published rules of a contest has."""
    folder = tmp_path_factory.mktemp("unranked") / "toy"
    shutil.copytree(root / "cases/toy", folder)
    text = (folder / "compact.yaml").read_text(encoding="utf-8")
    head, _, rest = text.partition("\ncontest:\n")
    tail = rest.partition("\nagreements:")[2].partition("\nsimulate:")[0]
    (folder / "compact.yaml").write_text(f"{head}\nagreements:{tail}\n", encoding="utf-8")
    return run_case(folder, period="2021")


def test_a_compact_without_a_contest_is_settled_and_diagnosed_but_neither_ranked_nor_simulated(unranked):
    document = unranked.document

    assert (None, [], None, []) == tuple(document[key] for key in ("contest", "scores", "forecast", "flags"))
    assert document["settlements"]
    assert document["contracts"]
    assert "second-track" in [c["id"] for c in document["diagnosis"]["criteria"] if c["holds"] is None]


def test_the_report_of_a_compact_without_a_contest_leaves_out_what_it_has_not(unranked, tmp_path):
    write_outcome(unranked, tmp_path, lang="zh")

    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert 'id="settlements"' in page
    assert [] == [part for part in ("ranks", "working", "forecast", "flags") if f'id="{part}"' in page]
    assert [] == [part for part in ("ranks", "forecast") if f'href="#{part}"' in page]


def test_scoring_a_compact_without_a_contest_is_refused_in_words(unranked):
    with pytest.raises(RuleError, match="has no contest"):
        unranked.compact.need_contest()


def test_a_rule_that_the_model_does_not_know_leaves_only_the_forecast_out(root, tmp_path):
    folder = tmp_path / "toy"
    shutil.copytree(root / "cases/toy", folder)
    text = (folder / "compact.yaml").read_text(encoding="utf-8")
    assert "rule: top" in text
    (folder / "compact.yaml").write_text(text.replace("rule: top", "rule: tau_best"), encoding="utf-8")

    outcome = run_case(folder, period="2021")
    write_outcome(outcome, tmp_path / "out", lang="zh")

    assert None is outcome.document["forecast"]
    assert outcome.document["scores"]
    assert ["forecast-left-out"] == [one["code"] for one in outcome.document["problems"]]
    assert "这份契约未作推演" in (tmp_path / "out/report.html").read_text(encoding="utf-8")
