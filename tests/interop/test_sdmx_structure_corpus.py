"""Every SDMX-ML structure message of the corpora against counts, names and parents taken without our reader."""

import random
from collections import Counter

import pytest
from corpora import CORPORA, counts, files_of, needs_corpora
from lxml import etree
from sdmx_corpus import COUNTED, FILES, load, mutants, read_items

from semstat.interop.formats.sdmx.structure import read_structure, read_structures
from semstat.ontology.terms import RDF, SKOS, SS, SST
from semstat.ontology.terms_mapping import SSM
from semstat.ontology.terms_metadata import SSR
from semstat.ontology.terms_process import SSP
from semstat.validators.diagnostics import Severity

METADATA = [name for name in files_of("SDMX-ML") if counts()[name][0].endswith(" GenericMetadata")]
READ_ELSEWHERE = [
    name
    for name in files_of("SDMX-ML")
    if counts()[name][0].endswith((" StructureSpecificMetadata", " RegistryInterface"))
]
"""Messages that test_sdmx_metadata_specific.py and test_sdmx_registry.py compare with what they say."""
OLD = [name for name in files_of("SDMX-ML 2.0 Structure") if counts()[name][0].endswith(" Structure")]
"""Counted in test_sdmx_ml20.py: their elements have other names."""
OTHERS = [name for name in files_of("SDMX-ML") if name not in {*FILES, *METADATA, *OLD, *READ_ELSEWHERE}]
CLASSES = {
    "codelists": (SST.Codelist,),
    "codes": (SST.Code,),
    "conceptSchemes": (SST.ConceptScheme,),
    "concepts": (SST.Concept,),
    "dsds": (SST.DataStructure,),
    "dimensions": (SST.Dimension, SST.TimeDimension, SST.MeasureDimension),
    "attributes": (SST.Attribute,),
    "measures": (SST.Measure,),
    "dataflows": (SST.Dataflow,),
    "agencies": (SS.Agency,),
    "constraints": (SST.DataConstraint,),
}
ITEMS = ("Code", "Concept", "ValueItem", "GeoFeatureSetCode", "GeoGridCode")
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

pytestmark = needs_corpora


def test_enough_files_are_there() -> None:
    by_version = Counter(counts()[name][0] for name in FILES)
    assert by_version == {"SDMX-ML 2.1 Structure": 79, "SDMX-ML 3.0 Structure": 61, "SDMX-ML 3.1 Structure": 16}
    assert (len(METADATA), len(OLD), len(OTHERS), len(READ_ELSEWHERE)) == (5, 2, 83, 3)


@pytest.mark.parametrize("name", FILES)
def test_counts(name: str) -> None:
    graph = load(name).graph
    found = {key: sum(len(set(graph.subjects(RDF.type, cls))) for cls in classes) for key, classes in CLASSES.items()}
    wanted = {key: number for key, number in counts()[name][1].items() if key in CLASSES}
    wanted |= COUNTED.get(name, {})
    assert {key: number for key, number in found.items() if number} == wanted


@pytest.mark.parametrize("name", METADATA)
def test_metadata_sets_are_read(name: str) -> None:
    assert CORPORA is not None
    graph = load(name).graph
    found = set(graph.subjects(RDF.type, SSR.MetadataSet))
    assert len(found) == counts()[name][1]["metadataSets"]
    root = etree.parse(CORPORA / name).getroot()
    wanted = sum(1 for tag in ("Attribute", "ReportedAttribute") for _ in root.iter("{*}" + tag))
    assert len(set(graph.subjects(RDF.type, SSR.ReportedAttribute))) == wanted
    assert not [item for item in load(name).diagnostics if item.rule == "IO114"]


PARTS = {
    "RepresentationMapping": SSM.RepresentationMapping,
    "ComponentMap": SSM.ComponentMap,
    "DatePatternMap": SSM.DatePatternMap,
    "FixedValueMap": SSM.FixedValueMap,
    "HierarchicalCode": SST.HierarchicalCode,
    "HierarchyAssociation": SST.HierarchyAssociation,
    "Categorisation": SST.Categorisation,
    "MetadataAttribute": SSR.MetadataAttribute,
    "Metadataflow": SSR.Metadataflow,
    "Contact": SS.Contact,
    "Transformation": SSP.Transformation,
    "Ruleset": SSP.Ruleset,
    "UserDefinedOperator": SSP.UserDefinedOperator,
    "CustomType": SSP.CustomType,
    "NamePersonalisation": SSP.NamePersonalisation,
    "VtlMapping": SSP.VtlMapping,
    "GeoFeatureSetCode": SST.GeographicFeature,
    "GeoGridCode": SST.GridCell,
}
"""Elements and the class of what they become; those that others refer to by the same name count where they stand."""


