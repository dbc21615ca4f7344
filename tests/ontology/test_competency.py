"""The competency questions have the expected answers, and between them use every term."""

import csv
import io
import re
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import pytest
from rdflib import Graph, URIRef

from semstat.ontology import load, modules
from semstat.ontology.terms import SS, SST
from semstat.ontology.turtle import PREFIXES

HERE = Path(__file__).parent / "competency"
QUERIES = {
    entry.name: entry.read_text(encoding="utf-8")
    for entry in sorted(files("semstat.ontology").joinpath("competency").iterdir(), key=lambda entry: entry.name)
    if entry.name.endswith(".rq")
}


def named(namespace: type[SS] | type[SST], names: str) -> list[URIRef]:
    return [namespace[name] for name in names.split()]


READ_BACK = (
    *named(
        SS,
        " Link link linkRelation linkUrl linkUrn linkType linkLanguage linkTitle uri annotationValue isPartialLanguage",
    ),
    *named(
        SST,
        " HierarchicalCodelist IncludedCodelist SentinelValue hierarchy codeId codelistAlias codelist"
        " includedCodelist levelId levelOrder codingFormat sentinelValue GeographicFeature GridCell geoType"
        " featureSet gridDefinition geoCell ReportingTaxonomy ReportingCategory structuralMetadata"
        " provisioningMetadata isoConcept IsoConceptReference isoAgency isoScheme isoId MetadataAttributeUsage"
        " metadataAttributeUsage metadataAttribute metadataStructure isEvolving constrainsDimension"
        " statedPosition optionallyAttachedTo attachmentConstraint ComponentList componentList"
        " usesMetadataAttribute seriesCount obsCount ReleaseCalendar releaseCalendar periodicity offset"
        " tolerance referenceStart referenceEnd dataSource MemberValue memberValue valueLanguage removePrefix"
        " startIsInclusive endIsInclusive roleFlag crossSectionalLevel notAtCrossSectionalLevel"
        " measureDimension measureCode",
    ),
)
# Terms that no competency question uses, each with the reason why it is here all the same.
NOT_ASKED = {
    SS.Artefact: "the genus above artefacts that can and cannot be identified; nothing is only that",
    SS.IdentifiableArtefact: "the genus of items, components and maintainable artefacts; nothing is only that",
    SST.AttributeSet: "what the shapes on attributes above the observation look at; no structure speaks of it",
    SST.referenceAsWritten: "how a source spelled a reference, needed to write it back",
    SST.selectsAttribute: "how a source spelled a selection, needed to write it back",
    **dict.fromkeys(READ_BACK, "kept so that what was read can be written again; no question turns on it"),
    SST.ObservationReplacement: "what the shapes let pass where a replacement leaves alone what is attached above it",
    SST.ObservationUpdate: "what the shapes on mandatory values let pass; no structure speaks of it",
    SST.follows: "the order of records, which the shapes on series look at; no structure speaks of it",
    SST.seriesPosition: "where records stand in a message, which the shapes on series look at",
    SS.evidenceStatus: "says of an alignment what it rests on; checked in tests/mappings",
}


@lru_cache
def ground(name: str) -> Graph:
    """Return the graph that a question is put to: one of artefacts, or an office at work with the terms of its modules."""
    graph = Graph()
    if name == "governance":
        graph = load("governance", "partnership", *(one for one in modules() if one.startswith("vocabulary/")))
    return graph.parse(HERE / f"{name}.ttl", format="turtle")


def ground_of(identifier: str) -> str:
    return "governance" if "CQ-190" <= identifier <= "CQ-209" else "fixture"


def header(text: str) -> dict[str, str]:
    return dict(re.findall(r"^# ([a-z ]+): (.+)$", text, re.MULTILINE))


@pytest.mark.parametrize("name", QUERIES)
def test_the_question_is_stated(name: str) -> None:
    stated = header(QUERIES[name])
    assert list(stated) == ["id", "question", "use case", "expectation"]
    assert name.startswith(stated["id"] + "-")
    assert stated["question"].endswith("?")
    declared = dict(re.findall(r"^PREFIX (\S+): <(\S+)>$", QUERIES[name], re.MULTILINE))
    assert all(PREFIXES[prefix] == namespace for prefix, namespace in declared.items())


@pytest.mark.parametrize("name", QUERIES)
def test_the_answer_is_the_expected_one(name: str) -> None:
    expected = (HERE / f"{header(QUERIES[name])['id']}.csv").read_text(encoding="utf-8")
    result = ground(ground_of(header(QUERIES[name])["id"])).query(QUERIES[name])
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow([str(variable) for variable in result.vars or ()])
    table.writerows([["" if cell is None else str(cell) for cell in row] for row in result])  # type: ignore[union-attr]
    assert out.getvalue() == expected
    assert expected.count("\n") > 1, "an answer without a row proves nothing"


def test_every_answer_belongs_to_a_question() -> None:
    assert {path.stem for path in HERE.glob("CQ-*.csv")} == {header(text)["id"] for text in QUERIES.values()}


def asked_for(prefix: str) -> set[URIRef]:
    bodies = "\n".join(re.sub(r"^(?:#|PREFIX).*$", "", text, flags=re.MULTILINE) for text in QUERIES.values())
    return {URIRef(PREFIXES[prefix] + term) for term in re.findall(rf"(?<![\w]){prefix}:(\w+)", bodies)}


@pytest.mark.parametrize(("prefix", "namespace"), [("ss", SS), ("sst", SST)])
def test_every_term_is_asked_for_or_excused(prefix: str, namespace: type[SS] | type[SST]) -> None:
    asked = asked_for(prefix)
    published = {namespace[term] for term in namespace.__annotations__ if not term.startswith("_")}
    excused = {term for term in NOT_ASKED if term in published}
    assert asked | excused == published
    assert not asked & excused, "an excuse that is no longer needed"


@pytest.mark.parametrize(("prefix", "name"), [("ssg", "governance"), ("ssn", "partnership")])
def test_every_term_that_no_code_names_is_asked_for_too(prefix: str, name: str) -> None:
    published = {term for term in load(name).subjects() if str(term).startswith(PREFIXES[prefix])}
    assert asked_for(prefix) == published


@pytest.mark.parametrize("name", [name for name, text in QUERIES.items() if "VALUES ?field" in text])
def test_a_list_of_fields_has_an_answer_for_each(name: str) -> None:
    text = QUERIES[name]
    (listed,) = re.findall(r"VALUES \?field \{(.*?)\}", text, re.DOTALL)
    stated = dict(re.findall(r"^PREFIX (\S+): <(\S+)>$", text, re.MULTILINE))
    wanted = {stated[field.split(":")[0]] + field.split(":")[1] for field in listed.split()}
    answer = (HERE / f"{header(text)['id']}.csv").read_text(encoding="utf-8")
    assert {row["field"] for row in csv.DictReader(io.StringIO(answer))} == wanted
