"""Inputs: what is opened, what is refused, and under which rule."""

import gzip
import io
import struct
import sys
import zipfile

import pytest

from semstat.interop.formats.data import open_data
from semstat.interop.recognise import is_html
from semstat.interop.sources import InputRefused, Limits, sources

CSV = b"FREQ,OBS_VALUE\nA,1\nNA,2\n"


def _rule(action) -> str:
    with pytest.raises(InputRefused) as refused:
        action()
    return refused.value.diagnostic.rule


def _bytes_of(source) -> bytes:
    with source.open() as stream:
        return stream.read()


def _read_all(path, **options) -> list[int]:
    result = []
    for source in sources(path, **options):
        for dataset in open_data(source, lambda _: None):
            for _ in dataset.observations.batches:
                pass
            result.append(dataset.tally.observations)
    return result


def test_a_file_is_itself(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(CSV)
    (source,) = sources(path)
    assert (source.name, source.size) == (str(path), len(CSV))
    assert [_bytes_of(source) for _ in range(2)] == [CSV, CSV]


def test_gzip_is_known_by_its_first_bytes(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(gzip.compress(CSV))
    assert _read_all(path) == [2]


def test_standard_input_can_be_opened_twice(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(gzip.compress(CSV))))
    (source,) = sources("-")
    assert [_bytes_of(source) for _ in range(2)] == [CSV, CSV]


def test_members_of_an_archive(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("b.csv", CSV)
        archive.writestr("a.csv", CSV)
    assert [source.name for source in sources(path)] == [f"{path}!a.csv", f"{path}!b.csv"]
    assert _read_all(f"{path}!b.csv") == [2]
    assert _rule(lambda: sources(f"{path}!c.csv")) == "IO104"


@pytest.mark.parametrize("name", ["../a.csv", "/a.csv", "C:\\a.csv", "x\\..\\..\\a.csv"])
def test_an_archive_that_points_outside_is_refused(tmp_path, name):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), CSV)
    assert _rule(lambda: sources(path)) == "IO102"


def test_a_symbolic_link_in_an_archive_is_refused(tmp_path):
    path = tmp_path / "a.zip"
    link = zipfile.ZipInfo("a.csv")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert _rule(lambda: sources(path)) == "IO102"


def test_an_archive_that_claims_two_gigabytes_is_refused_unread(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", CSV)
    data = path.read_bytes()
    place = data.index(b"PK\x01\x02") + 24
    path.write_bytes(data[:place] + struct.pack("<I", 2 << 30) + data[place + 4 :])
    assert _rule(lambda: sources(path)) == "IO107"


def test_an_archive_is_counted_whatever_it_claims(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"0" * (64 << 20))
    assert _rule(lambda: _bytes_of(sources(path)[0])) == "IO107"
    assert _rule(lambda: sources(path, limits=Limits(archive_bytes=1000))) == "IO107"
    assert _rule(lambda: sources(path, limits=Limits(archive_members=0))) == "IO107"


def test_a_gzip_bomb_is_refused_while_it_expands(tmp_path):
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(b"a,b\n" + b"0,0\n" * (16 << 20)))
    assert _rule(lambda: _read_all(path)) == "IO107"
    assert _rule(lambda: _read_all(path, limits=Limits(ratio=10_000, stream_bytes=1 << 20))) == "IO107"


def test_a_gzip_stream_that_breaks_off(tmp_path):
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(CSV)[:-12])
    assert _rule(lambda: _read_all(path)) == "IO104"


@pytest.mark.parametrize("name", ["code.py", "notes.md", "csv", "code.py.gz"])
def test_lines_with_commas_are_no_data_in_a_directory(tmp_path, name):
    content = b"import a, b\n"
    (tmp_path / name).write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    assert _rule(lambda: sources(tmp_path)) == "IO104"
    assert len(sources(tmp_path / name)) == 1


def test_tables_of_a_directory_are_known_by_their_suffix(tmp_path):
    for name in ("a.CSV", "b.tsv", "c.tab", "d.txt"):
        (tmp_path / name).write_bytes(CSV)
    (tmp_path / "e.csv.gz").write_bytes(gzip.compress(CSV))
    (tmp_path / "f").write_bytes(b"DATAFLOW,FREQ\nA:B(1.0),A\n")
    assert _read_all(tmp_path) == [2, 2, 2, 2, 2, 1]


