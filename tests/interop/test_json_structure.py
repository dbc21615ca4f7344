"""SDMX-JSON structures: the same values as SDMX-ML gives, every language and annotation, exact places, nothing lost."""

import json
from collections import Counter
from dataclasses import replace

import json_messages
import pytest
import small_dataset
from corpora import CORPORA, counts, files_of, needs_corpora
from sdmx_corpus import read_items

from semstat.interop import read, validate
from semstat.interop.formats.sdmx.json_arrays import ARRAYS
from semstat.interop.formats.sdmx.json_structure import parse_json_message
from semstat.interop.formats.sdmx.model import DataStructure, ItemScheme, Message, Text
from semstat.interop.formats.sdmx.parse import parse_message
from semstat.interop.formats.sdmx.structure import read_structure, read_structures
from semstat.ontology.terms import SKOS
from semstat.validators.diagnostics import Verdict

URN = "urn:sdmx:org.sdmx.infomodel"
SCHEMA = "https://example.org/sdmx-json/{}/sdmx-json-structure-schema.json"


def message(version: str = "2.0", **arrays: object) -> bytes:
    head = {"schema": SCHEMA.format(version), "id": "X", "contentLanguages": ["en", "fr"]}
    return json.dumps({"meta": head, "data": arrays}, ensure_ascii=False, indent=1).encode()


def named(identifier: str, **members: object) -> dict[str, object]:
    """An artefact of agency A, with names in languages."""
    return {"id": identifier, "agencyID": "A", "version": "1.0", "names": {"en": identifier}} | members


def parsed(data: bytes) -> Message:
    return parse_json_message(data, origin="m.json")


def concept(name: str) -> str:
    return f"{URN}.conceptscheme.Concept=A:CS(1.0).{name}"


def coded(name: str) -> dict[str, object]:
    return {"localRepresentation": {"enumeration": f"{URN}.codelist.Codelist=A:{name}(1.0)"}}


def formatted(kind: str, key: str) -> dict[str, object]:
    return {"localRepresentation": {("textFormat" if key == "textType" else "format"): {key: kind}}}


def small_structure(version: str = "1.0") -> bytes:
    """The structure of ``small_dataset``, in SDMX-JSON 1.0 or 2.x."""
    early = version == "1.0"
    key = "textType" if early else "dataType"
    value = {"id": "OBS_VALUE", "conceptIdentity": concept("OBS_VALUE"), **formatted("Decimal", key)}
    time = {"id": "TIME_PERIOD", "conceptIdentity": concept("TIME_PERIOD"), **formatted("ObservationalTimePeriod", key)}
    related = {"attributeRelationship": {"primaryMeasure": "OBS_VALUE"} if early else {"observation": {}}}
    usage = ("assignmentStatus", "Mandatory", "Conditional") if early else ("usage", "mandatory", "optional")

    def attribute(name: str, stated: str, representation: dict[str, object]) -> dict[str, object]:
        return {"id": name, usage[0]: stated, "conceptIdentity": concept(name), **representation, **related}

    components = {
        "dimensionList": {
            "id": "DimensionDescriptor",
            "dimensions": [
                {"id": name, "conceptIdentity": concept(name), **coded(f"CL_{name}")} for name in ("FREQ", "AREA")
            ],
            **({"timeDimensions": [time]} if early else {"timeDimension": time}),
        },
        "attributeList": {
            "id": "AttributeDescriptor",
            "attributes": [
                attribute("STATUS", usage[1], coded("CL_STATUS")),
                attribute("NOTE", usage[2], formatted("String", key)),
            ],
        },
        "measureList": {"id": "MeasureDescriptor", **({"primaryMeasure": value} if early else {"measures": [value]})},
    }
    lists = {"CL_FREQ": ("A", "Q", "M"), "CL_AREA": ("KE", "NA", "ZA"), "CL_STATUS": ("A", "E")}
    return message(
        version,
        codelists=[
            named(name, codes=[{"id": code, "names": {"en": code}} for code in codes]) for name, codes in lists.items()
        ],
        conceptSchemes=[
            named(
                "CS",
                names={"en": "n"},
                concepts=[
                    {"id": name, "names": {"en": name}}
                    for name in ("FREQ", "AREA", "TIME_PERIOD", "OBS_VALUE", "STATUS", "NOTE")
                ],
            )
        ],
        dataStructures=[named("D", names={"en": "n"}, dataStructureComponents=components)],
    )


