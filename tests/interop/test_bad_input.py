"""Bad input: each kind gives its own finding, on its line, the right exit code, and never a traceback."""

import gzip
import io
import json
import os
import random
import struct
import sys
import threading
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import small_dataset as small
from command import semstat
from sdmx_messages import message

HEADER = small.HEADER.encode() + b"\n"
GOOD = b"A,KE,2020,1,A,\n"
BAD = b"A,XX,2020,1,A,\n"


class Desk:
    """A folder with a good structure, and the command run on what a test puts beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.structure = self.put("structure.xml", small.structure())

    def put(self, name: str, content: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content)
        return path

    def validate(self, *data: object, structure: object = None, stdin: bytes = b"") -> "Verdict":
        """Validate in two formats; whatever the input is, the run comes to an end and is quiet."""
        common = ("validate", *data, "-s", structure or self.structure, "-f")
        machine, people = (semstat(*common, form, stdin=stdin) for form in ("json", "full"))
        assert (machine.err, people.err) == ("", "")
        assert "Traceback" not in machine.out + people.out
        assert machine.code == people.code
        report = Verdict(machine.code, json.loads(machine.out))
        assert all(rule in people.out for rule, _ in report.found)
        return report

    def judge(self, content: bytes, name: str = "data.csv") -> "Verdict":
        return self.validate(self.put(name, content))

    def judge_by(self, structure: bytes, name: str = "bad-structure.xml") -> "Verdict":
        return self.validate(self.put("data.csv", small.CSV), structure=self.put(name, structure))


class Verdict:
    """The exit code, and the findings that are no mere remarks as (rule, line)."""

    def __init__(self, code: int, report) -> None:
        self.code = code
        self.report = report
        self.found = [
            (item["rule"], item["location"].get("line"))
            for item in report["diagnostics"]
            if item["severity"] in {"error", "warning"}
        ]
        self.observations = sum(item["observations"] for item in report["datasets"])

    @property
    def unchecked(self) -> set[tuple[str, str | None]]:
        return {
            (item["rule"], item.get("component"))
            for item in self.report["checks"]
            if item["status"] == "could not check"
        }

    @property
    def reasons(self) -> str:
        return " ".join(item.get("reason", "") for item in self.report["checks"] if item["status"] == "could not check")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def packed(**members: bytes) -> bytes:
    """A zip archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def parquet(**columns: list[object]) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(pa.table(columns), buffer)
    return buffer.getvalue()


def declared(dtd: bytes, text: bytes = b"first") -> bytes:
    """The good data message with a document type declaration on line 2."""
    return small.ML.replace(b"?>\n", b"?>\n" + dtd + b"\n", 1).replace(b"first", text)


LAUGHS = b'<!DOCTYPE m [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'
XXE = b'<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
MANY = " ".join(f'a{number}="1"' for number in range(100_000)).encode()
NOISE = random.Random(1).randbytes(5_000)
ROWS_OF_BOMB = 1_500_000

