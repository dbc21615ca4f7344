"""Whose names things get that have none: of the agency asked for, else of the one that the source names, else nobody's."""

from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree

from semstat.interop import CannotConvert, convert

ROOT = Path(__file__).parents[2]
BOOK = (
    '<codeBook xmlns="ddi:codebook:2_6"{agency}><stdyDscr><citation><titlStmt><titl>Survey</titl>{number}</titlStmt>'
    '</citation></stdyDscr><dataDscr><var ID="V1" name="a"{urn}><catgry><catValu>1</catValu></catgry></var></dataDscr></codeBook>'
)
URN = ' ddiLifecycleUrn="urn:ddi:int.other:V1:1" ddiCodebookUrn="urn:ddi:int.other:C1:1"'
AGENCY = ' codeBookAgency="int.office"'
NUMBER = '<IDNo agency="{}">7</IDNo>'


def written(tmp_path: Path, asked: str | None = None, **said: str) -> tuple[set[str], list[tuple[str, str]]]:
    """The agencies of what is written as DDI-Lifecycle, and what is told of names."""
    (tmp_path / "book.xml").write_text(BOOK.format(**{"agency": "", "number": "", "urn": "", **said}), "utf-8")
    stream = BytesIO()
    done = convert([tmp_path / "book.xml"], stream, to="ddi-lifecycle", agency=asked)
    tree = etree.fromstring(stream.getvalue())
    agencies = {item.text or "" for item in tree.iter("{ddi:reusable:3_3}Agency")}
    return agencies, [(item.value or "", item.message) for item in done.losses if item.rule == "DDI081"]


@pytest.mark.parametrize(
    ("said", "agency", "expected"),
    [
        ({}, None, "int.example"),
        ({}, "int.mine", "int.mine"),
        ({"agency": AGENCY}, None, "int.office"),
        ({"agency": AGENCY}, "int.mine", "int.mine"),
        ({"number": NUMBER.format("int.bureau")}, None, "int.bureau"),
        ({"number": NUMBER.format("DOI")}, None, "int.example"),
        ({"agency": ' codeBookAgency="An office"'}, None, "int.example"),
    ],
)
def test_names_are_of_the_agency_that_is_known(tmp_path, said, agency, expected):
    agencies, told = written(tmp_path, agency, **said)
    assert agencies == {expected}
    ((value, message),) = told
    assert value == expected
    assert message.endswith("; the source names no agency") == (expected == "int.example")


def test_the_urns_of_a_source_name_its_agency(tmp_path):
    agencies, told = written(tmp_path, urn=URN, agency=AGENCY)
    assert agencies == {"int.other"}
    assert [value for value, _ in told] == ["int.other"]


def test_lists_of_sdmx_are_of_the_agency_asked_for(tmp_path):
    (tmp_path / "book.xml").write_text(BOOK.format(agency="", number="", urn=""), "utf-8")
    done = convert([tmp_path / "book.xml"], tmp_path / "lists.ttl", to="turtle", agency="MINE")
    assert done.losses == ()
    stream = BytesIO()
    convert([tmp_path / "book.xml"], stream, to="sdmx-json-2.0", agency="MINE", header=HEADER)
    assert b'"agencyID":"MINE"' in stream.getvalue().replace(b" ", b"")


@pytest.mark.parametrize("agency", ["", "two words", "a..b", ".a", "urn:ddi:x", "é"])
def test_what_is_no_agency_is_a_mistake_of_the_call(agency):
    with pytest.raises(CannotConvert, match="is no agency"):
        convert([ROOT / "examples" / "households" / "codebook.xml"], BytesIO(), to="ddi-lifecycle", agency=agency)


def _header():
    from semstat.interop import Header

    return Header(prepared="2026-01-01T00:00:00")


HEADER = _header()
