"""``semstat convert``: targets, what is refused, an output that is whole or not there, the account of losses."""

import json

import pytest
from command import semstat
from rdflib import Graph
from sdmx_messages import CODELIST, message

from semstat.interop import convert
from semstat.interop.conversion import CannotConvert
from semstat.ontology.terms import SKOS


@pytest.fixture
def structure(tmp_path):
    path = tmp_path / "structure.xml"
    path.write_bytes(message(CODELIST.format('<s:Code id="01"><c:Name>one</c:Name></s:Code>')))
    return path


def test_the_hub_graph_as_turtle(structure, tmp_path) -> None:
    out = tmp_path / "out.ttl"
    done = semstat("convert", structure, "-o", out)
    assert done.code == 0, done.err
    assert "1 artefact written as turtle; nothing was lost." in done.err
    graph = Graph().parse(out)
    assert {str(value) for value in graph.objects(None, SKOS.notation)} == {"01"}


def test_the_suffix_must_name_one_format(structure, tmp_path) -> None:
    done = semstat("convert", structure, "-o", tmp_path / "out.dat")
    assert done.code == 2
    assert "suffix '.dat'" in done.err
    assert not (tmp_path / "out.dat").exists()


def test_nothing_is_written_when_an_input_cannot_be_read(structure, tmp_path) -> None:
    broken = tmp_path / "broken.xml"
    broken.write_bytes(structure.read_bytes()[:-20])
    out = tmp_path / "out.ttl"
    out.write_text("earlier")
    done = semstat("convert", structure, broken, "-o", out)
    assert done.code == 3
    assert "IO101" in done.err
    assert out.read_text() == "earlier"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_the_loss_report_is_there_when_nothing_was_lost(structure, tmp_path) -> None:
    done = semstat(
        "convert", structure, "-o", tmp_path / "o.ttl", "--loss-report", tmp_path / "l.json", "--fail-on-loss"
    )
    assert done.code == 0
    assert json.loads((tmp_path / "l.json").read_text())["losses"] == []


def test_standard_output(structure) -> None:
    done = semstat("convert", structure, "-o", "-", "--to", "turtle")
    assert done.code == 0
    assert 'skos:notation "01"' in done.out


def test_as_a_library(structure, tmp_path) -> None:
    assert convert([structure], tmp_path / "o.ttl").written == {"artefacts": 1}
    with pytest.raises(CannotConvert):
        convert([structure], tmp_path / "o.ttl", to="no-such-format")


@pytest.mark.parametrize("target", ["sdmx-ml-2.1", "sdmx-ml-3.0", "sdmx-ml-3.1", "sdmx-json-2.0", "sdmx-json-2.1"])
def test_versions(structure, tmp_path, target) -> None:
    out = tmp_path / "out"
    done = semstat("convert", structure, "-o", out, "--to", target, "--prepared", "2024-01-31", "--sender", "ME")
    assert done.code == 0, done.err
    again = semstat("convert", out, "-o", "-", "--to", "turtle")
    assert again.code == 0, again.err
    assert 'skos:notation "01"' in again.out


def test_a_message_needs_a_date(structure, tmp_path) -> None:
    done = semstat("convert", structure, "-o", tmp_path / "out.xml", "--to", "sdmx-ml-3.0")
    assert done.code == 2
    assert "--prepared" in done.err
    assert not (tmp_path / "out.xml").exists()


def test_xml_does_not_say_which_version(structure, tmp_path) -> None:
    done = semstat("convert", structure, "-o", tmp_path / "out.xml")
    assert done.code == 2
    assert "sdmx-ml-2.1-structure, sdmx-ml-3.0-structure, sdmx-ml-3.1-structure" in done.err


def test_losses_are_counted_listed_and_can_fail(tmp_path) -> None:
    draft = tmp_path / "draft.xml"
    draft.write_bytes(message(CODELIST.format("").replace('version="1.0"', 'version="1.0.0-draft"'), version="3_0"))
    report = tmp_path / "losses.json"
    done = semstat("convert", draft, "-o", tmp_path / "out.xml", "--to", "sdmx-ml-2.1", "--prepared", "2024-01-31",
                   "--loss-report", report, "--fail-on-loss")  # fmt: skip
    assert done.code == 1
    assert "1 × version-not-representable (IO203)" in done.err
    (loss,) = json.loads(report.read_text())["losses"]
    assert (loss["rule"], loss["value"], loss["line"]) == ("IO203", "1.0.0-draft", 2)
    assert (tmp_path / "out.xml").exists()