def test_the_same_structure_in_xml_and_in_json_is_the_same() -> None:
    from_xml = parse_message(small_dataset.structure(), origin="m.xml")
    from_json = parsed(small_structure("1.0"))

    assert from_json.artefacts == from_xml.artefacts
    assert from_json.diagnostics == from_xml.diagnostics == ()
    assert from_json.format == "sdmx-json-1.0"
    graphs = [read_structure(data, origin="m").graph for data in (small_dataset.structure(), small_structure("1.0"))]
    assert set(graphs[0]) == set(graphs[1])


@pytest.mark.parametrize("version", ["1.0", "2.0", "2.1"])
def test_data_are_judged_by_a_json_structure(version, tmp_path) -> None:
    (tmp_path / "s.json").write_bytes(small_structure(version))
    (tmp_path / "good.csv").write_bytes(small_dataset.CSV)
    (tmp_path / "bad.csv").write_bytes(small_dataset.CSV.replace(b"ZA", b"ZZ"))

    assert validate([tmp_path / "good.csv"], structure=[tmp_path / "s.json"]).verdict is Verdict.PASS
    (item,) = validate([tmp_path / "bad.csv"], structure=[tmp_path / "s.json"]).diagnostics
    assert (item.rule, item.value) == ("DF004", "ZZ")


def test_json_data_and_json_structure_in_one_folder(tmp_path) -> None:
    rows = [{"FREQ": "A", "AREA": "KE", "TIME_PERIOD": "2020", "OBS_VALUE": "1", "STATUS": "A", "NOTE": None}]
    (tmp_path / "s.json").write_bytes(small_structure("2.1"))
    (tmp_path / "d.json").write_bytes(
        json_messages.message(rows, ("FREQ", "AREA", "TIME_PERIOD"), ("STATUS", "NOTE"), version="2.1")
    )

    assert validate([tmp_path]).verdict is Verdict.PASS


def test_references_reach_across_notations() -> None:
    structures = small_dataset.structure(lists="")
    lists = json.loads(small_structure("1.0"))["data"]["codelists"]

    document = read_structures([(structures, "s.xml"), (message("1.0", codelists=lists), "lists.json")])

    assert [item.rule for item in document.diagnostics] == []
    assert document.format == "sdmx"


def test_every_language_and_the_text_in_one_language() -> None:
    (scheme,) = parsed(
        message(
            codelists=[
                named(
                    "CL",
                    names={"en": "Sex", "fr": "Sexe", "zh-Hant-TW": "性別"},
                    name="Sex",
                    codes=[{"id": "M", "name": "Male"}, {"id": "F", "name": "Feminine", "names": {"en": "Female"}}],
                )
            ]
        )
    ).artefacts

    assert isinstance(scheme, ItemScheme)
    assert scheme.head.facts.names == (Text("Sex", "en"), Text("Sexe", "fr"), Text("性別", "zh-Hant-TW"))
    assert scheme.items[0].facts.names == (Text("Male", "en"),)
    assert scheme.items[1].facts.names == (Text("Female", "en"),)
    assert scheme.items[1].facts.unread == ('{"name": "Feminine"}',)


def test_a_text_in_one_language_of_a_message_that_does_not_say_which_has_none() -> None:
    data = message(codelists=[named("CL", codes=[{"id": "M", "name": "Male"}])]).replace(b"contentLanguages", b"x-l")

    (scheme,) = parsed(data).artefacts

    assert isinstance(scheme, ItemScheme)
    assert scheme.items[0].facts.names == (Text("Male", None),)


