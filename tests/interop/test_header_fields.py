"""Every field of a header is the same after a conversion, or named in the account, whatever pair of formats."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from corpora import CORPORA, counts, needs_corpora
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from ml_reading import source_of
from round_trips import HEADER, components_of
from small_cube import outgoing as small

from semstat.interop import Header, convert
from semstat.interop.data_conversion import WRITERS, outgoing, write_message
from semstat.interop.formats.data import open_data
from semstat.interop.formats.outgoing import Losses, Outgoing, Settings
from semstat.interop.formats.sdmx.fit_header import header_parts
from semstat.interop.formats.sdmx.header import NO_HEADER
from semstat.interop.reading import read
from semstat.interop.registry import FORMATS
from semstat.interop.structures import Structures
from semstat.validators.diagnostics import Diagnostic
from semstat.validators.structural.header_dates import DATE_FACTS

RULES = Path(__file__).parents[1] / "rules"
LABOUR = RULES / "structures" / "labour.xml"
ML = [f"sdmx-ml-{version}-structure-specific-data" for version in ("2.1", "3.0", "3.1")]
READ = [entry.name for entry in FORMATS if entry.kind == "data" and entry.reads and entry.name in WRITERS]
FIELDS: dict[str, str] = {
    "ID": "<mes:ID>LABOUR_1</mes:ID>",
    "Test": "<mes:Test>true</mes:Test>",
    "Prepared": "<mes:Prepared>2024-01-31T12:00:00</mes:Prepared>",
    "Sender": """<mes:Sender id="CZ1"><com:Name xml:lang="cs">Úřad</com:Name><com:Name xml:lang="en">Office &amp; co</com:Name>
<mes:Contact><com:Name>Jana</com:Name><mes:Department xml:lang="cs">práce</mes:Department><mes:Role>statistician</mes:Role>
<mes:Telephone>+420 1</mes:Telephone><mes:Email>jana@example.org</mes:Email><mes:Telephone>+420 2</mes:Telephone></mes:Contact>
<mes:Timezone>+01:00</mes:Timezone></mes:Sender>""",
    "Receiver": '<mes:Receiver id="EU1"><com:Name>Union</com:Name></mes:Receiver><mes:Receiver id="EU2"/>',
    "Name": '<com:Name xml:lang="fr">travail</com:Name><com:Name xml:lang="en">labour</com:Name>',
    "Structure": """<mes:Structure structureID="LAB" dimensionAtObservation="TIME_PERIOD"
 namespace="urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=SEMSTAT:DF_LABOUR(1.0):ObsLevelDim:TIME_PERIOD">
