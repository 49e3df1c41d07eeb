"""The surveys of a case."""

from jinghe.evidence.surveys import open_surveys, show_survey


def test_a_synthetic_survey_says_so_first(chuanyu):
    ((name, survey),) = open_surveys(chuanyu)

    section = show_survey(name, survey)
    assert "survey-cooperation" == section.id
    assert "synthetic" in section.notes[0].en
    assert len(section.tables) == len({table.id for table in section.tables})


def test_the_published_sizes_means_and_deviations_are_met(chuanyu):
    section = show_survey(*open_surveys(chuanyu)[0])

    table = next(table for table in section.tables if "Table 4" in table.title.en)
    cells = [[cell.en for cell in row] for row in table.rows]
    assert ["284", "4.48", "0.81"] == cells[0][2:5]
    assert ["2122", "4.48", "0.80"] == cells[1][2:5]


def test_a_case_without_surveys_has_none(toy):
    assert () == open_surveys(toy)