# name: (content, file name, exit code, findings as (rule, line))
DATA = {
    "empty": (b"", "d.csv", 3, [("IO105", None)]),
    "empty-xml": (b"", "d.xml", 3, [("IO105", None)]),
    "white-space": (b" \n\t\n", "d.csv", 3, [("IO105", None)]),
    "xml-truncated": (small.ML[:-40], "d.xml", 3, [("IO101", 11)]),
    "xml-cut-in-a-tag": (small.ML[: small.ML.index(b'AREA="NA"')], "d.xml", 3, [("IO101", 8)]),
    "xml-control-reference": (small.ML.replace(b"first", b"&#1;"), "d.xml", 3, [("IO101", 9)]),
    "xml-surrogate-reference": (small.ML.replace(b"first", b"&#xD800;"), "d.xml", 3, [("IO101", 9)]),
    "xml-nul": (small.ML.replace(b"first", b"fi\0rst"), "d.xml", 3, [("IO101", 9)]),
    "xml-latin-1": (small.ML.replace(b"first", b"caf\xe9"), "d.xml", 3, [("IO106", 9)]),
    "xml-latin-1-declared": (small.ML.replace(b"UTF-8", b"ISO-8859-1").replace(b"first", b"caf\xe9"), "d.xml", 0, []),
    "xml-utf-16": (small.ML.decode().replace("UTF-8", "UTF-16").encode("utf-16"), "d.xml", 0, []),
    "xml-entity-coded": (small.ML.replace(b'"A"', b'"&#65;"').replace(b'"KE"', b'"&#x4B;&#69;"'), "d.xml", 0, []),
    "xml-laughs": (declared(LAUGHS, b"&c;"), "d.xml", 3, [("IO102", 2)]),
    "xml-external-entity": (declared(XXE, b"&x;"), "d.xml", 3, [("IO102", 2)]),
    "xml-mere-dtd": (declared(b"<!DOCTYPE m>"), "d.xml", 3, [("IO102", 2)]),
    "xml-deep": (small.ml("<a>" * 5_000 + "</a>" * 5_000), "d.xml", 3, [("IO108", 5), ("IO107", 5)]),
    "xml-deep-unclosed": (small.ml("<a>" * 100_000), "d.xml", 3, [("IO108", 5), ("IO107", 5)]),
    "xml-long-attribute": (small.ML.replace(b"first", b"z" * 5_000_000), "d.xml", 0, []),
    "xml-many-attributes": (small.ML.replace(b'AREA="KE"', b'AREA="KE" ' + MANY), "d.xml", 3, [("IO107", 5)]),
    "xml-of-another-structure": (small.ml(small.SERIES, name="OTHER"), "d.xml", 4, [("DF013", 4)]),
    "csv-of-another-structure": (b"DATAFLOW,FREQ,OBS_VALUE\nA:OTHER(1.0),A,1\n", "d.csv", 4, [("DF013", 2)]),
    "csv-latin-1": (HEADER + b"A,KE,2020,1,A,caf\xe9\n", "d.csv", 3, [("IO106", 2)]),
    "csv-utf-16": ((HEADER + GOOD + BAD).decode().encode("utf-16"), "d.csv", 1, [("DF004", 3)]),
    "csv-bom": (b"\xef\xbb\xbf" + small.CSV, "d.csv", 0, []),
    "csv-crlf": ((HEADER + GOOD + BAD).replace(b"\n", b"\r\n"), "d.csv", 1, [("DF004", 3)]),
    "csv-cr": ((HEADER + GOOD + BAD).replace(b"\n", b"\r"), "d.csv", 1, [("DF004", 3)]),
    "csv-ragged": (HEADER + GOOD + b"A,NA\nA,ZA,2020,1,A,,,\n", "d.csv", 1, [("IO109", 3), ("IO109", 4)]),
    "csv-open-quote": (HEADER + b'A,KE,2020,1,A,"open\n' + b"A,NA,2020,1,A,\n", "d.csv", 1, [("IO109", 2)]),
    "csv-header-only": (HEADER, "d.csv", 4, [("IO110", 1)]),
    "csv-header-without-end": (HEADER.strip(), "d.csv", 4, [("IO110", 1)]),
    "csv-without-time": (b"FREQ,AREA,OBS_VALUE,STATUS\nA,KE,1,A\n", "d.csv", 1, [("DF002", 1)]),
    "csv-same-column-twice": (b"FREQ,AREA,AREA,TIME_PERIOD,OBS_VALUE,STATUS\nA,KE,NA,2020,1,A\n", "d.csv", 0, [("IO108", 1)]),
    "csv-nul": (HEADER + b"A,K\0E,2020,1,A,\n" + GOOD, "d.csv", 1, [("DF004", 2)]),
    "csv-control": (HEADER + b"A,K\x1b[31mE,2020,1,A,\n", "d.csv", 1, [("DF004", 2)]),
    "csv-surrogate": (HEADER + b"A,KE,2020,1,A,\xed\xa0\x80\n", "d.csv", 3, [("IO106", 2)]),
    "csv-million-empty-lines": (HEADER + b"\n" * 1_000_000 + BAD, "d.csv", 1, [("DF004", 1_000_002)]),
    "csv-million-empty-lines-first": (b"\n" * 1_000_000 + HEADER + BAD, "d.csv", 1, [("DF004", 1_000_002)]),
    "csv-only-empty-lines": (b"\n" * 1_000_000, "d.csv", 3, [("IO105", None)]),
    "csv-ten-megabyte-cell": (HEADER + b"A,KE,2020,1,A," + b"x" * 10_000_000 + b"\n", "d.csv", 0, []),
    "csv-ten-megabyte-quoted": (HEADER + b'A,KE,2020,1,A,"\n' + b"x" * 10_000_000 + b'"\n' + BAD, "d.csv", 1, [("DF004", 4)]),
    "csv-many-columns": (
        HEADER.strip() + b"".join(b",c%d" % n for n in range(20_000)) + b"\n" + GOOD.strip() + b",1" * 20_000 + b"\n",
        "d.csv", 3, [("IO107", 1)],
    ),
    "line-of-ten-megabytes": (b"x" * 10_000_000, "d.csv", 3, [("IO103", None)]),
    "noise": (NOISE, "d.bin", 3, [("IO103", None)]),
    "nul-bytes": (b"\0" * 5_000, "d.csv", 3, [("IO103", None)]),
    "html": (b"<html><body/></html>", "d.html", 3, [("IO103", 1)]),
    "json": (b'{"a": 1}\n', "d.json", 4, [("IO112", None)]),
    "json-list": (b"[1, 2]\n", "d.json", 4, [("IO112", None)]),
    "rdf-xml": (b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>', "d.rdf", 4, [("IO110", None)]),
    "sdmx-2.0-empty": (
        b'<CompactData xmlns="http://www.SDMX.org/resources/SDMXML/schemas/v2_0/message"/>',
        "d.xml", 4, [("IO113", 1), ("IO110", 1)],
    ),
    "sdmx-1.0": (b'<CompactData xmlns="http://www.SDMX.org/resources/SDMXML/schemas/v1_0/message"/>', "d.xml", 4, [("IO112", 1)]),
    "parquet-truncated": (parquet(FREQ=["A"] * 1_000, AREA=["KE"] * 1_000)[:-100], "d.parquet", 3, [("IO101", None)]),
    "parquet-magic-only": (b"PAR1", "d.parquet", 3, [("IO101", None)]),
    "parquet-nested": (parquet(FREQ=[{"a": 1}], AREA=["KE"]), "d.parquet", 4, [("IO112", None)]),
    "gzip-truncated": (gzip.compress(small.CSV * 1_000)[:100], "d.csv.gz", 3, [("IO104", None)]),
    "gzip-wrong-sum": (gzip.compress(small.CSV)[:-8] + b"\0" * 8, "d.csv.gz", 3, [("IO104", None)]),
    "gzip-noise": (b"\x1f\x8b" + NOISE, "d.csv.gz", 3, [("IO104", None)]),
    "zip-empty": (b"PK\x05\x06" + b"\0" * 18, "d.zip", 3, [("IO104", None)]),
    "zip-broken": (b"PK\x03\x04" + NOISE, "d.zip", 3, [("IO104", None)]),
    "zip-bomb": (packed(**{"d.csv": HEADER + GOOD * ROWS_OF_BOMB}), "d.zip", 3, [("IO107", None)]),
    "workbook": (packed(**{"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<w/>"}), "d.xlsx", 3, [("IO103", None)]),
    "open-document": (packed(**{"META-INF/manifest.xml": b"<m/>", "content.xml": b"<c/>"}), "d.ods", 3, [("IO103", None)]),
    "zip-traversal": (packed(**{"../d.csv": small.CSV}), "d.zip", 3, [("IO102", None)]),
}  # fmt: skip


@pytest.mark.parametrize("case", DATA)
def test_data(desk, case) -> None:
    content, name, code, found = DATA[case]
    verdict = desk.judge(content, name)
    assert (verdict.found, verdict.code) == (found, code)


@pytest.mark.parametrize("case", [case for case, (content, *_) in DATA.items() if len(content) < 100_000])
def test_data_on_standard_input(desk, case) -> None:
    content, name, code, found = DATA[case]
    if name.endswith(".zip"):
        pytest.skip("an archive is not read from standard input")
    verdict = desk.validate("-", stdin=content)
    assert (verdict.found, verdict.code) == (found, code)


GOOD_STRUCTURE = small.structure()
STRUCTURES = {
    "empty": (b"", 3, ("IO105", None)),
    "truncated": (GOOD_STRUCTURE[:-200], 3, ("IO101", 9)),
    "latin-1": (GOOD_STRUCTURE.replace(b"<c:Name>n<", b"<c:Name>\xe9<", 1), 3, ("IO106", 3)),
    "laughs": (LAUGHS + b"\n" + GOOD_STRUCTURE, 3, ("IO102", 1)),
    "external-entity": (XXE + b"\n" + GOOD_STRUCTURE, 3, ("IO102", 1)),
    "mere-dtd": (b"<!DOCTYPE m>\n" + GOOD_STRUCTURE, 3, ("IO102", 1)),
    "deep": (message("<s:a>" * 5_000 + "</s:a>" * 5_000), 3, ("IO107", 2)),
    "many-attributes": (GOOD_STRUCTURE.replace(b'id="CL_FREQ" ', MANY + b' id="CL_FREQ" ', 1), 3, ("IO107", 2)),
    "gzip-truncated": (gzip.compress(GOOD_STRUCTURE)[:-30], 3, ("IO104", None)),
    "zip-broken": (b"PK\x03\x04" + NOISE, 3, ("IO104", None)),
    "noise": (NOISE, 3, ("IO103", None)),
    "data-csv": (small.CSV, 4, ("IO112", None)),
    "data-xml": (small.ML, 4, ("IO112", 2)),
    "json": (b'{"a": 1}', 4, ("IO112", None)),
}


@pytest.mark.parametrize("case", STRUCTURES)
def test_structure(desk, case) -> None:
    content, code, first = STRUCTURES[case]
    verdict = desk.judge_by(content)
    assert verdict.found == [first, ("DF013", 1)]
    assert verdict.code == code


@pytest.mark.parametrize(
    "content",
    [
        GOOD_STRUCTURE,
        GOOD_STRUCTURE.decode().encode("utf-16"),
        b"\xef\xbb\xbf" + GOOD_STRUCTURE,
        gzip.compress(GOOD_STRUCTURE),
    ],
    ids=["plain", "utf-16", "bom", "gzip"],
)
def test_a_structure_that_is_fine(desk, content) -> None:
    verdict = desk.judge_by(content)
    assert (verdict.found, verdict.code) == ([], 0)


def test_a_long_attribute_in_a_structure_is_kept(desk) -> None:
    verdict = desk.judge_by(GOOD_STRUCTURE.replace(b'id="CL_FREQ" ', b'x="' + b"z" * 5_000_000 + b'" id="CL_FREQ" ', 1))
    assert (verdict.found, verdict.code) == ([("IO108", 2)], 0)


def test_a_structure_without_a_code_list_that_it_refers_to(desk) -> None:
    verdict = desk.judge_by(small.structure(lists=small.FREQ + small.STATUS))
    assert verdict.found == [("DSD001", 6)]
    assert verdict.unchecked == {("DF004", "AREA")}
    assert "A:CL_AREA(1.0)" in verdict.reasons
    assert verdict.code == 4


def test_a_structure_given_as_data_is_judged_itself(desk) -> None:
    assert desk.validate(desk.structure).code == 0
    twice = GOOD_STRUCTURE.replace(small.FREQ.encode(), small.FREQ.encode() * 2)
    verdict = desk.judge(twice, "structure-with-a-list-twice.xml")
    assert [rule for rule, _ in verdict.found] == ["DSD003"]
    assert verdict.code == 1


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (message(""), "nothing.xml"),
        (b"@prefix a: <urn:a> .\na:b a:c a:d .\n", "nothing.ttl"),
        (b'<Structure xmlns="http://www.SDMX.org/resources/SDMXML/schemas/v2_0/message"/>', "old.xml"),
    ],
)
def test_structures_that_hold_nothing_to_judge_do_not_pass(desk, content, name) -> None:
    assert desk.judge(content, name).code == 4