def test_annotations_links_order_flags_and_extensions_are_kept() -> None:
    data = message(
        codelists=[
            named(
                "CL",
                isPartial=True,
                validFrom="2020-01-01",
                annotations=[
                    {"id": "N", "title": "t", "type": "T", "texts": {"en": "x", "de": "y"}, "links": [{"href": "u"}]}
                ],
                links=[
                    {"rel": "self", "urn": f"{URN}.codelist.Codelist=A:CL(1.0)", "href": "h"},
                    {"rel": "related", "href": "other"},
                ],
                codes=[{"id": "02", "parent": "01"}, {"id": "01", "x-colour": "red", "colour": 1.50}],
            )
        ]
    ).replace(b"1.5\n", b"1.50\n")
    found = parsed(data)
    (scheme,) = found.artefacts

    assert isinstance(scheme, ItemScheme)
    assert scheme.head.is_partial
    assert ("validFrom", "2020-01-01") in scheme.head.texts
    (annotation,) = scheme.head.facts.annotations
    assert (annotation.id, annotation.title, annotation.type) == ("N", "t", "T")
    assert annotation.texts == (Text("x", "en"), Text("y", "de"))
    assert [url.value for url in annotation.urls] == ["u"]
    assert [(item.path, item.parent) for item in scheme.items] == [("02", "01"), ("01", None)]
    assert scheme.items[1].facts.unread == ('{"x-colour": "red"}', '{"colour": 1.50}')
    assert [(link.rel, link.url) for link in scheme.head.facts.links] == [("self", "h"), ("related", "other")]
    assert [item.rule for item in found.diagnostics] == ["IO108", "IO114"]
    unknown = found.diagnostics[0].location
    assert data.decode().split("\n")[unknown.line - 1][unknown.column - 1 :].startswith('"colour": 1.5')
    assert unknown.path == "Codelist=A:CL(1.0).01"


def test_attachments_groups_roles_facets_and_several_measures() -> None:
    dimension = {"id": "AREA", "conceptIdentity": concept("AREA"), "conceptRoles": [concept("GEO")]}
    attributes = [
        {"id": "U", "conceptIdentity": concept("U"), "usage": "mandatory", "attributeRelationship": relation}
        | {"measureRelationship": ["V", "W"], "localRepresentation": {"minOccurs": 0, "maxOccurs": "unbounded"}}
        for relation in (
            {"dimensions": ["AREA", "T"], "areDimensionsOptional": [False, True]},
            {"group": "G"},
            {"dataflow": {}},
            {"observation": {}},
        )
    ]
    components = {
        "dimensionList": {"dimensions": [dimension]},
        "groups": [{"id": "G", "groupDimensions": ["AREA"]}],
        "attributeList": {"attributes": [item | {"id": f"U{place}"} for place, item in enumerate(attributes)]},
        "measureList": {"measures": [{"id": name, "conceptIdentity": concept(name)} for name in ("V", "W")]},
    }
    (found,) = parsed(message(dataStructures=[named("D", dataStructureComponents=components)])).artefacts

    assert isinstance(found, DataStructure)
    attached = [item.attachment for item in found.attributes]
    assert [item.level for item in attached] == ["series", "group", "dataset", "observation"]
    assert [item.id for item in attached[0].components] == ["AREA", "T"]
    assert [item.id for item in attached[1].groups] == ["G"]
    assert [item.id for item in found.attributes[0].measures] == ["V", "W"]
    assert found.attributes[0].representation.facets == (("minOccurs", "0"), ("maxOccurs", "unbounded"))
    assert [role.name.item for role in found.dimensions[0].roles] == ["GEO"]
    assert [item.facts.id for item in found.measures] == ["V", "W"]
    assert [item.id for item in found.groups[0].dimensions] == ["AREA"]


CONSTRAINT = {
    "constraintAttachment": {"dataflows": [f"{URN}.datastructure.Dataflow=A:F(1.0)"]},
    "cubeRegions": [
        {
            "include": True,
            "keyValues": [
                {"id": "AREA", "values": [{"value": "KE", "cascadeValues": True}, "ZA"]},
                {"id": "TIME_PERIOD", "timeRange": {"startPeriod": {"period": "2020", "isInclusive": True}}},
            ],
            "components": [{"id": "STATUS", "include": False, "values": [{"value": "E"}]}],
        }
    ],
    "dataKeySets": [{"isIncluded": False, "keys": [{"keyValues": [{"id": "AREA", "value": "NA"}]}]}],
}


def test_constraints() -> None:
    (found,) = parsed(message(dataConstraints=[named("C", role="Allowed", **CONSTRAINT)])).artefacts

    area, time, status = found.regions[0].members
    assert (area.values, area.cascades, time.start, status.included) == (("KE", "ZA"), True, "2020", False)
    assert found.key_sets[0].included is False
    assert found.key_sets[0].keys[0].members[0].values == ("NA",)
    assert [target.name.id for target in found.targets] == ["F"]
    assert found.role == "Allowed"