def test_every_part_of_every_artefact_is_in_the_graph() -> None:
    assert CORPORA is not None
    table: Counter[str] = Counter()
    for name in FILES:
        graph = load(name).graph
        root = etree.parse(CORPORA / name).getroot()
        for tag, cls in PARTS.items():
            wanted = sum(1 for node in root.iter("{*}Structures") for one in node.iter("{*}" + tag)
                         if (len(one) or one.attrib) and one.find("{*}Ref") is None)  # fmt: skip
            found = len(set(graph.subjects(RDF.type, cls)))
            assert found == wanted, (name, tag)
            table[tag] += found
    print(f"{len(FILES)} files: " + ", ".join(f"{tag} {number}" for tag, number in sorted(table.items())))
    assert all(table.values())


def test_nothing_that_the_standard_knows_is_left_uninterpreted() -> None:
    left = {
        name: item.message for name in (*FILES, *METADATA) for item in load(name).diagnostics if item.rule == "IO114"
    }
    print(f"{len(FILES) + len(METADATA)} files, {len(left)} with content that is known and not interpreted: {left}")
    assert not left


@pytest.mark.parametrize("name", [name for name in FILES if counts()[name][2].startswith("INVALID")])
def test_what_the_schema_refuses_is_found_and_located(name: str) -> None:
    """Line of the first finding that is about it, and the schema's own: ours is the start of the tag."""
    lines = {
        "empty_message.xml": ("IO108", 13),
        "invalid.xml": ("IO108", 9),
        "prov_agree_structure_no_dataflow.xml": ("DSD001", 115),
        "codelist_partial.xml": ("IO110", 92),
        "structure_no_header.xml": ("IO113", 2),
        "dataflow_no_structure_specific.xml": ("IO108", 14),
    }
    found = [(item.rule, item.location.line) for item in load(name).diagnostics if item.severity is not Severity.INFO]
    assert lines[name.rsplit("/", 1)[1]] in found


@pytest.mark.parametrize("name", [name for name in FILES if counts()[name][2] == "valid"])
def test_what_the_schema_accepts_has_no_reading_error(name: str) -> None:
    """No invented unknown content; the only errors are duplicates and unknown dimensions, which a schema cannot see."""
    rules = {item.rule for item in load(name).diagnostics}
    assert not rules & {"IO101", "IO102", "IO103", "IO105", "IO106", "IO107", "IO108", "IO112", "IO113"}


def expected_items(name: str) -> dict[tuple[str, str, str], tuple[frozenset[tuple[str, str]], str | None]]:
    """Names by language and parent of every item, straight from the XML."""
    assert CORPORA is not None
    root = etree.parse(CORPORA / name).getroot()
    found = {}
    for item in root.iter("{*}" + ITEMS[0], *("{*}" + each for each in ITEMS[1:])):
        scheme = item.getparent()
        if scheme.get("agencyID") is None:  # a reference or a mapping, not an item
            continue
        key = (scheme.get("agencyID"), scheme.get("id"), item.get("id"))
        names = frozenset((each.get(LANGUAGE, "en"), each.text or "") for each in item.iterfind("{*}Name"))
        parents = [*item.iterfind("{*}Parent/Ref"), *item.iterfind("{*}Parent")]
        parent = next((each.get("id") or (each.text or "").strip() or None for each in parents), None)
        found.setdefault(key, (names, parent))
    return found


def test_names_in_every_language_and_parents() -> None:
    names = parents = languages = 0
    for name in FILES:
        wanted, found = expected_items(name), read_items(load(name).graph)
        extra = {key for key in found if key not in wanted}
        assert not extra or name in COUNTED, name
        assert {key: found[key] for key in wanted} == wanted, name
        names += sum(len(texts) for texts, _ in wanted.values())
        parents += sum(parent is not None for _, parent in wanted.values())
        languages += sum(len({language for language, _ in texts}) > 1 for texts, _ in wanted.values())
    print(f"{len(FILES)} files, {names} names, {languages} items in several languages, {parents} parents")
    assert (len(FILES), names, languages, parents) == (156, 9344, 1817, 109)


def test_positions_are_the_lines_of_the_start_tags() -> None:
    """The id of a code stands in the tag that starts on the line noted for it (up to 40 codes of each file)."""
    assert CORPORA is not None
    checked = 0
    for name in FILES:
        lines = (CORPORA / name).read_text(encoding="utf-8-sig").split("\n")
        document = load(name)
        placed = [code for code in document.graph.subjects(RDF.type, SST.Code) if code in document.positions]
        for code in placed[:40]:
            line = document.positions[code].line
            notation = str(document.graph.value(code, SKOS.notation))
            assert line is not None
            assert f'id="{notation}"' in "".join(lines[line - 1 : line + 3]), (name, notation, line)
            checked += 1
    assert checked > 700