def test_parquet_with_a_hole(desk) -> None:
    whole = parquet(FREQ=["A"] * 1_000, AREA=["KE"] * 1_000)
    for start in range(4, len(whole) - 8, 25):
        verdict = desk.judge(whole[:start] + b"\0" * 25 + whole[start + 25 :], "d.parquet")
        assert verdict.code in {1, 3}
        assert verdict.code == 1 or verdict.found == [("IO101", None)]


def test_an_archive_that_claims_two_gigabytes(desk) -> None:
    archive = bytearray(packed(**{"d.csv": small.CSV}))
    place = archive.index(b"PK\x01\x02")
    archive[place + 24 : place + 28] = struct.pack("<I", 2**31)
    verdict = desk.judge(bytes(archive), "d.zip")
    assert (verdict.found, verdict.code) == ([("IO107", None)], 3)


def test_an_archive_that_claims_less_than_it_holds(desk) -> None:
    archive = bytearray(packed(**{"d.csv": HEADER + GOOD * ROWS_OF_BOMB}))
    central = archive.index(b"PK\x01\x02")
    archive[central + 24 : central + 28] = archive[22:26] = struct.pack("<I", 100)
    verdict = desk.judge(bytes(archive), "d.zip")
    assert verdict.code == 3
    assert [rule for rule, _ in verdict.found] in (["IO107"], ["IO104"])


