"""The crosswalks that come with semstat: complete, sourced, and the one origin of the alignments."""

import re
from functools import lru_cache
from importlib.resources import files

import pytest
from corpora import CORPORA, needs_corpora
from rdflib import Graph, URIRef
from rdflib.namespace import XSD

from semstat.mappings import Mapping, alignment, apply, crosswalk, crosswalks, invert, read, write
from semstat.ontology import load, modules
from semstat.ontology.describe import whole
from semstat.ontology.terms import BASE, DCTERMS, OWL, PROV, QB, RDF, RDFS, SKOS, SS, SST
from semstat.ontology.turtle import canonical
from semstat.validators.structural.datatypes import TEXT_TYPES

NEEDED = (
    "record_id",
    "predicate_id",
    "mapping_justification",
    "confidence",
    "subject_source",
    "subject_source_version",
    "object_source",
    "object_source_version",
    "ext_evidence_status",
    "comment",
)
ALIGNMENTS = [name for name in crosswalks() if crosswalk(name).text("mapping_set_id").startswith(BASE + "alignment/")]
OF_TERMS = [name for name in ALIGNMENTS if "#" in crosswalk(name).expand(crosswalk(name).mappings[0].subject)]
"""Those that align terms; the others align concepts of vocabularies."""
AT_HAND = tuple(BASE + name for name in (*modules(), "gsbpm", "gamso"))
"""Where a subject begins that the modules have to know."""
BORROWED = {
    "classification-xkos": ("xkos/xkos.ttl", "skos*.ttl"),
    "core-coos": ("coos/coos.ttl",),
    "core-dcterms": ("dublin-core-terms.ttl",),
    "core-prov": ("w3c/prov-o.ttl",),
    "gsim-ddi-cdi": ("ddi-cdi/*.onto.ttl",),
    "gsim-skos-xkos": ("skos*.ttl",),
    "gsim-w3c": ("w3c/prov-o.ttl", "w3c/org.ttl", "w3c/dcat3.ttl", "w3c/dqv.ttl", "w3c/ODRL22.ttl", "foaf.ttl"),
    "governance-dcat": ("w3c/dcat3.ttl",),
    "governance-dqv": ("w3c/dqv.ttl",),
    "governance-odrl": ("w3c/ODRL22.ttl",),
    "governance-org": ("w3c/org.ttl",),
    "governance-prov": ("w3c/prov-o.ttl",),
    "lineage-prov": ("w3c/prov-o.ttl",),
    "partnership-dcat": ("w3c/dcat3.ttl",),
    "partnership-org": ("w3c/org.ttl",),
    "partnership-prov": ("w3c/prov-o.ttl",),
    "structure-ddi-cdi": ("ddi-cdi/*.onto.ttl",),
    "structure-qb": ("rdf-data-cube/cube.ttl",),
    "structure-skos": ("skos.ttl",),
    "study-ddi-cdi": ("ddi-cdi/*.onto.ttl",),
}
GSIM = [name for name in crosswalks() if name.startswith("gsim-")]


@lru_cache(maxsize=1)
def ours() -> Graph:
    return load(*(name for name in modules() if not name.startswith("alignment/")))


@pytest.mark.parametrize("name", crosswalks())
def test_files_are_written_as_we_write_them(name: str) -> None:
    text = files("semstat.mappings").joinpath("crosswalks", f"{name}.sssom.tsv").read_text(encoding="utf-8")
    assert write(read(text)) == text


@pytest.mark.parametrize("name", crosswalks())
def test_every_row_says_what_it_rests_on(name: str) -> None:
    found = crosswalk(name)
    records = [row.text("record_id") for row in found.mappings]
    assert len(set(records)) == len(records)
    for row in found.mappings:
        assert all(row.text(slot) for slot in NEEDED), row
        assert row.text("ext_evidence_status") in {"published", "second-hand", "proposal"}
        assert row.text("subject_label") or row.is_absence
        assert row.text("object_label") or row.is_absence


@pytest.mark.parametrize("name", crosswalks())
def test_no_correspondence_is_stated_twice(name: str) -> None:
    rows = [(row.subject, row.predicate, row.object) for row in crosswalk(name).mappings]
    assert len(set(rows)) == len(rows)
    ends = [(subject, object_) for subject, _, object_ in rows]
    assert len(set(ends)) == len(ends), "two predicates between one pair contradict each other"


@pytest.mark.parametrize("name", OF_TERMS)
def test_subjects_are_terms_of_ours_with_their_labels(name: str) -> None:
    found, graph = crosswalk(name), ours()
    for row in found.mappings:
        if row.is_absence and not row.text("subject_label"):
            continue
        term = URIRef(found.expand(row.subject))
        labels = {label.language: str(label) for label in graph.objects(term, RDFS.label)}  # type: ignore[attr-defined]
        assert labels["en"] == row.text("subject_label")
        assert str(term).startswith(found.expand(row.text("subject_source")) + "#")