def test_a_content_constraint_of_1_0_is_actual_unless_it_says_otherwise() -> None:
    region = {"isIncluded": False, "keyValues": [{"id": "AREA", "values": ["KE"], "cascadeValues": ["ZA"]}]}
    (found,) = parsed(message("1.0", contentConstraints=[named("C", cubeRegions=[region])])).artefacts

    assert found.role == "Actual"
    assert found.regions[0].included is False
    assert (found.regions[0].members[0].values, found.regions[0].members[0].cascades) == (("KE", "ZA"), True)


def test_lists_that_extend_others_and_value_lists() -> None:
    base = named("BASE", codes=[{"id": code} for code in ("A", "B", "C1", "C2")])
    extension = {
        "codelist": f"{URN}.codelist.Codelist=A:BASE(1.0)",
        "prefix": "X_",
        "inclusiveCodeSelection": {"wildcardedMemberValues": ["C%"], "memberValues": ["A", {"value": "B"}]},
    }
    values = named("VL", valueItems=[{"id": "¥", "name": "Yen"}, {"id": "$"}])
    document = read_structure(
        message(codelists=[base, named("CL", codelistExtensions=[extension])], valueLists=[values]), origin="m.json"
    )

    assert {str(code) for code in document.graph.objects(None, SKOS.notation)} >= {
        "X_A",
        "X_B",
        "X_C1",
        "X_C2",
        "¥",
        "$",
    }
    assert document.diagnostics == ()


def test_links_have_languages_and_titles() -> None:
    link = {"rel": "related", "href": "h", "uri": "u", "type": "text/html", "hreflang": "fr", "titles": {"fr": "t"}}
    (scheme,) = parsed(message(codelists=[named("CL", links=[link])])).artefacts

    (found,) = scheme.head.facts.links
    assert (found.url, found.type, found.language, found.titles) == ("h", "text/html", "fr", (Text("t", "fr"),))
    assert found.unread == ('{"uri": "u"}',)


def test_maps() -> None:
    source = {
        "representationMaps": [
            named(
                "RM",
                source=[{"codelist": f"{URN}.codelist.Codelist=A:CL(1.0)"}, {"dataType": "String"}],
                target=[{"codelist": f"{URN}.codelist.Codelist=A:CL2(1.0)"}],
                representationMappings=[
                    {"sourceValues": [{"value": "A.*", "isRegEx": True}, {"value": "B"}], "targetValues": ["C"]}
                ],
            )
        ],
        "structureMaps": [
            named(
                "SM",
                source=f"{URN}.datastructure.DataStructure=A:D(1.0)",
                target=f"{URN}.datastructure.DataStructure=A:E(1.0)",
                datePatternMaps=[
                    {"id": "P", "sourcePattern": "yyyy", "locale": "en", "frequencyDimension": "FREQ"}
                    | {"mappedComponents": [{"source": "T", "target": "TIME_PERIOD"}]}
                ],
                fixedValueMaps=[{"target": "U", "values": ["X"]}],
            )
        ],
    }
    found = {item.head.name.id: item for item in parsed(message(**source)).artefacts}

    (mapping,) = found["RM"].mappings
    assert [(value.value, value.is_regex) for value in mapping.sources] == [("A.*", True), ("B", None)]
    assert len(found["RM"].sources) == 2
    assert found["SM"].date_pattern_maps[0].source_pattern == "yyyy"
    assert found["SM"].fixed_value_maps[0].values[0].value == "X"


def test_hierarchies_of_1_0_and_of_2() -> None:
    early = named(
        "H",
        includedCodelists={"AREA": f"{URN}.codelist.Codelist=A:CL(1.0)"},
        hierarchies=[{"id": "H1", "hierarchicalCodes": [{"id": "1", "codeID": "KE", "codelistAliasRef": "AREA"}]}],
    )
    (found,) = parsed(message("1.0", hierarchicalCodelists=[early])).artefacts
    assert found.included[0].alias == "AREA"
    assert found.hierarchies[0].codes[0].code_id == "KE"

    code = {"id": "1", "code": f"{URN}.codelist.Code=A:CL(1.0).KE", "hierarchicalCodes": [{"id": "2"}]}
    (found,) = parsed(message(hierarchies=[named("H", hierarchicalCodes=[code])])).artefacts
    assert found.codes[0].code.name.item == "KE"
    assert found.codes[0].codes[0].facts.id == "2"