def test_nothing_is_fetched(desk, monkeypatch) -> None:
    import socket

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was attempted")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    remote = b'<!DOCTYPE m SYSTEM "http://example.org/m.dtd">'
    assert desk.judge(declared(remote), "d.xml").found == [("IO102", 2)]
    assert desk.judge_by(remote + b"\n" + GOOD_STRUCTURE).code == 3
    assert desk.judge(
        small.ML.replace(b"<m:Struct", b'<m:Struct xsi:schemaLocation="a http://example.org/a.xsd"', 1), "d.xml"
    )


# Places.


def test_a_folder_without_files(desk) -> None:
    (desk.folder / "empty").mkdir()
    verdict = desk.validate(desk.folder / "empty")
    assert (verdict.found, verdict.code) == ([("IO104", None)], 3)


def test_a_folder_with_nothing_of_use(desk) -> None:
    folder = desk.folder / "other"
    folder.mkdir()
    (folder / "noise.bin").write_bytes(NOISE)
    (folder / "README.md").write_text("# Read me\n")
    verdict = desk.validate(folder)
    assert (verdict.found, verdict.code) == ([("IO104", None)], 3)


def test_a_folder_with_good_and_bad_files(desk) -> None:
    folder = desk.folder / "mixed"
    folder.mkdir()
    (folder / "noise.bin").write_bytes(NOISE)
    (folder / "notes.xlsx").write_bytes(packed(**{"[Content_Types].xml": b"<Types/>"}))
    (folder / "a.csv").write_bytes(small.CSV)
    (folder / "b.xml").write_bytes(small.ML)
    verdict = desk.validate(folder)
    assert (verdict.found, verdict.code, verdict.observations) == ([], 0, 5)

    (folder / "c.zip").write_bytes(b"PK\x03\x04" + NOISE)
    (folder / "d.csv.gz").write_bytes(gzip.compress(small.CSV)[:-10])
    (folder / "z.csv").write_bytes(small.CSV)
    verdict = desk.validate(folder)
    assert (verdict.found, verdict.code, verdict.observations) == ([("IO104", None)] * 2, 3, 8)