@needs_corpora
@pytest.mark.parametrize("name", BORROWED)
def test_objects_are_terms_that_the_other_vocabulary_publishes(name: str) -> None:
    assert CORPORA is not None
    found = crosswalk(name)
    published = Graph()
    for file in (file for pattern in BORROWED[name] for file in (CORPORA / "vocab").glob(pattern)):
        published.parse(file, format="turtle", publicID=file.as_uri())
    rows = [row for row in found.mappings if not row.is_absence and not row.object.startswith("xkos:")]
    assert rows
    for row in rows:
        labels = {str(label).casefold() for label in published.objects(URIRef(found.expand(row.object)), RDFS.label)}
        assert row.text("object_label").casefold() in labels, (row.object, labels)


@needs_corpora
def test_objects_of_xkos_are_spoken_of_in_its_shapes() -> None:
    """The shapes that the owner publishes are at hand, the vocabulary is not."""
    assert CORPORA is not None
    shapes = "".join(file.read_text(encoding="utf-8") for file in (CORPORA / "vocab" / "xkos").glob("*.ttl"))
    named = {row.object for row in crosswalk("gsim-skos-xkos").mappings if row.object.startswith("xkos:")}
    spoken_of = set(re.findall(r"xkos:\w+", shapes))
    assert named
    assert named - spoken_of <= {"xkos:variant", "xkos:notationPattern"}, named - spoken_of


def test_objects_of_sdmx_are_terms_of_ours_with_their_labels() -> None:
    found, graph = crosswalk("gsim-sdmx"), load()
    for row in found.mappings:
        if row.text("object_id") and not row.is_absence:
            labels = graph.objects(URIRef(found.expand(row.object)), RDFS.label)
            assert row.text("object_label") in {str(label) for label in labels}, row
            assert found.expand(row.object).startswith(found.expand(row.text("object_source")) + "#")


@needs_corpora
@pytest.mark.parametrize(
    ("name", "folder"), [("gsim-ddi-lifecycle", "ddi-lifecycle-3.3"), ("gsim-ddi-codebook", "ddi-codebook-2.6")]
)
def test_objects_of_ddi_are_declared_in_its_schemas(name: str, folder: str) -> None:
    assert CORPORA is not None
    schemas = "".join(file.read_text(encoding="utf-8") for file in (CORPORA / "schemas" / folder).glob("*.xsd"))
    declared = set(re.findall(r'<xs:(?:element|attribute) name="([^"]+)"', schemas))
    rows = [row for row in crosswalk(name).mappings if not row.is_absence]
    assert len(rows) > 40
    assert {row.object for row in rows} <= declared


@pytest.mark.parametrize("name", GSIM)
def test_subjects_are_classes_of_gsim_with_their_labels(name: str) -> None:
    found, graph = crosswalk(name), load("information")
    for row in found.mappings:
        labels = set(graph.objects(URIRef(found.expand(row.subject)), RDFS.label))
        assert row.text("subject_label") in {str(label) for label in labels}, row


def test_nothing_of_gsim_is_said_to_be_the_same_as_what_others_own() -> None:
    for name in GSIM:
        predicates = {row.predicate for row in crosswalk(name).mappings if not row.is_absence}
        assert predicates <= {f"skos:{kind}Match" for kind in ("close", "broad", "narrow", "related")}
    pairs = {(row.subject, row.object): row for row in crosswalk("gsim-sdmx").mappings}
    assert pairs["ssi:Category", "sst:Category"].text("predicate_modifier") == "Not"
    cdi = {
        row.subject: row
        for row in crosswalk("gsim-ddi-cdi").mappings
        if row.object.removeprefix("cdi:") == row.subject.removeprefix("ssi:")
    }
    assert len(cdi) == 39, "the names that GSIM and DDI-CDI share"
    for trap in ("ssi:UnitType", "ssi:Universe", "ssi:Population"):
        assert cdi[trap].predicate == "skos:closeMatch"
        assert "Never equivalent" in cdi[trap].text("comment")


@needs_corpora
@pytest.mark.parametrize(
    ("name", "folder"), [("study-ddi-lifecycle", "ddi-lifecycle-3.3"), ("study-ddi-codebook", "ddi-codebook-2.6")]
)
def test_what_studies_are_read_from_is_declared_in_the_schemas_of_ddi(name: str, folder: str) -> None:
    assert CORPORA is not None
    schemas = "".join(file.read_text(encoding="utf-8") for file in (CORPORA / "schemas" / folder).glob("*.xsd"))
    declared = set(re.findall(r'<xs:(?:element|attribute|complexType) name="([^"]+)"', schemas))
    found, graph = crosswalk(name), load("study")
    assert len(found.mappings) > 60
    assert {row.text("object_label") for row in found.mappings} <= declared
    for row in found.mappings:
        term = URIRef(found.expand(row.subject))
        assert row.text("object_label") in str(graph.value(term, DCTERMS.source)), row