<com:StructureUsage><Ref agencyID="SEMSTAT" id="DF_LABOUR" version="1.0"/></com:StructureUsage></mes:Structure>""",
    "DataProvider": """<mes:DataProvider><Ref agencyID="SEMSTAT" maintainableParentID="DATA_PROVIDERS" id="CZ1"
 maintainableParentVersion="1.0"/></mes:DataProvider>""",
    "DataSetAction": "<mes:DataSetAction>Replace</mes:DataSetAction>",
    "DataSetID": "<mes:DataSetID>SET_1</mes:DataSetID>",
    "Extracted": "<mes:Extracted>2024-01-30T08:00:00</mes:Extracted>",
    "ReportingBegin": "<mes:ReportingBegin>2022-W01</mes:ReportingBegin>",
    "ReportingEnd": "<mes:ReportingEnd>2023</mes:ReportingEnd>",
    "EmbargoDate": "<mes:EmbargoDate>2024-02-15T09:00:00Z</mes:EmbargoDate>",
    "Source": '<mes:Source xml:lang="cs">šetření</mes:Source><mes:Source>survey</mes:Source>',
}
"""The elements of a header, in the order of the schema."""

ATTRIBUTES = {
    "setID": "SET_2",
    "validFromDate": "2024-01-01T00:00:00",
    "validToDate": "2024-12-31T00:00:00Z",
    "publicationYear": "2024",
    "publicationPeriod": "2024-Q1",
    "reportingBeginDate": "2022",
}
WITHIN = {
    "DataProvider": '<DataProvider><Ref agencyID="A" maintainableParentID="DATA_PROVIDERS" id="P"/></DataProvider>',
    "Annotations": "<com:Annotations><com:Annotation><com:AnnotationTitle>x</com:AnnotationTitle></com:Annotation>"
    "</com:Annotations>",
}
ROW = {"FREQ": "A", "AREA": "FR", "TIME_PERIOD": "2020", "OBS_VALUE": "1"}
NEEDED = {"ID", "Test", "Prepared", "Sender", "Structure"}


def ml_message(header: set[str], attributes: set[str], within: set[str]) -> bytes:
    stem = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"
    said = "".join(FIELDS[name] for name in FIELDS if name in header | NEEDED)
    own = "".join(f' ss:{name}="{text}"' for name, text in ATTRIBUTES.items() if name in attributes)
    inside = "".join(WITHIN[name] for name in sorted(within))
    return f"""<mes:StructureSpecificData xmlns:mes="{stem}/message" xmlns:com="{stem}/common"
 xmlns:ss="{stem}/data/structurespecific" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xmlns:lab="urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=SEMSTAT:DF_LABOUR(1.0):ObsLevelDim:TIME_PERIOD">