@pytest.mark.parametrize("name", ["none.csv", "x" * 5_000, "structure.xml/x.csv", "none.zip!member.csv"])
def test_a_place_that_is_not_there(desk, name) -> None:
    verdict = desk.validate(desk.folder / name)
    assert (verdict.found, verdict.code) == ([("IO104", None)], 3)


@pytest.mark.parametrize("target", ["nowhere", "link.csv"])
def test_a_link_that_leads_nowhere(desk, target) -> None:
    (desk.folder / "link.csv").symlink_to(target)
    verdict = desk.validate(desk.folder / "link.csv")
    assert (verdict.found, verdict.code) == ([("IO104", None)], 3)


@pytest.mark.parametrize("kind", ["file", "folder", "file in a folder"])
def test_what_may_not_be_read(desk, kind, monkeypatch) -> None:
    folder = desk.folder / "locked"
    folder.mkdir()
    (folder / "data.csv").write_bytes(small.CSV)
    locked = folder / "data.csv" if kind == "file" else folder
    named = folder if kind == "folder" else folder / "data.csv"
    if os.geteuid() == 0:  # nothing is locked for the superuser: let the system answer as it answers others
        _lock(monkeypatch, locked)
    else:
        locked.chmod(0)
    verdict = desk.validate(named)
    locked.chmod(0o700)
    assert (verdict.found, verdict.code) == ([("IO104", None)], 3)
    assert "Permission denied" in verdict.report["diagnostics"][0]["message"]


