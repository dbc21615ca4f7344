"""Shapes among what is to be judged serve the data beside them; alone, they are said to judge nothing."""

from pathlib import Path

from semstat.interop import validate
from semstat.validators.diagnostics import CheckStatus, Verdict

EXAMPLES = Path(__file__).parents[2] / "examples" / "population"
SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix qb: <http://purl.org/linked-data/cube#> .
<https://example.org/any> a sh:NodeShape ; sh:targetClass qb:Observation .
"""


def test_shapes_alone_are_no_pass(tmp_path) -> None:
    (tmp_path / "shapes.ttl").write_text(SHAPES)
    report = validate([tmp_path / "shapes.ttl"])

    assert report.verdict is Verdict.INCOMPLETE
    assert [check.status for check in report.checks] == [CheckStatus.NOT_CHECKED]


def test_shapes_beside_data_are_no_input_of_their_own(tmp_path) -> None:
    (tmp_path / "shapes.ttl").write_text(SHAPES)
    report = validate([tmp_path / "shapes.ttl", EXAMPLES / "population.csv"], structure=[EXAMPLES / "structure.xml"])

    assert report.verdict is Verdict.PASS
    assert not any(str(source).endswith("shapes.ttl") for source in report.sources)