@pytest.mark.parametrize(("module", "name"), [("study", "study-ddi-lifecycle"), ("study", "study-ddi-codebook")])
def test_every_term_that_comes_from_ddi_is_in_the_crosswalk(module: str, name: str) -> None:
    standard = {"study-ddi-lifecycle": "DDI-Lifecycle 3.3", "study-ddi-codebook": "DDI-Codebook 2.6"}[name]
    found, graph = crosswalk(name), load(module)
    sourced = {term for term, source in graph.subject_objects(DCTERMS.source) if standard in str(source)}
    assert {URIRef(found.expand(row.subject)) for row in found.mappings} == sourced


def test_a_run_may_be_an_entity_and_is_never_said_to_be_an_activity() -> None:
    """GSIM has runs among its information objects, which core-prov has among the entities; PROV-O keeps them apart."""
    rows = {row.subject: row.predicate for row in crosswalk("lineage-prov").mappings}
    assert rows["ssl:generatedBy"] == rows["ssl:used"] == "skos:closeMatch"
    assert rows["ssl:derivedFrom"] == "rdfs:subPropertyOf"


@pytest.mark.parametrize("name", ALIGNMENTS)
def test_the_alignment_is_what_the_crosswalk_yields(name: str) -> None:
    found = crosswalk(name)
    made = alignment(found, ours())
    kept = load(found.text("mapping_set_id").removeprefix(BASE))
    assert set(made) == set(kept)
    stem = found.text("mapping_set_id").rsplit("/", 1)[1]
    file = files("semstat.ontology").joinpath("alignments", f"{stem}.ttl")
    assert file.read_text(encoding="utf-8") == canonical(made)


def test_every_alignment_has_a_crosswalk() -> None:
    made = {crosswalk(name).text("mapping_set_id").removeprefix(BASE) for name in ALIGNMENTS}
    assert made == {name for name in modules() if name.startswith("alignment/")}


def test_crosswalks_that_are_no_alignment_lead_to_what_has_no_iri_or_is_a_link_to_read() -> None:
    apart = set(crosswalks()) - set(ALIGNMENTS)
    elements = {"gsim-ddi-codebook", "gsim-ddi-lifecycle", "study-ddi-codebook", "study-ddi-lifecycle"}
    assert apart == elements | {"gsbpm-web", "sdmx-texttype-xsd"}
    of_elements = [row for name in elements for row in crosswalk(name).mappings if row.text("object_id")]
    assert {row.text("object_id") for row in of_elements} <= {"sssom:NoTermFound"}
    assert {row.predicate for row in crosswalk("gsbpm-web").mappings} == {"rdfs:seeAlso"}
    assert not [row for row in crosswalk("sdmx-texttype-xsd").mappings if ":" in row.subject]


@pytest.mark.parametrize("name", [name for name in modules() if name.startswith("alignment/")])
def test_every_aligned_triple_carries_its_evidence(name: str) -> None:
    graph = load(name)
    parts = (OWL.annotatedSource, OWL.annotatedProperty, OWL.annotatedTarget)
    stated = {triple for triple in graph if (triple[0], RDF.type, None) not in graph}
    backed = set()
    for axiom in graph.subjects(RDF.type, OWL.Axiom):
        backed.add(tuple(graph.value(axiom, part) for part in parts))
        assert graph.value(axiom, SS.evidenceStatus) is not None
    assert stated == backed


def test_the_lift_may_rely_on_these_axioms() -> None:
    graph = whole()
    for below, above in [
        (SST.DataStructure, QB.DataStructureDefinition),
        (SST.Dimension, QB.DimensionProperty),
        (SST.Measure, QB.MeasureProperty),
        (SST.Attribute, QB.AttributeProperty),
        (SST.Codelist, SKOS.ConceptScheme),
        (SST.Code, SKOS.Concept),
        (SS.Artefact, PROV.Entity),
        (SS.Agency, PROV.Agent),
    ]:
        assert (below, RDFS.subClassOf, above) in graph


def test_classes_go_to_classes_and_properties_to_properties() -> None:
    graph = whole()
    for name in OF_TERMS:
        found = crosswalk(name)
        for row in found.mappings:
            kinds = set(graph.objects(URIRef(found.expand(row.subject)), RDF.type))
            if row.predicate == "rdfs:subClassOf":
                assert OWL.Class in kinds
            if row.predicate == "rdfs:subPropertyOf":
                assert OWL.Class not in kinds
            if row.text("object_id") and not row.is_absence and row.predicate != "skos:relatedMatch":
                assert row.object.partition(":")[2][0].isupper() == (OWL.Class in kinds), row