def test_reference_metadata(tmp_path) -> None:
    metadata = named(
        "M",
        metadataflow=f"{URN}.metadatastructure.Metadataflow=A:MF(1.0)",
        targets=[f"{URN}.datastructure.Dataflow=A:F(1.0)"],
        action="Replace",
        attributes=[
            {"id": "CONTACT", "attributes": [{"id": "PHONE", "value": 123}, {"id": "OPEN", "value": True}]},
            {"id": "NOTE", "value": {"en": "hello", "fr": "salut"}},
        ],
    )
    data = message("2.1", metadataSets=[metadata])
    (found,) = parsed(data).artefacts

    contact, note = found.attributes
    assert [(item.id, item.value) for item in contact.attributes] == [("PHONE", "123"), ("OPEN", "true")]
    assert note.texts == (Text("hello", "en"), Text("salut", "fr"))
    assert (found.metadataflow.name.id, found.action) == ("MF", "Replace")
    (tmp_path / "m.json").write_bytes(data.replace(b"structure-schema", b"metadata-schema"))
    assert read(tmp_path / "m.json").format == "sdmx-json-2.1"


def test_positions_are_lines_of_the_file(tmp_path) -> None:
    path = tmp_path / "s.json"
    path.write_bytes(small_structure("2.0"))
    document = read(path)

    lines = path.read_text().split("\n")
    seen = 0
    for iri, place in document.positions.items():
        identifier = str(document.graph.value(iri, SKOS.notation) or "")
        if identifier:
            assert f'"id": "{identifier}"' in "".join(lines[place.line - 1 : place.line + 1])
            seen += 1
    assert seen == 14


BROKEN = [
    b"{}",
    b"[]",
    b'{"data": []}',
    b'{"data": {"codelists": {}}}',
    b'{"data": {"codelists": [1, null, "x", []]}}',
    b'{"data": {"codelists": [{"id": 1, "agencyID": "A", "codes": [7, {}, {"id": []}]}]}}',
    b'{"data": {"codelists": [{"id": "a", "agencyID": "A", "names": [], "name": {}, "annotations": 5, "links": [1]}]}}',
    b'{"data": {"codelists": [{"id": "a\\u0000\\ud800", "agencyID": "A", "x": "\\u0001"}]}}',
    b'{"data": {"dataStructures": [{"id": "a", "agencyID": "A", "dataStructureComponents": [1]}]}}',
    b'{"data": {"dataConstraints": [{"id": "a", "agencyID": "A", "cubeRegions": [{"keyValues": [{"id": {}}]}]}]}}',
    b'{"data": {"codelists": [' + b'{"a": ' * 100 + b"1" + b"}" * 100 + b"]}}",
    b'{"data": {"codelists": [{"id": "a", "agencyID": "A", "id": "b"}]}}',
    b'{"data": {"nonsense": [], "codelists": []}, "more": 1}',
    b'{"data": {"codelists": [{"id": "a", "agencyID": "A", "isPartial": "true", "version": 1.0}]}}',
]


@pytest.mark.parametrize("data", BROKEN)
def test_broken_messages_are_findings_with_a_line(data) -> None:
    document = read_structure(data, origin="m.json")

    found = [item for item in document.diagnostics if item.rule not in ("IO113", "IO114")]
    assert found
    assert all(item.location.line is not None for item in found)


def test_one_faulty_artefact_never_loses_its_neighbours() -> None:
    found = parsed(message(codelists=[named("A"), {"names": {}}, 5, named("B"), named("A")]))

    assert [item.head.name.id for item in found.artefacts] == ["A", "B", "A"]
    assert sorted(item.rule for item in found.diagnostics) == ["IO108", "IO117"]


FILES = files_of("SDMX-JSON structure")
METADATA = files_of("SDMX-JSON metadata")
ON_SETS = {"DF038", "DF039"}
"""Found on a metadata set as a whole, of which the line is known where it begins."""
WITHOUT_AGENCY = "agency_id_missing.json"
"""Its metadata set cannot be told from others, which is a finding."""


