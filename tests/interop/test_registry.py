"""Formats are recognised by what is in the file, and stand in one table."""

from types import SimpleNamespace

import pytest
from corpora import CORPORA, counts, needs_corpora

from semstat.interop import registry
from semstat.interop.registry import FORMATS, Format, format_of, known_formats, load, sniff
from semstat.interop.sources import sources

V21 = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"


def test_names_are_unique_and_every_opener_is_there():
    assert len({entry.name for entry in FORMATS}) == len(FORMATS)
    for entry in FORMATS:
        assert bool(entry.opener) == entry.reads, entry.name
        assert not (entry.reads and entry.in_part), entry.name
        assert not entry.opener or callable(load(entry.opener))


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (f'<x:Structure xmlns:x="{V21}"/>'.encode(), "sdmx-ml-2.1-structure"),
        (
            f'\ufeff<?xml version="1.0"?><!-- {"long " * 1000}--><?pi?><Structure xmlns="{V21}">'.encode(),
            "sdmx-ml-2.1-structure",
        ),
        (
            f'<?xml version="1.0" encoding="UTF-16"?><Structure xmlns="{V21}"/>'.encode("utf-16"),
            "sdmx-ml-2.1-structure",
        ),
        (f'<StructureSpecificTimeSeriesData xmlns="{V21}"/>'.encode(), "sdmx-ml-2.1-structure-specific-data"),
        (f'<GenericTimeSeriesData xmlns="{V21}"/>'.encode(), "sdmx-ml-2.1-generic-data"),
        (
            b'<CompactData xmlns="http://www.SDMX.org/resources/SDMXML/schemas/v2_0/message">',
            "sdmx-ml-2.0-compact-data",
        ),
        (b"DATAFLOW;A;B\n", "sdmx-csv-1.0"),
        (b'"STRUCTURE[|]";STRUCTURE_ID;ACTION\n', "sdmx-csv-2.0"),
        (b"STRUCTURED,B\n", "csv"),
        (b"FREQ\tOBS_VALUE\n", "csv"),
        (b"#curie_map:\nsubject_id\tpredicate_id\tobject_id\tmapping_justification\tNote2\n", "sssom"),
        (b"subject_id\tage\tsex\n", "csv"),
        (b"PAR1....", "parquet"),
        (b"# comment\n@prefix a: <http://a> .\n", "turtle"),
        (b"<http://a> <http://b> <http://c> .\n", "turtle"),
        (b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>', "rdf-xml"),
        (b'{"@context": {}}', "json-ld"),
        (b'{"a": 1}', "json"),
        (b"<unknown/>", None),
        (b"one word\n", None),
        (b"\x89PNG\r\n\x1a\n", None),
    ],
)
def test_first_bytes_tell(head, name):
    assert sniff(head, "file") == name


@needs_corpora
def test_every_sdmx_file_of_the_corpora_is_known_for_what_it_is():
    seen = 0
    for name, (kind, _, _) in counts().items():
        if not name.startswith("sdmx/") or not kind.startswith(("SDMX-ML", "CSV", "SDMX-JSON")):
            continue
        (source,) = sources(CORPORA / name)
        found = sniff(source.head(), source.name)
        assert found is not None, name
        if kind.startswith("SDMX-ML"):
            version, root = kind.split()[1:]
            assert found.startswith(f"sdmx-ml-{version}-"), name
            assert ("structure-specific-data" in found) == (
                root in ("StructureSpecificData", "StructureSpecificTimeSeriesData")
            )
        else:
            assert found in ("csv", "sdmx-csv-1.0", "sdmx-csv-2.0") or found.startswith("sdmx-json-"), (name, found)
            assert (kind == "CSV") == ("csv" in found), (name, found)
        seen += 1
    print(f"{seen} files")
    assert seen > 400


def test_a_message_that_the_table_does_not_list_is_still_named(tmp_path):
    path = tmp_path / "query.xml"
    path.write_text(f'<DataStructureQuery xmlns="{V21}"/>')
    entry = format_of(sources(path)[0])
    assert (entry.title, entry.reads) == ("SDMX-ML 2.1 data structure query", False)


class _Point(SimpleNamespace):
    def load(self):
        return self.entry


@pytest.fixture
def plugged(monkeypatch):
    def plug(*points):
        monkeypatch.setattr(registry, "entry_points", lambda group: points)
        registry._plugged_in.cache_clear()

    yield plug
    registry._plugged_in.cache_clear()


def test_formats_of_other_distributions(plugged):
    entry = Format("px", "PC-Axis", True, False, "data", "json:loads", sniffer="operator:contains")
    plugged(_Point(name="px", entry=entry, dist=SimpleNamespace(name="semstat-px"), value="x"))
    assert known_formats()[-1] == entry
    assert sniff(b"file, and more", b"file") == "px"


def test_a_name_that_is_taken_is_an_error_that_names_both(plugged):
    entry = Format("csv", "Another", True, False, "data", "json:loads")
    plugged(_Point(name="csv", entry=entry, dist=SimpleNamespace(name="semstat-x"), value="x"))
    with pytest.raises(ValueError, match="offered by semstat and by semstat-x"):
        known_formats()
