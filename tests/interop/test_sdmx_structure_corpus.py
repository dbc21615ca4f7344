"""Every SDMX-ML structure message of the corpora against counts, names and parents taken without our reader."""

import contextlib
import io
import warnings
from collections import Counter, defaultdict

import pytest
from corpora import CORPORA, counts, files_of, needs_corpora
from lxml import etree
from rdflib import Graph

from semstat.interop.document import Document
from semstat.interop.formats.sdmx.structure import read_structure, read_structures
from semstat.ontology.terms import RDF, SKOS, SS, SST
from semstat.validators.diagnostics import Severity

VERSIONS = ("2.1", "3.0", "3.1")
FILES = [
    name
    for version in VERSIONS
    for name in files_of(f"SDMX-ML {version} Structure")
    if counts()[name][0].endswith(" Structure")
]
OTHERS = [name for name in files_of("SDMX-ML") if name not in FILES]
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
EXPLAINED = {
    # The counts are of elements; here the graph rightly holds more or fewer things, and says so.
    "sdmx/ml30/pysdmx/valuelist.xml": ({"codes": 5}, "the item `¥` stands twice: DSD003"),
    "sdmx/ml30/twg-samples/Codelist/valuelist.xml": ({"codes": 5}, "the item `¥` stands twice: DSD003"),
    "sdmx/ml30/twg-samples/Codelist/codelist - extended.xml": ({"codes": 11}, "the extension adds W, M, D and H"),
}
ITEMS = ("Code", "Concept", "ValueItem", "GeoFeatureSetCode", "GeoGridCode")
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

pytestmark = needs_corpora


def load(name: str) -> Document:
    assert CORPORA is not None
    return read_structure((CORPORA / name).read_bytes(), origin=name)


def test_enough_files_are_there() -> None:
    by_version = Counter(counts()[name][0] for name in FILES)
    assert by_version == {"SDMX-ML 2.1 Structure": 79, "SDMX-ML 3.0 Structure": 61, "SDMX-ML 3.1 Structure": 16}
    assert len(OTHERS) == 93


@pytest.mark.parametrize("name", FILES)
def test_counts(name: str) -> None:
    graph = load(name).graph
    found = {key: sum(len(set(graph.subjects(RDF.type, cls))) for cls in classes) for key, classes in CLASSES.items()}
    wanted = {key: number for key, number in counts()[name][1].items() if key in CLASSES}
    wanted |= EXPLAINED.get(name, ({}, ""))[0]
    assert {key: number for key, number in found.items() if number} == wanted


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


def read_items(graph: Graph) -> dict[tuple[str, str, str], tuple[frozenset[tuple[str, str]], str | None]]:
    found = {}
    for cls in (SST.Code, SST.Concept):
        for item in graph.subjects(RDF.type, cls):
            scheme = graph.value(item, SKOS.inScheme)
            agency = graph.value(graph.value(item, SKOS.inScheme), SS.urn).split("=")[1].split(":")[0]
            parent = graph.value(item, SKOS.broader)
            names = frozenset((text.language, str(text)) for text in graph.objects(item, SKOS.prefLabel))
            key = (agency, str(graph.value(scheme, SS.identifier)), str(graph.value(item, SKOS.notation)))
            found[key] = (names, None if parent is None else str(parent).rsplit("/", 1)[1])
    return found


def test_names_in_every_language_and_parents() -> None:
    names = parents = languages = 0
    for name in FILES:
        wanted, found = expected_items(name), read_items(load(name).graph)
        extra = {key for key in found if key not in wanted}
        assert not extra or name in EXPLAINED, name
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


KNOWN_DEFECTS = [
    ("mixed/pysdmx-bis/valid.xml", "IO110", 2, "holds no artefact"),
    ("mixed/pysdmx-bis/valid_bom.xml", "IO110", 2, "holds no artefact"),
    ("mixed/pysdmx-bis/empty_message.xml", "IO108", 13, "`Structures`"),
    ("mixed/pysdmx-bis/invalid.xml", "IO108", 9, "`AAAAAAAAAAAAAAAAAAAA`"),
    ("mixed/pysdmx-bis/prov_agree_structure_no_dataflow.xml", "DSD001", 115, "names no dataflow"),
    ("ml21/agencies/INSEE/CNA-2010-CONSO-SI-A17-structure.xml", "DSD001", None, "is referred to"),
    ("ml21/agencies/UNSD/codelist_partial.xml", "IO110", 92, "empty list of dimensions"),
    ("ml21/pysdmx-bis/structure_no_header.xml", "IO113", 2, "no header"),
    ("ml21/pysdmx-bis/submission_append.xml", "IO112", 2, "registry message (`RegistryInterface`)"),
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


def oracle(name: str):
    """What sdmx1 reads, or ``None``: it prints to stdout on failure, and 3.0 must be imported before 2.1 is read."""
    assert CORPORA is not None
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        import sdmx
        import sdmx.reader.xml.v30

        try:
            return sdmx.read_sdmx(CORPORA / name)
        except Exception:  # sdmx1 raises what it likes
            return None


def same_codes(message, ours, name: str) -> int:
    """Compare ids, names and parents; return how many codes were compared."""
    compared = 0
    for codelist in message.codelist.values():
        if codelist.is_external_reference or codelist.maintainer is None:
            continue
        for code in codelist:
            key = (codelist.maintainer.id, codelist.id, code.id)
            if key not in ours and name in EXPLAINED:
                continue
            assert dict(ours[key][0]) == dict(code.name.localizations), (name, key)
            parent = getattr(code.parent, "id", None)
            assert parent in (None, codelist.id) or ours[key][1] == parent, (name, key)
            compared += 1
    return compared


def same_dimensions(message, graph: Graph, name: str) -> int:
    """Compare the dimensions in order; return how many were compared."""
    compared = 0
    ours = dimension_ids(graph)
    for structure in message.structure.values():
        # In the hub graph time comes last, wherever it stands in the message.
        parts = sorted(structure.dimensions, key=lambda part: type(part).__name__ == "TimeDimension")
        key = (structure.id, str(structure.version))
        if parts and key in ours:  # sdmx1 invents the structure that a constraint names
            assert ours[key] == [part.id for part in parts], name
            compared += len(parts)
    return compared


def test_same_codes_names_parents_and_dimensions_as_sdmx1() -> None:
    files = codes = dimensions = 0
    for name in FILES:
        message = oracle(name)
        if message is None:
            continue
        files += 1
        graph = load(name).graph
        codes += same_codes(message, read_items(graph), name)
        dimensions += same_dimensions(message, graph, name)
    print(f"sdmx1: {files} files, {codes} codes, {dimensions} dimensions")
    assert (files >= 100, codes >= 5000, dimensions >= 200) == (True, True, True)


def dimension_ids(graph: Graph) -> dict[tuple[str, str], list[str]]:
    found = defaultdict(list)
    for structure, component in graph.subject_objects(SST.component):
        kinds = set(graph.objects(component, RDF.type))
        if kinds & {SST.Dimension, SST.TimeDimension, SST.MeasureDimension}:
            place = int(graph.value(component, SS.position))
            key = (str(graph.value(structure, SS.identifier)), str(graph.value(structure, SS.version)))
            found[key].append((place, str(graph.value(component, SS.identifier))))
    return {structure: [identifier for _, identifier in sorted(places)] for structure, places in found.items()}
