"""From DDI Codebook to DDI-Lifecycle and back: counts stay, data are held to either in the same way, losses are told."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from corpora import CORPORA, files_of, needs_corpora
from ddi_laws import shrunk
from interop.test_ddi_codebook import SMALL
from lxml import etree
from rdflib import Graph
from rdflib.namespace import RDF

from semstat.interop import Options, convert, validate
from semstat.interop.formats.ddi.cdi import read_cdi
from semstat.interop.formats.ddi.codebook import read_codebook
from semstat.interop.formats.ddi.codebook_lower import lower_codebook
from semstat.interop.formats.ddi.lifecycle import read_lifecycle
from semstat.interop.formats.ddi.lifecycle_lower import lower_lifecycle
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_lineage import SSL
from semstat.ontology.terms_study import SSD
from semstat.validators.diagnostics import CheckStatus
from semstat.validators.microdata import described_files

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "households"
SCHEMAS = (CORPORA or Path()) / "schemas"
COUNTED = (SSI.InstanceVariable, SSI.Category, SSI.CodeItem, SSD.QuestionItem, SSD.DataFile, SSD.StudyUnit)
CODEBOOKS = [
    name
    for under in ("ddi/codebook/", "ddi/profiles/", "ddi/microdata/")
    for name in files_of("DDI-C", under=under)
    if "AFG_2021" not in name and "popstan" not in name  # a minute each: the others are of the same kinds
]
LIFECYCLES = files_of("DDI-L", under="ddi/lifecycle/")


def counts(graph: Graph) -> list[int]:
    return [len(set(graph.subjects(RDF.type, cls))) for cls in COUNTED]


def schema(folder: str, name: str) -> etree.XMLSchema:
    parser = etree.XMLParser(no_network=True, huge_tree=True)
    return etree.XMLSchema(etree.parse(str(SCHEMAS / folder / name), parser))


def plain(file):
    """A described file without the names of things, which conversion changes."""
    return [
        (
            record.key,
            [
                replace(
                    variable,
                    iri="",
                    represented=variable.represented and "",
                    codes=tuple(replace(item, iri="") for item in variable.codes),
                    statistics=tuple(sorted((replace(item, iri="") for item in variable.statistics), key=str)),
                )
                for variable in record.variables
            ],
        )
        for record in file.records
    ]


def test_a_file_is_described_alike_in_both():
    first = read_codebook((EXAMPLE / "codebook.xml").read_bytes(), origin="codebook.xml")
    written, _ = lower_lifecycle(first.graph, first.positions)
    second = read_lifecycle(written, origin="lifecycle.xml")
    (before,), (after,) = described_files(first.graph), described_files(second.graph)
    assert plain(before) == plain(after)
    assert (before.name, before.cases, before.variable_count) == (after.name, after.cases, after.variable_count)
    assert after.fingerprint == before.fingerprint


@pytest.mark.parametrize("data", ["households.csv", "households-faulty.csv"])
def test_data_are_held_to_a_description_in_lifecycle_as_to_one_in_codebook(tmp_path, data):
    description = tmp_path / "households.ddi-l.xml"
    convert([EXAMPLE / "codebook.xml"], description)
    by_codebook = validate([EXAMPLE / data], structure=[EXAMPLE / "codebook.xml"], options=Options())
    by_lifecycle = validate([EXAMPLE / data], structure=[description], options=Options())
    told = [(item.rule, item.location.line, item.message) for item in by_codebook.diagnostics if item.rule[:2] == "MD"]
    again = [
        (item.rule, item.location.line, item.message) for item in by_lifecycle.diagnostics if item.rule[:2] == "MD"
    ]
    assert sorted(told, key=str) == sorted(again, key=str)
    assert bool(told) == (data != "households.csv")
    checked = {item.rule for item in by_lifecycle.checks if item.status is CheckStatus.CHECKED}
    assert {
        item.rule for item in by_codebook.checks if item.status is CheckStatus.CHECKED and item.rule[:2] == "MD"
    } <= checked


def test_records_questions_derivations_and_groups_come_along():
    first = read_codebook(SMALL.encode(), origin="small.xml")
    written, losses = lower_lifecycle(first.graph, first.positions)
    second = read_lifecycle(written, origin="small.ddi-l.xml")
    assert counts(first.graph) == counts(second.graph)
    assert len(list(second.graph.subject_objects(SSL.capturedBy))) == 1
    assert len(list(second.graph.subject_objects(SSL.derivedFrom))) == 1
    assert len(set(second.graph.subjects(RDF.type, SSI.RecordRelationship))) == 1
    told = [(item.rule, item.value) for item in losses]
    assert ("DDI081", "int.example") in told
    assert ("DDI080", "recordType") in told
    assert [item.rule for item in second.diagnostics if item.rule.startswith("DDI")] == []


@needs_corpora
def test_every_codebook_keeps_its_counts_in_lifecycle_and_is_valid():
    assert CORPORA is not None
    assert len(CODEBOOKS) == 12
    official = schema("ddi-lifecycle-3.3", "instance.xsd")
    for name in CODEBOOKS:
        first = read_codebook((CORPORA / name).read_bytes(), origin=name)
        written, losses = lower_lifecycle(first.graph, first.positions)
        second = read_lifecycle(written, origin=name)
        assert official.validate(etree.fromstring(written)), (name, official.error_log)
        assert counts(first.graph) == counts(second.graph), name
        figures = [len(set(item.graph.subjects(SSD.statisticValue, None))) for item in (first, second)]
        left = sum(item.count for item in losses if "no decimal number" in item.message)
        assert figures[0] - left == figures[1], name
        dangling = [item for item in second.diagnostics if item.rule in {"DDI025", "DDI027", "DDI030"}]
        assert not dangling, (name, dangling[:3])


@needs_corpora
def test_every_codebook_comes_back_from_lifecycle_but_for_what_is_named():
    assert CORPORA is not None
    assert len(CODEBOOKS) == 12
    for name in CODEBOOKS:
        first = read_codebook((CORPORA / name).read_bytes(), origin=name)
        there, losses = lower_lifecycle(first.graph, first.positions)
        second = read_lifecycle(there, origin=name)
        back, more = lower_codebook(second.graph, second.positions)
        third = read_codebook(back, origin=name)
        assert counts(first.graph) == counts(third.graph), name
        assert not shrunk(first.graph, third.graph, (*losses, *more)), name


SAID_AGAIN = ("position", "isContinuous", "isWeight", "variableCount", "lowIsIncluded", "highIsIncluded")
"""What DDI-CDI says by order or by default, or what its nodes say by being there."""


@needs_corpora
def test_ddi_cdi_keeps_variables_categories_and_codes_and_names_what_it_does_not_say():
    assert CORPORA is not None
    written = 0
    for name in (*CODEBOOKS[1:], *LIFECYCLES[::4]):  # the first is as the others, and ten times as long
        reader = read_codebook if name in CODEBOOKS else read_lifecycle
        first, stream = reader((CORPORA / name).read_bytes(), origin=name), BytesIO()
        done = convert([CORPORA / name], stream, to="ddi-cdi-json-ld")
        if done.refused:
            assert counts(first.graph)[:3] == [0, 0, 0], name
            continue
        written += 1
        back = read_cdi(stream.getvalue(), origin=name)
        assert counts(first.graph)[:3] == counts(back.graph)[:3], name
        assert not shrunk(first.graph, back.graph, done.losses, silent=SAID_AGAIN), name
        kept = {item.value for item in done.losses}
        assert not counts(first.graph)[3] or "QuestionItem" in kept, name
    print(f"{written} documents written as DDI-CDI")
    assert written == 20


@needs_corpora
def test_every_file_of_lifecycle_keeps_its_variables_as_a_codebook_and_says_what_is_lost():
    assert CORPORA is not None
    assert len(LIFECYCLES) == 72
    official = schema("ddi-codebook-2.6", "codebook.xsd")
    for name in LIFECYCLES:
        first = read_lifecycle((CORPORA / name).read_bytes(), origin=name)
        written, losses = lower_codebook(first.graph, first.positions)
        second = read_codebook(written, origin=name)
        assert official.validate(etree.fromstring(written)), (name, official.error_log)
        variables = [len(set(item.graph.subjects(RDF.type, SSI.InstanceVariable))) for item in (first, second)]
        assert variables[0] == variables[1], name
        questions = [len(set(item.graph.subjects(RDF.type, SSD.QuestionItem))) for item in (first, second)]
        unasked = sum(item.count for item in losses if item.value in {"QuestionItem"})
        assert questions[0] - unasked <= questions[1], name
