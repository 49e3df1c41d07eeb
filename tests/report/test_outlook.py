"""The forecast in the document."""

from jinghe.report.outlook import document_forecast


def test_without_runs_there_is_no_verdict():
    assert {
        "calibrated": True,
        "survives_without_promotion": None,
        "runs": [],
        "notes": [],
        "checks": [],
    } == document_forecast((), ())


def test_every_run_is_marked_uncalibrated_and_has_a_path_for_each_city(document):
    forecast = document["forecast"]

    assert forecast["calibrated"] is False
    for run in forecast["runs"]:
        years = len(run["periods"])
        for variable in run["variables"].values():
            assert {years} == {len(variable[part]) for part in ("mean", "low", "high")}
            assert {"990100", "990200", "990300"} == set(variable["by_code"])
            bands = zip(variable["low"], variable["mean"], variable["high"], strict=True)
            assert all(lo - 1e-12 <= m <= hi + 1e-12 for lo, m, hi in bands)


def test_notes_common_to_all_runs_are_said_once(document):
    common = [note["en"] for note in document["forecast"]["notes"]]

    assert any("ncalibrated" in note for note in common)
    assert [] == [n for run in document["forecast"]["runs"] for n in run["notes"] if n["en"] in common]
