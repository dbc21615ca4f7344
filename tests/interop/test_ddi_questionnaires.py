"""Questionnaires without data: rules that are about data are not applied to them, and what they say is no fault of lineage."""

from semstat.interop import read
from semstat.ontology.terms import RDF
from semstat.ontology.terms_information import SSI
from semstat.validators.sets import store_of
from semstat.validators.shape_families import judge_shapes
from tests.corpora import CORPORA, needs_corpora

ON_DATA = {"VC001", "VC007"}


@needs_corpora
def test_variables_of_questionnaires_are_not_taken_for_columns() -> None:
    """DDI-Lifecycle 3.3 has RepresentedVariableReference as optional: XSD-valid questionnaires state values in place."""
    assert CORPORA is not None
    paths = sorted((CORPORA / "ddi" / "lifecycle" / "insee-eno-3.3").glob("*.xml"))[::5]
    variables = 0
    for path in paths:
        graph = read(path).graph
        found = {item.rule: item for item in judge_shapes(store_of(graph, set()), "study")}
        assert [(found[rule].examined, found[rule].findings) for rule in sorted(ON_DATA)] == [(0, ()), (0, ())], (
            path.name
        )
        variables += len(set(graph.subjects(RDF.type, SSI.InstanceVariable)))
    print(f"{len(paths)} questionnaires, {variables} variables")
    assert variables > 50


@needs_corpora
def test_what_is_read_of_questionnaires_states_edges_between_things_of_the_right_kinds() -> None:
    assert CORPORA is not None
    paths = sorted((CORPORA / "ddi" / "lifecycle" / "insee-eno-3.3").glob("*.xml"))[::3]
    judged = 0
    for path in paths:
        found = {item.rule: item for item in judge_shapes(store_of(read(path).graph, set()), "lineage")}
        assert [found[rule].findings for rule in ("LIN001", "LIN002")] == [(), ()], path.name
        judged += found["LIN001"].examined
    print(f"{len(paths)} questionnaires, {judged} things that depend on others")
    assert judged > 50