@pytest.mark.parametrize("name", OTHERS)
def test_other_messages_are_named_for_what_they_are(name: str) -> None:
    kind = counts()[name][0]
    document = load(name)
    rule = "IO103" if kind == "SDMX-ML 2.1 AAAAA" else "IO112"
    first = next(item for item in document.diagnostics if item.rule == rule)
    _, version, local = kind.split()
    assert version in first.message
    assert f"`{local}`" in first.message
    assert len(document.graph) == 0


def test_damaged_messages_never_raise() -> None:
    assert CORPORA is not None
    chance = random.Random(20261120)
    read = 0
    for name in FILES:
        data = (CORPORA / name).read_bytes()
        for mutant in mutants(data, chance) if len(data) < 60_000 else ():
            document = read_structure(mutant, origin=name)
            assert len(document.graph) or document.diagnostics
            read += 1
    print(f"{read} damaged messages")
    assert read > 600


KNOWN_DEFECTS = [
    ("mixed/pysdmx-bis/valid.xml", "IO110", 2, "holds no artefact"),
    ("mixed/pysdmx-bis/valid_bom.xml", "IO110", 2, "holds no artefact"),
    ("mixed/pysdmx-bis/empty_message.xml", "IO108", 13, "`Structures`"),
    ("mixed/pysdmx-bis/invalid.xml", "IO108", 9, "`AAAAAAAAAAAAAAAAAAAA`"),
    ("mixed/pysdmx-bis/prov_agree_structure_no_dataflow.xml", "DSD001", 115, "names no dataflow"),
    ("ml21/agencies/INSEE/CNA-2010-CONSO-SI-A17-structure.xml", "DSD001", None, "is referred to"),
    ("ml21/agencies/UNSD/codelist_partial.xml", "IO110", 92, "empty list of dimensions"),
    ("ml21/pysdmx-bis/structure_no_header.xml", "IO113", 2, "no header"),
    ("ml21/pysdmx-bis/submission_append.xml", "IO110", 2, "the registry message holds no artefact"),
    ("ml21/pysdmx-bis/error_304.xml", "IO111", None, "code 304"),
    ("ml30/pysdmx/codelists_semver.xml", "DSD002", 17, "CL_AGE(1.0)"),
    ("ml30/pysdmx/codelists_semver_nf.xml", "DSD002", 17, "CL_AGE(1.0.0-draft)"),
    ("ml30/pysdmx/dataflow_no_structure_specific.xml", "IO108", 14, "`Structure` does not belong into the header"),
    ("ml30/twg-samples/Geospatial/geospatial_geographiccodelist.xml", "DSD002", 19, "A2"),
    ("ml30/twg-samples/Geospatial/geospatial_geographiccodelist.xml", "DSD002", 23, "A3"),
    ("ml30/twg-samples/VTL Transformations/VTL_Sample_2.xml", "DSD001", None, "is referred to"),
    ("ml31/pysdmx/data_structure_no_structure.xml", "IO112", 2, "data message"),
]


@pytest.mark.parametrize(("name", "rule", "line", "words"), KNOWN_DEFECTS)
def test_known_defects(name: str, rule: str, line: int | None, words: str) -> None:
    found = [item for item in load("sdmx/" + name).diagnostics if item.rule == rule and words in item.message]
    assert found, load("sdmx/" + name).diagnostics
    assert line is None or found[0].location.line == line


def test_the_mismatch_of_a_list_is_not_repeated_for_each_code() -> None:
    found = [item for item in load("sdmx/ml30/pysdmx/codelists_semver.xml").diagnostics if item.rule == "DSD002"]
    assert len(found) == 1


def test_reading_is_deterministic() -> None:
    name = "sdmx/mixed/pysdmx-bis/datastructure_descendants.xml"
    first, second = load(name), load(name)
    assert list(first.graph) == list(second.graph)
    assert first.diagnostics == second.diagnostics
    assert first.positions == second.positions


def test_files_read_together_resolve_each_other() -> None:
    assert CORPORA is not None
    folder = CORPORA / "sdmx/ml21/twg-samples"
    names = ["exr/ecb_exr_ng/ecb_exr_ng.xml", "common/common.xml", "exr/common/exr_common.xml"]
    alone = read_structure((folder / names[0]).read_bytes(), origin=names[0])
    together = read_structures([((folder / name).read_bytes(), name) for name in names])
    assert any(item.rule == "DSD001" for item in alone.diagnostics)
    assert [item.message for item in together.diagnostics if item.rule in ("DSD001", "DSD003")] == []
