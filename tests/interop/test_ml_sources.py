"""Every layout of SDMX-ML data is judged alike, however it arrives: as a file, compressed, in an archive, on standard input."""

import gzip
import io
import json
import random
import zipfile
from collections.abc import Callable

import pytest
import small_dataset as small
from command import semstat
from ml_writing import LAYOUTS, Content

from semstat.interop import validate
from semstat.validators import Verdict

CONTENT = Content(
    [
        {"FREQ": "A", "AREA": "KE", "TIME_PERIOD": "2020", "OBS_VALUE": "1.5", "STATUS": "A"},
        {"FREQ": "A", "AREA": "XX", "TIME_PERIOD": "2020", "OBS_VALUE": "2", "STATUS": "A"},
        {"FREQ": "Q", "AREA": "NA", "TIME_PERIOD": "2020-Q1", "OBS_VALUE": "n/a", "STATUS": "E"},
    ],
    {},
)


def zipped(data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.xml", data)
    return buffer.getvalue()


WAYS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "file": ("data.xml", bytes),
    "gzip": ("data.xml.gz", gzip.compress),
    "zip": ("data.zip", zipped),
    "stdin": ("-", bytes),
    "with a mark": ("data.xml", lambda data: b"\xef\xbb\xbf" + data),
    "in UTF-16": ("data.xml", lambda data: data.decode().encode("utf-16")),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_verdict_is_the_same_however_the_message_arrives(layout, way, tmp_path):
    name, packed = WAYS[way]
    data = packed(LAYOUTS[layout](CONTENT))
    (tmp_path / "structure.xml").write_bytes(small.structure())
    if name != "-":
        (tmp_path / name).write_bytes(data)
    target = name if name == "-" else tmp_path / name
    run = semstat(
        "validate", target, "-s", tmp_path / "structure.xml", "-f", "json", stdin=data if name == "-" else b""
    )
    report = json.loads(run.out)
    assert (run.code, run.err) == (1, "")
    assert sorted(
        (item["rule"], item["value"], bool(item["location"].get("line"))) for item in report["diagnostics"]
    ) == [
        ("DF004", "XX", True),
        ("DF005", "n/a", True),
    ]
    assert [item["observations"] for item in report["datasets"]] == [3]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_compressed_message_that_breaks_off_is_unreadable_and_said_to_be(layout, tmp_path):
    data = gzip.compress(LAYOUTS[layout](CONTENT))
    (tmp_path / "structure.xml").write_bytes(small.structure())
    (tmp_path / "data.xml.gz").write_bytes(data[:-20])
    run = semstat("validate", tmp_path / "data.xml.gz", "-s", tmp_path / "structure.xml", "-f", "json")
    assert run.err == ""
    assert {item["rule"] for item in json.loads(run.out)["diagnostics"]} & {"IO104", "IO101"}
    assert run.code not in (0, 1)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_spoilt_messages_of_every_layout_have_findings_and_no_traceback(layout, tmp_path):
    chance = random.Random(layout)
    whole = LAYOUTS[layout](CONTENT)
    names = []
    for number in range(20):
        data = bytearray(whole)
        for _ in range(chance.choice([1, 1, 2, 5])):
            place = chance.randrange(len(data))
            match chance.randrange(4):
                case 0:
                    data[place] = chance.choice(b"\x00\x07\"'<>&/ =x\xff")
                case 1:
                    del data[place : place + chance.randrange(1, 40)]
                case 2:
                    data[place:place] = data[chance.randrange(len(data)) :][: chance.randrange(1, 200)]
                case 3:
                    word = chance.choice(
                        [b"<Obs>", b"<!--", b"]]>", b"&x;", b'<Series A="1"/>', b"</DataSet>", b"_kind"]
                    )
                    data[place:place] = word
        names.append(tmp_path / f"{number:02}.xml")
        names[-1].write_bytes(data)
    (tmp_path / "structure.xml").write_bytes(small.structure())
    report = validate(names, structure=[tmp_path / "structure.xml"])
    told = {item.location.source for item in report.diagnostics} | {check.source for check in report.checks}
    assert {str(name) for name in names} <= told
    assert report.verdict is not Verdict.PASS