def _lock(monkeypatch, locked: Path) -> None:
    def refusing(name: str):
        before = getattr(Path, name)

        def call(path: Path, *arguments: object, **options: object):
            inside = locked in path.parents
            if inside or (path == locked and name in {"open", "iterdir"}):
                raise PermissionError(13, "Permission denied")
            return before(path, *arguments, **options)

        monkeypatch.setattr(Path, name, call)

    for name in ("open", "stat", "iterdir", "is_dir", "exists", "is_file"):
        refusing(name)


NAMES = ["a b.csv", "a\"b'c.csv", "a\nb.csv", "a!b.csv", "::error.csv", "%41.csv", "ä 中.csv", "\udcff.csv"]


@pytest.mark.parametrize("name", NAMES, ids=ascii)
@pytest.mark.parametrize("form", ["full", "concise", "json", "sarif", "junit", "github", "html", "csv", "shacl"])
def test_names_of_files(desk, name, form) -> None:
    path = desk.put(name, HEADER + BAD)
    outcome = semstat("validate", path, "-s", desk.structure, "-f", form)
    assert (outcome.code, outcome.err) == (1, "")
    outcome.out.encode("utf-8")
    if form in {"full", "concise", "github"}:
        assert not [line for line in outcome.out.splitlines() if line.startswith("b.csv")]


def test_a_name_on_a_command_line_that_is_not_utf_8(desk) -> None:
    import subprocess

    from command import command, environment

    name = os.fsencode(desk.folder) + b"/\xff.csv"
    Path(os.fsdecode(name)).write_bytes(HEADER + BAD)
    done = subprocess.run(
        [*command("validate", "-s", desk.structure), name], capture_output=True, env=environment(), timeout=60
    )
    assert (done.returncode, done.stderr) == (1, b"")
    done.stdout.decode("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes")
def test_a_pipe_is_read_once_and_not_waited_for_again(desk) -> None:
    pipe = desk.folder / "pipe.csv"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(HEADER + BAD,), daemon=True)
    writer.start()
    outcome = semstat("validate", pipe, "-s", desk.structure)
    writer.join(5)
    assert outcome.code == 1
    assert "DF004" in outcome.out


def test_coded_and_plain_text_are_the_same(desk) -> None:
    faulty = small.ML.replace(b'AREA="KE"', b'AREA="XX"')
    coded = small.ML.replace(b'AREA="KE"', b'AREA="&#88;&#x58;"')
    plain, other = desk.judge(faulty, "d.xml"), desk.judge(coded, "d.xml")
    assert plain.report["diagnostics"] == other.report["diagnostics"]
    assert plain.found == [("DF004", 5)]


def test_no_character_of_a_file_moves_the_cursor(desk) -> None:
    desk.put("d.csv", HEADER + b"A,\x1b[2J\x07\xe2\x80\xaeXX,2020,1,A,\n")
    for form in ("full", "concise", "github"):
        out = semstat("validate", desk.folder / "d.csv", "-s", desk.structure, "-f", form).out
        assert not {"\x1b", "\x07", "\u202e"} & set(out)