def test_a_directory_gives_its_known_files_in_order(tmp_path):
    assert _rule(lambda: sources(tmp_path)) == "IO104"
    (tmp_path / "notes.txt").write_bytes(b"nothing of use\n")
    assert _rule(lambda: sources(tmp_path)) == "IO104"
    for name in ("b.csv", "a.csv"):
        (tmp_path / name).write_bytes(CSV)
    assert [source.name for source in sources(tmp_path)] == [str(tmp_path / "a.csv"), str(tmp_path / "b.csv")]


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "IO105"),
        (b" \n\n", "IO105"),
        (b"\x00\x01\x02\x03", "IO103"),
        (b"<a/>", "IO103"),
        (b"<a", "IO101"),
        (b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">]><lolz>&lol;</lolz>', "IO102"),
        (b'{"data": {"structures": []}, "meta": {}}', "IO112"),
        (b"@prefix a: <http://a> .\n", "IO112"),
        (b"PK\x03\x04 broken", "IO104"),
    ],
)
def test_what_is_no_data_is_refused_for_what_it_is(tmp_path, data, rule):
    path = tmp_path / "input"
    path.write_bytes(data)
    assert _rule(lambda: _read_all(path)) == rule


@pytest.mark.parametrize(
    ("data", "rule", "line"),
    [
        (b"<!doctype html>\n<html>", "IO103", 1),
        (b'<?xml version="1.0"?>\n<!-- a --> <!-- b -->\n<!DOCTYPE html PUBLIC "x" "y">\n<html/>', "IO103", 3),
        (b"\xef\xbb\xbf\n <HTML><br></HTML>", "IO103", 2),
        ("<html>".encode("utf-16"), "IO103", 1),
        (b"<!-- a -->\n<html2/>", "IO103", 2),
        (b"\n<!DOCTYPE a>\n<a/>", "IO102", 2),
        (b"<!-- \n\xe9 --><a/>", "IO106", 2),
        (b'<?xml version="1.0"?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>', "IO112", 2),
    ],
)
def test_a_refusal_names_the_line(tmp_path, data, rule, line):
    path = tmp_path / "input"
    path.write_bytes(data)
    with pytest.raises(InputRefused) as refused:
        _read_all(path)
    found = refused.value.diagnostic
    assert (found.rule, found.location.line) == (rule, line)
    assert ("HTML page" in found.message) is (b"tml" in data.lower().replace(b"\0", b"") and b"html2" not in data)


def test_many_comments_take_no_time():
    head = b"<!---->" * 100_000
    assert is_html(head) is None
    assert is_html(head + b"<html>") == 1


def test_a_missing_file():
    assert _rule(lambda: sources("no-such-file")) == "IO104"


def _zipped(packing: int, name: str = "a.csv") -> bytearray:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", packing) as archive:
        archive.writestr(name, CSV)
    return bytearray(buffer.getvalue())


def _changed(content: bytearray, place: int, value: int) -> bytes:
    content[place] = value
    return bytes(content)


def _directory_of(content: bytearray) -> int:
    """Return where the directory of an archive begins, which repeats what stands before each member."""
    return content.index(b"PK\x01\x02")


STORED, LZMA = _zipped(zipfile.ZIP_STORED), _zipped(zipfile.ZIP_LZMA)
DAMAGED = {
    "lzma": (_changed(LZMA[:], 30 + len("a.csv") + 4, 255), "IO104", "is damaged: "),
    "content": (_changed(STORED[:], STORED.index(CSV), 0), "IO104", "is damaged: "),
    "nameless": (_changed(STORED[:], _directory_of(STORED) + 46, 0), "IO102", "has no name"),
    "encrypted": (_changed(STORED[:], _directory_of(STORED) + 8, 1), "IO104", "member is encrypted"),
    "packing": (_changed(STORED[:], _directory_of(STORED) + 10, 99), "IO104", "packed in a way that is not read"),
    "elsewhere": (_changed(STORED[:], _directory_of(STORED) + 42, 9), "IO104", "not where the archive says"),
    "gzip": (gzip.compress(CSV)[:-9], "IO104", "breaks off before its end"),
    "twice": (gzip.compress(gzip.compress(CSV)), "IO103", "compressed within another one"),
    "zip within": (gzip.compress(bytes(STORED)), "IO103", "compressed within another one"),
}  # fmt: skip


@pytest.mark.parametrize("case", DAMAGED)
def test_what_is_wrong_with_something_compressed_is_said_in_words(tmp_path, case):
    content, rule, said = DAMAGED[case]
    (tmp_path / "a").write_bytes(content)
    with pytest.raises(InputRefused) as refused:
        _read_all(tmp_path / "a")
    found = refused.value.diagnostic
    assert (found.rule, said in found.message, "<" in found.message) == (rule, True, False), found.message
