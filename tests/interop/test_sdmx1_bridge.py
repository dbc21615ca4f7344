"""The bridge to sdmx1: what crosses it, and each quirk of sdmx1 that it fences, by name."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from corpora import CORPORA, needs_corpora

from semstat.interop.formats.sdmx.bridge import from_sdmx1, read_with_sdmx1, to_sdmx1
from semstat.interop.formats.sdmx.structure import read_structure
from semstat.ontology.errors import MissingExtra, SemstatError
from semstat.ontology.terms import RDF, SS, SST

pytest.importorskip("sdmx")
EXAMPLE = Path(__file__).parents[2] / "examples" / "population" / "structure.xml"


def test_what_sdmx1_holds_is_in_the_graph_as_if_we_had_read_it() -> None:
    """Every triple of ours but those of the provision agreement, which sdmx1 cannot write."""
    ours = read_structure(EXAMPLE.read_bytes(), origin="structure.xml").graph
    theirs = from_sdmx1(read_with_sdmx1(EXAMPLE)).graph

    missing = {subject for subject, _, _ in set(ours) - set(theirs)}
    assert missing == set(ours.subjects(RDF.type, SST.ProvisionAgreement))
    # What sdmx1 adds of its own: flags at their defaults, and itself as an agency.
    added = {(subject, predicate) for subject, predicate, _ in set(theirs) - set(ours)}
    assert {predicate for subject, predicate in added if not str(subject).endswith("/AGENCIES/1.0/SDMX")} <= {
        SS.isExternalReference,
        SS.isFinal,
    }


def test_quirk_sdmx1_writes_no_facets_so_we_put_them_back() -> None:
    graph = from_sdmx1(read_with_sdmx1(EXAMPLE)).graph

    assert {str(value) for value in graph.objects(None, SST.maxLength)} == {"120", "350"}
    assert {str(value) for value in graph.objects(None, SST.decimals)} == {"1"}
    assert {str(value) for value in graph.objects(None, SST.minValue)} == {"0"}


def test_quirk_sdmx1_has_no_writer_for_provision_agreements_so_we_say_so() -> None:
    document = from_sdmx1(read_with_sdmx1(EXAMPLE), origin="memory")

    (lost,) = [item for item in document.diagnostics if item.rule == "IO112"]
    assert "PA_POPULATION_WB" in lost.message
    assert lost.location.source == "memory"
    assert all(item.location.line is None for item in document.diagnostics)


def test_quirk_sdmx1_prints_its_parser_stack_to_stdout(tmp_path, capfd) -> None:
    broken = EXAMPLE.read_text("utf-8").replace("<str:Codelists>", "<str:Codelists><str:Unheard id='X'/>", 1)
    path = tmp_path / "broken.xml"
    path.write_text(broken, encoding="utf-8")

    with pytest.raises(SemstatError, match="sdmx1 cannot read") as caught:
        read_with_sdmx1(path)

    assert capfd.readouterr().out == ""
    assert "semstat.interop.read" in caught.value.hint


@needs_corpora
def test_quirk_sdmx1_cannot_read_3_0_after_2_1_data_unless_its_3_0_reader_came_first() -> None:
    assert CORPORA is not None
    samples = CORPORA / "sdmx"
    code = f"""
from semstat.interop.formats.sdmx.bridge import read_with_sdmx1
read_with_sdmx1({str(samples / "ml21/twg-samples/exr/ecb_exr_ng/structured/ecb_exr_ng_ts.xml")!r})
message = read_with_sdmx1({str(samples / "ml30/twg-samples/Codelist/codelist.xml")!r})
print(*message.codelist)
"""
    environment = {**os.environ, "PYTHONSAFEPATH": "1"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stdout) == (0, "CL_AGE\n"), done.stderr


def test_without_sdmx1_the_error_names_the_command_to_run(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "sdmx", None)

    with pytest.raises(MissingExtra) as caught:
        read_with_sdmx1(EXAMPLE)

    assert caught.value.hint == 'pip install "semstat[sdmx1]"'


def test_what_we_hold_becomes_what_sdmx1_reads_from_the_file() -> None:
    ours, losses = to_sdmx1(read_structure(EXAMPLE.read_bytes(), origin="structure.xml"))
    theirs = read_with_sdmx1(EXAMPLE)

    assert losses == ()
    assert {name: list(scheme.items) for name, scheme in ours.codelist.items()} == {
        name: list(scheme.items) for name, scheme in theirs.codelist.items()
    }
    (mine,), (other,) = ours.structure.values(), theirs.structure.values()
    assert [item.id for item in mine.dimensions] == [item.id for item in other.dimensions]
    assert [item.id for item in mine.attributes] == [item.id for item in other.attributes]
    assert list(ours.dataflow) == list(theirs.dataflow)


def test_there_and_back_the_graph_is_the_same() -> None:
    document = read_structure(EXAMPLE.read_bytes(), origin="structure.xml")
    back = from_sdmx1(to_sdmx1(document)[0]).graph
    missing = {subject for subject, _, _ in set(document.graph) - set(back)}
    assert missing == set(document.graph.subjects(RDF.type, SST.ProvisionAgreement))