<mes:Header>{said}</mes:Header>
<mes:DataSet ss:structureRef="LAB" ss:dataScope="DataStructure"{own} xsi:type="lab:DataSetType">{inside}
<Series FREQ="A" REF_AREA="CZ" SEX="F" UNIT_MULT="3"><Obs TIME_PERIOD="2022" OBS_VALUE="2287.5" OBS_STATUS="A"/></Series>
</mes:DataSet></mes:StructureSpecificData>""".encode()


@cache
def structures() -> Structures:
    return Structures(read(LABOUR).graph)


def taken(data: bytes, name: str, format: str | None = None) -> list[Outgoing]:
    known = structures()
    # each at once: its records are gone when the next dataset begins
    opened = open_data(source_of(data, name), known.components, format=format)
    return [outgoing(dataset, known, name) for dataset in opened]


def converted(datasets: list[Outgoing], target: str, header: Header = NO_HEADER) -> tuple[bytes, list[Diagnostic]]:
    sink, losses = BytesIO(), Losses()
    write_message(datasets, sink, target, losses, Settings(header))
    return sink.getvalue(), losses.found


_LETTERS = {"I": "Information", "A": "Append", "M": "Merge", "R": "Replace", "D": "Delete"}


def facts_of(dataset: Outgoing) -> Counter[tuple[str, str]]:
    """All that is said beside the records, by the names of SDMX-ML; a dataset that says no action is told of."""
    found = Counter(header_parts(dataset.header))
    named = [("setID", dataset.identity.set_id), ("DataProvider", dataset.identity.provider), *dataset.identity.others]
    named += [(name, getattr(dataset.facts, fact)) for fact, name in DATE_FACTS.items()]
    actions = {dataset.action} if dataset.action else {_LETTERS[letter] for letter in dataset.records.actions}
    named += [("action", "Append" if action == "Merge" else action) for action in actions]
    found.update((name, text) for name, text in named if text is not None)
    return found


def unaccounted(before: Outgoing, data: bytes, losses: list[Diagnostic], target: str) -> Iterator[tuple[str, str]]:
    """Yield what was said before, is not said any more, and is not in the account."""
    named = None if target.startswith("sdmx-") else target
    after = [facts_of(item) for item in taken(data, "message", named)]
    told = [(item.location.path, item.message) for item in losses]
    for name, text in facts_of(before) - after[0]:
        if name == "action" and (text == "Information" or any(item.rule == "IO223" for item in losses)):
            continue
        if not any(path == name and f"`{text}`" in message for path, message in told):
            yield name, text


FIRST = {
    "everything": ml_message(set(FIELDS), set(ATTRIBUTES), set(WITHIN)),
    "header alone": ml_message(set(FIELDS), set(), set()),
}


@pytest.mark.parametrize("second", READ)
@pytest.mark.parametrize("first", READ)
def test_every_field_survives_two_formats_or_is_in_the_account(first: str, second: str) -> None:
    (start,) = taken(FIRST["everything"], "start")
    middle, losses = converted([start], first)
    assert list(unaccounted(start, middle, losses, first)) == []
    (between,) = taken(middle, "middle", None if first.startswith("sdmx-") else first)
    end, losses = converted([between], second, NO_HEADER if between.header.prepared else HEADER)
    assert list(unaccounted(between, end, losses, second)) == []


@settings(max_examples=20, deadline=None)
@given(
    header=st.sets(st.sampled_from(sorted(FIELDS))),
    attributes=st.sets(st.sampled_from(sorted(ATTRIBUTES))),
    within=st.sets(st.sampled_from(sorted(WITHIN))),
    target=st.sampled_from(READ),
)
def test_any_header_survives_or_is_in_the_account(header, attributes, within, target) -> None:
    (start,) = taken(ml_message(header, attributes, within), "start")
    data, losses = converted([start], target)
    assert list(unaccounted(start, data, losses, target)) == []
    assert ("IO202" in {item.rule for item in losses}) == ("Annotations" in within)


@pytest.mark.parametrize("target", ML)
def test_other_versions_of_sdmx_ml_lose_nothing_of_a_header(target: str) -> None:
    (start,) = taken(FIRST["header alone"], "start")
    data, losses = converted([start], target)
    assert losses == []
    (end,) = taken(data, "end")
    assert facts_of(end) == facts_of(start)
    root = etree.fromstring(data)
    assert root.findtext("{*}Header/{*}Extracted") == "2024-01-30T08:00:00"
    (place,) = root.iterfind("{*}DataSet/DataProvider")
    stated = (place.text or "").strip() or dict(place[0].attrib)
    old = {"agencyID": "SEMSTAT", "maintainableParentID": "DATA_PROVIDERS", "maintainableParentVersion": "1.0"}
    urn = "urn:sdmx:org.sdmx.infomodel.base.DataProvider=SEMSTAT:DATA_PROVIDERS(1.0).CZ1"
    assert stated == (old | {"id": "CZ1", "class": "DataProvider", "package": "base"} if "2.1" in target else urn)


@pytest.mark.parametrize(("version", "contacts"), [("2.0", "contact"), ("2.1", "contacts")])
def test_sdmx_json_keeps_the_provider_and_the_contacts(version: str, contacts: str) -> None:
    (start,) = taken(FIRST["header alone"], "start")
    data, losses = converted([start], f"sdmx-json-{version}-data")
    message = json.loads(data)
    links = message["data"]["dataSets"][0]["links"]
    assert {"urn": start.identity.provider, "rel": "dataprovider"} in links
    assert message["meta"]["sender"][contacts][0]["telephones"] == ["+420 1", "+420 2"]
    lost = {item.location.path: item.rule for item in losses}
    assert lost == {
        "Prepared": "IO236",
        "Sender/Timezone": "IO236",
        **dict.fromkeys(("Extracted", "Source", "setID", "EmbargoDate"), "IO235"),
    }


def test_a_table_loses_the_mark_of_a_test_with_a_warning() -> None:
    (start,) = taken(FIRST["header alone"], "start")
    _, losses = converted([start], "sdmx-csv-2.0")
    grades = {(item.location.path, item.severity.value) for item in losses if item.rule == "IO236"}
    assert {("Test", "warning"), ("ID", "info"), ("Sender", "info")} <= grades


OLD = b"""<CompactData xmlns="http://www.SDMX.org/resources/SDMXML/schemas/v2_0/message" xmlns:k="urn:x">
<Header><ID>OLD</ID><Test>false</Test><Truncated>true</Truncated><Name xml:lang="de">alt</Name><Prepared>2001-03-11</Prepared>
<Sender id="BIS"><Name>Bank</Name></Sender><Sender id="ECB"/><Receiver id="X"/><KeyFamilyRef>DSD_LABOUR</KeyFamilyRef>
<KeyFamilyAgency>SEMSTAT</KeyFamilyAgency><DataSetAgency>BIS</DataSetAgency><DataSetID>A.1</DataSetID>
<DataSetAction>Append</DataSetAction><Extracted>2001-03-10T00:00:00</Extracted><ReportingBegin>1999</ReportingBegin></Header>
<k:DataSet dataProviderSchemeAgencyId="BIS" dataProviderSchemeId="DATA_PROVIDERS" dataProviderID="5B0"
 keyFamilyURI="urn:y" reportingBeginDate="2000"><k:Series FREQ="A" REF_AREA="CZ" SEX="F" UNIT_MULT="3">
