"""What people read after a load: each of a few sources, and of many what they have in common and why some were not read."""

import io
import json
from pathlib import Path

import pytest

from semstat.cli.load_report import load_report
from semstat.cli.output import say
from semstat.interop.catalogue import Loaded
from semstat.interop.catalogue.records import SourceRecord
from semstat.interop.writing import write_text
from semstat.validators.diagnostics import Location
from semstat.validators.rules import finding
from tests.command import EXAMPLES, semstat


def added(number: int, form: str = "turtle") -> Loaded:
    record = SourceRecord(f"a/{number}.ttl", form, "0" * 64, "2026-01-01T00:00:00Z", "1", 1_000)
    return Loaded(record.name, "added", record)


def unread(number: int, rule: str, said: str, state: str = "left out") -> Loaded:
    name = f"b/{number}.xml"
    return Loaded(name, state, None, (finding(rule, said, Location(name)),))


def test_a_few_sources_are_told_one_by_one() -> None:
    lines = list(load_report([added(1), unread(1, "IO112", "it holds nothing")]))
    assert lines == [
        "added     a/1.ttl  turtle, 1,000 statements",
        "left out  b/1.xml",
        "          b/1.xml:1: error IO112  it holds nothing",
        "1 added, 1 left out",
    ]


def test_many_are_counted_by_format_and_what_was_not_read_by_reason() -> None:
    done = [added(number, "turtle" if number % 3 else "json-ld") for number in range(60)]
    done += [
        unread(number, "DF013", f"the dataset names the dataflow AG:DF_{number % 4}(1.0), which is not at hand")
        for number in range(9)
    ]
    done += [unread(99, "IO101", "the RDF cannot be read: it ends\n  in the middle", "refused")]
    assert list(load_report(done)) == [
        "refused   b/99.xml",
        "          b/99.xml:1: error IO101  the RDF cannot be read: it ends\n  in the middle",
        "read, by format:",
        "    40  turtle   40,000 statements",
        "    20  json-ld  20,000 statements",
        "not read, by reason (of 10 sources; semstat explain RULE says more):",
        "     9  DF013  the dataset names the dataflow …, which is not at hand",
        "        AG:DF_0(1.0) (3), AG:DF_1(1.0) (2), AG:DF_2(1.0) (2), and 1 more",
        "     1  IO101  the RDF cannot be read: it ends in the middle",
        "        99.xml",
        "60 added, 9 left out, 1 refused",
    ]  # fmt: skip


def test_what_holds_nothing_is_left_out_and_does_not_fail_a_load(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    semstat("init")
    (tmp_path / "empty.ttl").write_text("@prefix a: <urn:a> .\n")
    (tmp_path / "far.jsonld").write_text('{"@context": "https://example.org/context.jsonld", "@id": "urn:a", "b": 1}')
    (tmp_path / "structure.xml").write_bytes((EXAMPLES / "structure.xml").read_bytes())
    outcome = semstat("load", "empty.ttl", "structure.xml")
    assert (outcome.code, outcome.out.splitlines()[-1]) == (0, "1 added, 1 left out")
    far = semstat("load", "far.jsonld")
    assert (far.code, "its context lies elsewhere, and nothing is fetched" in far.out) == (3, True)
    (tmp_path / "structure.xml").write_bytes(b"")
    emptied = semstat("load", "structure.xml")
    assert (emptied.code, "refused   structure.xml" in emptied.out) == (3, True), (
        "what held something and is empty now is odd"
    )


def test_a_writer_may_wait_for_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from semstat.interop.catalogue import Catalogue

    monkeypatch.chdir(tmp_path)
    semstat("init")
    (tmp_path / "a.ttl").write_text("<urn:a> <urn:p> 'a' .")
    with Catalogue(tmp_path)._generations.writing():
        told = semstat("load", "a.ttl")
        waited = semstat("load", "a.ttl", "--wait", "0.2")
    assert (told.code, waited.code) == (2, 2)
    assert "is writing to the catalogue" in told.err
    assert "--wait" in told.err
    assert semstat("load", "a.ttl", "--wait", "5").out.endswith("1 added\n")


def test_half_a_surrogate_pair_is_written_as_an_escape(monkeypatch, tmp_path):
    stream = io.TextIOWrapper(io.BytesIO(), "utf-8", newline="")
    monkeypatch.setattr("sys.stdout", stream)
    say('{"id": "\ud800"}\n')
    stream.flush()
    assert json.loads(stream.buffer.getvalue()) == {"id": "\ud800"}
    write_text(tmp_path / "a.json", '{"id": "\ud800"}')
    assert json.loads((tmp_path / "a.json").read_bytes()) == {"id": "\ud800"}
