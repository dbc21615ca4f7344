"""Encodings that are declared and cannot be read, and files that break off, are told of as what they are."""

import json
from io import BytesIO
from pathlib import Path

import pytest

from semstat.interop import convert, validate
from semstat.validators.diagnostics import Verdict

RULES = Path(__file__).parents[1] / "rules"
LABOUR = RULES / "structures" / "labour.xml"
DATA = (RULES / "IO235-dataset-fact-lost" / "bad.xml").read_text("utf-8")
STRUCTURE = LABOUR.read_text("utf-8")
GROUP = """<?xml version="1.0" encoding="UTF-8"?>
<MessageGroup xmlns="http://www.SDMX.org/resources/SDMXML/schemas/v2_0/message"><Header><ID>X</ID></Header><DataSet/>
</MessageGroup>"""


def declared(text: str, encoding: str) -> bytes:
    assert 'encoding="UTF-8"' in text
    return text.replace('encoding="UTF-8"', f'encoding="{encoding}"').encode("ascii", "xmlcharrefreplace")


def found(data: bytes, place: Path) -> list[tuple[str, int | None, str]]:
    place.write_bytes(data)
    report = validate([place])
    assert report.verdict is not Verdict.PASS
    return [(item.rule, item.location.line, item.message) for item in report.diagnostics]


@pytest.mark.parametrize("text", [DATA, STRUCTURE, GROUP, '<?xml version="1.0" encoding="UTF-8"?><a/>'])
@pytest.mark.parametrize("encoding", ["klingon", "rot13", "utf-7", "idna", "undefined", "punycode"])
def test_an_encoding_that_is_none_of_text_is_named(text: str, encoding: str, tmp_path: Path) -> None:
    said = found(declared(text, encoding), tmp_path / "a.xml")
    assert said[0][0] in ("IO106", "IO103"), said
    if encoding == "klingon":
        assert said == [("IO106", 1, "the encoding `klingon` is not known")]
    if text == STRUCTURE:  # which no format of data can be asked for
        return
    sink = BytesIO()
    done = convert([tmp_path / "a.xml"], sink, to="sdmx-csv-2.0", structure=[LABOUR])
    assert done.refused
    assert sink.getvalue() == b""


@pytest.mark.parametrize("encoding", ["Shift_JIS", "Big5", "GB18030"])
def test_encodings_of_several_bytes_are_read_of_structures_and_named_of_data(encoding: str, tmp_path: Path) -> None:
    place = tmp_path / "s.xml"
    place.write_bytes(declared(STRUCTURE, encoding))
    assert [item.rule for item in validate([place]).diagnostics] == [
        item.rule for item in validate([LABOUR]).diagnostics
    ]
    ((rule, line, message),) = found(declared(DATA, encoding), tmp_path / "d.xml")
    assert (rule, line) == ("IO106", 1)
    assert f"`{encoding}`" in message


@pytest.mark.parametrize(
    ("end", "words"),
    [
        (DATA.index("</Series>"), "it ends before all of its elements have ended"),
        (DATA.index('OBS_VALUE="2287.5"') + 4, "it ends inside a tag or a comment"),
    ],
)
def test_a_message_that_breaks_off_is_said_to(end: int, words: str, tmp_path: Path) -> None:
    said = found(DATA[:end].encode(), tmp_path / "a.xml")
    assert [message for rule, _, message in said if rule == "IO101"] == [f"the message is not well-formed: {words}"]


def test_json_that_breaks_off_before_it_can_be_recognised_is_broken_and_not_unknown(tmp_path: Path) -> None:
    whole = json.dumps({"header": {"id": "A"}, "structure": {"name": "X", "dimensions": {"series": []}}}, indent=1)
    said = found(whole[:-20].encode(), tmp_path / "a.json")
    assert [(rule, line) for rule, line, _ in said] == [("IO101", whole[:-20].count("\n") + 1)]
    assert [rule for rule, *_ in found(whole.encode(), tmp_path / "b.json")] == ["IO112"]
