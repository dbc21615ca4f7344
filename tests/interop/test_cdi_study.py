"""Codebooks and DDI Lifecycle are written as DDI-CDI, and what is read again describes the same files."""

from dataclasses import replace
from pathlib import Path

import pytest
from corpora import CORPORA, files_of, needs_corpora
from lxml import etree
from rdflib import RDF, Graph
from small_study import small_study

from semstat.interop import Options, convert, read, validate
from semstat.interop.formats.ddi.cdi import read_cdi
from semstat.interop.formats.ddi.cdi_build import CdiBuilder
from semstat.interop.formats.ddi.cdi_from_files import Layout, add_study
from semstat.interop.formats.ddi.cdi_study_hub import StudyHub
from semstat.interop.formats.ddi.cdi_write_json import json_text
from semstat.interop.formats.ddi.cdi_write_xml import xml_text
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_study import SSD
from semstat.validators.diagnostics import Verdict
from semstat.validators.microdata import described_files
from semstat.validators.microdata.described import DescribedFile, DescribedVariable
from semstat.validators.selection import selection_of

CODEBOOKS = "ddi/codebook/"
WITHOUT_SCHEMAS = Options(selection=selection_of(ignore=["DDI008"]))
LIFECYCLE = "ddi/lifecycle/ddi-l-3.3-official-examples/"


def official() -> etree.XMLSchema:
    assert CORPORA is not None
    return etree.XMLSchema(etree.parse(CORPORA / "schemas" / "ddi-cdi-1.0" / "ddi-cdi.xsd"))


def as_cdi(graph: Graph, *, layout: Layout = "wide") -> CdiBuilder:
    builder = CdiBuilder()
    add_study(builder, StudyHub(graph), layout=layout)
    return builder


def told(file: DescribedFile) -> object:
    """What a description says of a file, but for what DDI-CDI has no place for: summary figures, weights, universes in words."""

    def figures(variable: DescribedVariable) -> list[tuple[str, str, str | None, bool]]:
        return sorted(
            (one.kind, one.value, one.code, one.weighted) for one in variable.statistics if one.code is not None
        )

    records = [
        [
            (replace(one, iri=None, represented=None, universe=(), statistics=(), weight=None), figures(one))
            for one in record.variables
        ]
        for record in file.records
    ]
    keys = [record.key for record in file.records]
    return file.identifier, file.name, file.uri, file.format, file.cases, keys, records


@pytest.mark.parametrize("syntax", ["json", "xml"])
def test_a_study_comes_back_as_it_was(syntax: str) -> None:
    graph = small_study()
    nodes = as_cdi(graph).done()
    text = json_text(nodes) if syntax == "json" else xml_text(nodes)

    document = read_cdi(text.encode(), origin="study")

    assert not document.diagnostics
    assert [told(file) for file in described_files(document.graph)] == [told(file) for file in described_files(graph)]
    assert len(set(document.graph.subjects(RDF.type, SSD.StudyUnit))) == 1


@needs_corpora
def test_every_codebook_of_the_corpora_is_written_valid_and_comes_back(tmp_path: Path) -> None:
    schema, written, empty = official(), 0, 0
    for name in files_of("DDI-C", under=CODEBOOKS):
        assert CORPORA is not None
        source = CORPORA / name
        if source.stat().st_size > 200_000:
            continue
        file = tmp_path / "codebook.xml"
        done = convert([source], file, to="ddi-cdi-xml")
        if done.refused:
            assert {item.rule for item in done.refused} == {"DDI040"}
            empty += 1
            continue
        assert schema.validate(etree.parse(file)), (name, schema.error_log)
        assert validate([file], options=WITHOUT_SCHEMAS).verdict is Verdict.PASS
        before, after = read(source).graph, read(file).graph
        assert [told(one) for one in described_files(after)] == [told(one) for one in described_files(before)], name
        written += 1
    assert (written, empty) == (5, 6)


@needs_corpora
def test_lifecycle_examples_are_written_valid(tmp_path: Path) -> None:
    schema, written = official(), 0
    for name in files_of("DDI-L", under=LIFECYCLE):
        assert CORPORA is not None
        file = tmp_path / "lifecycle.xml"
        done = convert([CORPORA / name], file, to="ddi-cdi-xml")
        if done.refused:
            continue
        assert schema.validate(etree.parse(file)), (name, schema.error_log)
        assert validate([file], options=WITHOUT_SCHEMAS).verdict is Verdict.PASS
        written += 1
    assert written == 6


@pytest.mark.parametrize("layout", ["long", "key-value"])
def test_long_data_and_keys_with_values_keep_to_every_rule(layout: Layout) -> None:
    text = json_text(as_cdi(small_study(), layout=layout).done())

    document = read_cdi(text.encode(), origin="long")

    assert not document.diagnostics
    kinds = {str(kind) for kind in document.graph.objects(None, SSD.kind)}
    assert {"VariableDescriptorComponent", "VariableValueComponent"} <= kinds
    assert {"long": "LongDataStructure", "key-value": "KeyValueStructure"}[layout] in kinds
    (structure,) = document.graph.subjects(RDF.type, SSI.DataStructure)
    assert len(set(document.graph.objects(structure, SSI.hasIdentifierComponent))) == 2
    assert len(set(document.graph.objects(structure, SSI.hasMeasureComponent))) == 1


@pytest.mark.parametrize("layout", ["wide", "long", "key-value"])
def test_every_layout_is_valid_by_the_official_schema(layout: Layout) -> None:
    if CORPORA is None:
        pytest.skip("the corpora are not beside this checkout")
    document = etree.fromstring(xml_text(as_cdi(small_study(), layout=layout).done()).encode())

    schema = official()
    assert schema.validate(document), schema.error_log


def test_what_has_no_place_is_counted() -> None:
    hub = StudyHub(small_study())
    add_study(CdiBuilder(), hub)

    lost = {item.message.partition(" has no place")[0]: item.count for item in hub.losses("DDI-CDI")}

    assert lost == {
        "`statistic` of a `DataFile`": 1,
        "`identifier` of a `StudyUnit`": 1,
        "a thing of the kind `SummaryStatistic`": 1,
        "`weightVariable` of a `CategoryStatistic`": 1,
        "`weightVariable` of a `InstanceVariable`": 2,
    }


def test_the_same_study_gives_the_same_bytes() -> None:
    texts = {json_text(as_cdi(small_study()).done()) for _ in range(2)}

    assert len(texts) == 1