# Text types


def texttypes() -> dict[str, list[Mapping]]:
    rows: dict[str, list[Mapping]] = {}
    for row in crosswalk("sdmx-texttype-xsd").mappings:
        rows.setdefault(row.subject, []).append(row)
    return rows


@needs_corpora
@pytest.mark.parametrize(("folder", "version"), [("sdmx-ml-2.1", "2.1"), ("sdmx-ml-3.0.1", "3.0")])
def test_every_text_type_of_the_schema_is_there(folder: str, version: str) -> None:
    assert CORPORA is not None
    schema = next((CORPORA / "schemas" / folder).rglob("SDMXCommon.xsd")).read_text(encoding="utf-8")
    declared = re.search(r'<xs:simpleType name="DataType">.*?</xs:simpleType>', schema, re.DOTALL)
    assert declared is not None
    names = set(re.findall(r'<xs:enumeration value="(\w+)"', declared[0]))
    of_version = {name for name, rows in texttypes().items() if version in rows[0].text("subject_source_version")}
    print(f"{len(names)} text types in {folder}")
    assert of_version == names


@needs_corpora
def test_published_means_that_the_schema_names_the_datatype() -> None:
    assert CORPORA is not None
    schema = next((CORPORA / "schemas" / "sdmx-ml-3.0.1").rglob("SDMXCommon.xsd")).read_text(encoding="utf-8")
    entry = r'<xs:enumeration value="(\w+)">\s*<xs:annotation>\s*<xs:documentation>(.*?)</xs:documentation>'
    said = dict(re.findall(entry, schema, re.DOTALL))
    exact = [
        (name, row.object.removeprefix("xsd:"))
        for name, rows in texttypes().items()
        for row in rows
        if row.predicate == "skos:exactMatch" and not row.is_absence
    ]
    assert len(exact) > 10
    for name, datatype in exact:
        assert f"xs:{datatype} " in said[name], name


def test_datatypes_are_of_xml_schema() -> None:
    found = crosswalk("sdmx-texttype-xsd")
    for row in found.mappings:
        assert row.is_absence or URIRef(found.expand(row.object)) == XSD[row.text("object_label")]


def test_the_datatypes_that_the_shapes_demand_are_those_of_the_crosswalk() -> None:
    found = crosswalk("sdmx-texttype-xsd")
    for name, rows in texttypes().items():
        exact = [row for row in rows if row.predicate == "skos:exactMatch" and not row.is_absence]
        if exact and not TEXT_TYPES[name].is_period:
            assert URIRef(found.expand(exact[0].object)) == TEXT_TYPES[name].datatype, name
    assert set(texttypes()) <= set(TEXT_TYPES)


# Applying


def test_rows_without_a_triple_are_accounted_for() -> None:
    for name in crosswalks():
        found = crosswalk(name)
        result = apply(found, ours())
        assert len(result.triples) + len(result.unmatched) + len(result.unsaid) == len(found.mappings)
        assert not [row for row in result.unmatched if found.expand(row.subject).startswith(AT_HAND)]

        assert not [
            row for row in result.unmatched if found.expand(row.text("subject_source")).removeprefix(BASE) in modules()
        ]
    qb = crosswalk("structure-qb")
    assert len(apply(qb, Graph()).unmatched) == len(apply(qb, ours()).triples)


def test_an_inverted_crosswalk_yields_the_same_class_axioms() -> None:
    found = crosswalk("structure-qb")
    rows = tuple(row for row in found.mappings if row.predicate == "rdfs:subClassOf")
    classes = type(found)(found.metadata, found.columns, rows)
    turned = invert(classes, mapping_set_id="https://example.org/inverse")
    there = apply(classes, ours()).triples
    subjects = Graph()
    for _, _, above in there:
        subjects.add((above, RDF.type, OWL.Class))
    assert set(apply(turned, subjects).triples) == set(there)
    assert len(there) == len(rows) > 0


def test_negated_rows_yield_nothing() -> None:
    table = (
        "#mapping_set_id: https://example.org/s\n#license: https://example.org/l\n#curie_map:\n"
        f"#  sst: {SST._NS}\nsubject_id\tpredicate_modifier\tpredicate_id\tobject_id\tmapping_justification\n"
        "sst:Code\tNot\tskos:exactMatch\tsst:Concept\tsemapv:ManualMappingCuration\n"
    )
    result = apply(read(table), ours())
    assert (len(result.triples), len(result.unsaid)) == (0, 1)


def test_an_unknown_crosswalk_is_refused() -> None:
    with pytest.raises(KeyError):
        crosswalk("no-such-crosswalk")