<k:Obs TIME_PERIOD="2022" OBS_VALUE="2287.5" OBS_STATUS="A"/></k:Series></k:DataSet></CompactData>"""


@pytest.mark.parametrize("target", READ)
def test_messages_of_2_0_are_accounted_for(target: str) -> None:
    (start,) = taken(OLD, "old")
    assert start.identity.provider == "urn:sdmx:org.sdmx.infomodel.base.DataProvider=BIS:DATA_PROVIDERS(1.0).5B0"
    data, losses = converted([start], target)
    assert list(unaccounted(start, data, losses, target)) == []
    lost = {item.location.path for item in losses}
    # an id that is none in later versions, a date that the dataset contradicts, a second sender
    assert {"Truncated", "DataSetAgency", "setID", "Sender", "keyFamilyURI", "ReportingBegin"} <= lost


JSON = """{"meta": {"schema": "https://json.sdmx.org/1.0.0/sdmx-json-data-schema.json", "id": "J 1", "prepared": "2024-01-31",
"test": true, "contentLanguages": ["fr"], "name": "travail", "sender": {"id": "no id", "name": "Office"},
"receiver": {"id": "EU1"}, "links": [{"href": "https://example.org", "rel": "self"}]},
"data": {"structure": {"links": [{"rel": "dataflow",
"urn": "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=SEMSTAT:DF_LABOUR(1.0)"}],
"dimensions": {"observation": [{"id": "FREQ", "values": [{"id": "A"}]}, {"id": "REF_AREA", "values": [{"id": "CZ"}]},
{"id": "SEX", "values": [{"id": "F"}]}, {"id": "TIME_PERIOD", "values": [{"id": "2022"}]}]}, "attributes": {"observation": []}},
"dataSets": [{"action": "Append", "validFrom": "2024-01-01T00:00:00Z",
"links": [{"href": "https://example.org/m", "rel": "describedby"}],
"extracted": "2024-01-30", "observations": {"0:0:0:0": [1]}}]}}"""


@pytest.mark.parametrize("target", READ)
def test_messages_of_sdmx_json_1_0_are_accounted_for(target: str) -> None:
    (start,) = taken(JSON.encode(), "start.json")
    assert [(text.value, text.language) for text in start.header.names] == [("travail", "fr")]
    data, losses = converted([start], target)
    assert list(unaccounted(start, data, losses, target)) == []
    assert {"ID", "Sender", "links", "extracted"} <= {item.location.path for item in losses}


def test_a_provider_that_is_carried_is_no_loss_and_one_that_names_nobody_is() -> None:
    own = WITHIN["DataProvider"].encode()
    alone = ml_message(NEEDED, set(), {"DataProvider"})
    twice = ml_message(NEEDED | {"DataProvider"}, set(), {"DataProvider"})
    header = FIELDS["DataProvider"].replace("mes:", "").encode()
    for data, lost in (
        (alone, []),
        (twice.replace(own, header), []),
        (alone.replace(b'id="P"', b""), ["DataProvider"]),
    ):
        (start,) = taken(data, "start.xml")
        _, losses = converted([start], ML[1])
        assert [item.location.path for item in losses] == lost


def test_annotations_of_sdmx_json_are_in_the_account() -> None:
    text = JSON.replace('"attributes": {"observation": []}}', '"attributes": {}, "annotations": [{"title": "x"}]}')
    text = text.replace('"observations": {"0:0:0:0": [1]}', '"annotations": [0], "observations": {"0:0:0:0": [1, 0]}')
    (start,) = taken(text.encode(), "start.json")
    _, losses = converted([start], "sdmx-csv-2.0")
    found = [(item.message, item.location.line) for item in losses if item.rule == "IO202"]
    assert [message for message, _ in found] == [
        "the dataset's annotations are not interpreted; nothing of it is written",
        "annotations of observations are not interpreted; nothing of it is written",
    ]


def test_one_header_is_written_of_two_messages(tmp_path: Path) -> None:
    first, second = tmp_path / "a.xml", tmp_path / "b.xml"
    first.write_bytes(FIRST["header alone"])
    second.write_bytes(ml_message(NEEDED, set(), set()).replace(b"LABOUR_1", b"LABOUR_2").replace(b'"2022"', b'"2023"'))
    done = convert([first, second], tmp_path / "o.xml", to=ML[1], structure=[LABOUR])
    found = [(item.location.path, item.location.source) for item in done.losses if item.rule == "IO236"]
    assert found == [("ID", str(second))]
    assert "one header" in done.losses[0].message


def test_what_the_user_says_is_no_loss(tmp_path: Path) -> None:
    place = tmp_path / "a.xml"
    place.write_bytes(ml_message(NEEDED, set(), set()))
    said = Header(id="MINE", prepared="2024-03-01")
    done = convert([place], tmp_path / "o.xml", to=ML[1], structure=[LABOUR], header=said)
    assert done.losses == ()


@needs_corpora
def test_no_header_of_the_corpora_is_lost_without_a_word() -> None:
    """The headers of the messages, around a small dataset of ours."""
    assert CORPORA is not None
    names = [
        name for name in counts() if name.startswith("sdmx/") and counts()[name][0].endswith(("Data", "JSON data"))
    ]
    found: dict[frozenset[str], Outgoing] = {}
    for name in names:
        data = (CORPORA / name).read_bytes()
        for dataset in open_data(source_of(data, name), lambda _: None):
            told = {"header": dataset.header, "identity": dataset.identity, "facts": dataset.facts}
            one = replace(small([ROW]), **told)
            found.setdefault(frozenset(field for field, _ in facts_of(one)), one)
    fields, components = 0, components_of(small([ROW]))
    for one in found.values():
        fields += sum(facts_of(one).values())
        for target in ("sdmx-ml-2.1-structure-specific-data", "sdmx-json-2.0-data", "sdmx-csv-2.0"):
            data, losses = converted([one], target, NO_HEADER if one.header.prepared else HEADER)
            (again,) = open_data(source_of(data), lambda _: components)
            stated = facts_of(replace(one, header=again.header, identity=again.identity, facts=again.facts))
            for field, text in facts_of(one) - stated:
                told_of = [item.message for item in losses if item.location.path == field]
                # a provider that stands in the dataset is read last, and not here
                assert field == "DataProvider" or any(f"`{text}`" in message for message in told_of), (target, field)
    print(f"{len(names)} messages with {len(found)} kinds of header, {fields} fields")
    assert (len(names) >= 90, len(found) >= 12, fields >= 80) == (True, True, True)
