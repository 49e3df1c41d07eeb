"""The diagnosis as a whole."""

from jinghe.diagnosis.diagnosis import diagnose
from jinghe.evidence import Evidence


def test_missing_evidence_is_said_and_not_imputed(compact, assessment):
    found = diagnose(compact, assessment=assessment, runs=(), evidence=Evidence())

    unknown = [c for c in found.criteria if c.holds is None]
    assert {"standards", "sustained"} <= {c.id for c in unknown}
    assert len(unknown) == sum(any(c.label.zh in text.zh for text in found.missing) for c in unknown)


def test_every_sentence_names_its_evidence_and_rows(compact, assessment):
    found = diagnose(compact, assessment=assessment, runs=(), evidence=Evidence())

    for one in (*found.criteria, *found.bottlenecks, *found.profile, *found.next_steps):
        assert one.path
        assert one.rows
        assert all(row[0] in "SCY" and row[1:].isdigit() for row in one.rows)