@needs_corpora
@pytest.mark.parametrize("name", [*FILES, *METADATA])
def test_corpus_artefacts_are_all_read(name) -> None:
    assert CORPORA is not None
    found = parse_json_message((CORPORA / name).read_bytes(), origin=name)

    arrays = {element: array for array, element in ARRAYS.items()}
    read_here = Counter(arrays[item.head.element] for item in found.artefacts if item.head is not None)
    expected = {array: count for array, count in counts()[name][1].items() if count}
    assert read_here == ({} if name.endswith(WITHOUT_AGENCY) else expected)
    assert all(item.location.line is not None for item in found.diagnostics)
    assert all(item.location.column is not None for item in found.diagnostics if item.rule not in ON_SETS)
    assert len(read_structure((CORPORA / name).read_bytes(), origin=name).graph) or not read_here


@needs_corpora
def test_corpus_items_are_all_read() -> None:
    """Every code and concept of every file, with its names and parent, told from the JSON itself."""
    assert CORPORA is not None
    seen = 0
    for name in FILES:
        data = json.loads((CORPORA / name).read_bytes())["data"]
        ours = read_items(read_structure((CORPORA / name).read_bytes(), origin=name).graph)
        for array, items in (("codelists", "codes"), ("conceptSchemes", "concepts")):
            for scheme in data.get(array, []):
                for item in scheme.get(items, []):
                    names, parent = ours[(scheme["agencyID"], scheme["id"], item["id"])]
                    assert {text for _, text in names} >= set(item.get("names", {}).values()) or "generated" in name
                    assert parent == item.get("parent") or "generated" in name
                    seen += 1
    print(f"{len(FILES)} files, {seen} items")
    assert seen > 500


def ids_of(message: Message) -> dict[tuple[str, str], list[str]]:
    """The items of schemes and the components of structures, by kind and id, sorted."""
    found: dict[tuple[str, str], list[str]] = {}
    for item in message.artefacts:
        if isinstance(item, ItemScheme):
            kind = "Codelist" if item.head.element == "ValueList" else item.head.element
            found[kind, item.head.name.id] = sorted(part.facts.id for part in item.items)
        elif isinstance(item, DataStructure):
            parts = (*item.dimensions, *item.attributes, *item.measures)
            found["DataStructureDefinition", item.head.name.id] = sorted(part.facts.id for part in parts)
    return found


def ids_of_pysdmx(name: str) -> dict[tuple[str, str], list[str]] | None:
    from pysdmx.io import read_sdmx

    assert CORPORA is not None
    try:
        structures = read_sdmx(CORPORA / name, validate=False).structures or []
    except Exception:  # pysdmx raises what it likes
        return None
    kinds = {"Codelist": "items", "ConceptScheme": "items", "DataStructureDefinition": "components"}
    return {
        (kind, item.id): sorted(part.id for part in getattr(item, kinds[kind]))
        for item in structures
        if (kind := type(item).__name__) in kinds
    }


@needs_corpora
def test_the_same_codes_concepts_and_components_as_pysdmx() -> None:
    assert CORPORA is not None
    files, seen = 0, Counter[str]()
    for name in FILES:
        theirs = ids_of_pysdmx(name)
        if theirs is None:
            continue
        files += 1
        ours = ids_of(parse_json_message((CORPORA / name).read_bytes(), origin=name))
        for (kind, identifier), ids in theirs.items():
            if "constructed" in name and kind == "DataStructureDefinition":
                assert set(ids) < set(ours[kind, identifier])  # it leaves out what only SDMX-JSON 1.0 has
            else:
                assert ids == ours[kind, identifier], (name, identifier)
            seen[kind] += 1
    print(f"pysdmx: {files} files, {dict(seen)}")
    assert files >= 50
    assert (seen["Codelist"] >= 15, seen["ConceptScheme"] >= 8, seen["DataStructureDefinition"] >= 4) == (True,) * 3


def test_equal_messages_but_for_places_are_equal() -> None:
    (one,) = parsed(message(codelists=[named("CL")])).artefacts
    (other,) = parsed(message(codelists=[named("CL")]).replace(b"\n", b"")).artefacts

    assert one == other
    assert one.head.facts.line != other.head.facts.line
    assert replace(one.head.facts, line=1) == other.head.facts
