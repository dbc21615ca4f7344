"""Documents of DDI against the XML schemas that a user has in a folder."""

import json
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from semstat.interop import Options, validate
from semstat.interop.ddi_schemas import of_ddi_schema
from semstat.interop.inputs import inputs
from semstat.interop.options import DdiOptions
from semstat.interop.schema.folder import NoSuchFolder, UserSchemas, user_schemas
from semstat.interop.schema.packs import BrokenSchema
from semstat.interop.sources import Source
from semstat.validators.diagnostics import CheckStatus, Report
from tests.command import semstat
from tests.corpora import CORPORA, counts, needs_corpora

CASES = Path(__file__).parents[1] / "rules" / "DDI008-refused-by-ddi-schema"
SCHEMAS = CASES / "schemas"
XSD = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:x">{}</xs:schema>'


def judged(path: Path, schemas: Path | None = SCHEMAS, **options: int) -> Report:
    given = None if schemas is None else str(schemas)
    return validate([path], options=Options(ddi=DdiOptions(given), **options))


def outcome(report: Report) -> tuple[CheckStatus, str | None]:
    found = [item for item in report.checks if item.rule == "DDI008"]
    assert len(found) == 1
    return found[0].status, found[0].reason


def faults(report: Report) -> list[tuple[int | None, str]]:
    return [(item.location.line, item.message) for item in report.diagnostics if item.rule == "DDI008"]


@cache
def corpus_schemas(folder: str = "") -> UserSchemas:
    assert CORPORA is not None
    return user_schemas(CORPORA / "schemas" / folder)


def alone(path: Path, schemas: UserSchemas) -> Report:
    """What this level says, and no other."""
    source = next(iter(inputs([path], Options().limits)))
    assert isinstance(source, Source)
    return of_ddi_schema(source, schemas, Options(max_findings=0))


def verdicts() -> dict[str, str]:
    """The verdict of the corpora by document of DDI in XML."""
    table = counts().items() if CORPORA else ()
    return {
        name: verdict
        for name, (kind, _, verdict) in table
        if name.startswith("ddi/") and kind.startswith("DDI") and name.endswith(".xml") and verdict
    }


@needs_corpora
def test_all_verdicts_of_the_corpora_are_reproduced() -> None:
    assert CORPORA is not None
    for name, expected in verdicts().items():
        report = alone(CORPORA / name, corpus_schemas())
        assert outcome(report)[0] is CheckStatus.CHECKED, name
        assert (faults(report) == []) == (expected == "valid"), (name, expected)
        if expected.startswith("INVALID"):
            line = int(expected.partition(": l.")[2].partition(" ")[0])
            assert min(abs(line - (found or 0)) for found, _ in faults(report)) <= 2, (name, expected)
    print(f"{len(verdicts())} documents")


@needs_corpora
@pytest.mark.parametrize(
    ("folder", "valid", "invalid"),
    [
        ("lifecycle/ddi-l-3.3-official-examples", 9, 4),
        ("lifecycle/insee-eno-3.3", 48, 11),
        ("codebook/dataverse-export", 5, 2),
        ("codebook/dataverse-import", 0, 1),
        ("codebook/dataartifex", 2, 0),
        ("cdi/ddi-cdi-official-examples", 1, 2),
        ("profiles/cessda", 6, 0),
    ],
)
def test_as_many_documents_are_valid_as_are_known_to_be(folder, valid, invalid) -> None:
    assert CORPORA is not None
    reports = [alone(path, corpus_schemas()) for path in sorted((CORPORA / "ddi" / folder).rglob("*.xml"))]
    whole = [item for item in reports if item.checks and outcome(item)[0] is CheckStatus.CHECKED]

    assert [not faults(item) for item in whole].count(True) == valid
    assert len(whole) == valid + invalid


@needs_corpora
def test_a_later_schema_says_the_same_of_codebooks_of_2_5() -> None:
    assert CORPORA is not None
    names = [name for name in verdicts() if counts()[name][0] == "DDI-C 2_5"]
    for name in names:
        own = alone(CORPORA / name, corpus_schemas("ddi-codebook-2.5"))
        later = alone(CORPORA / name, corpus_schemas("ddi-codebook-2.6"))
        assert (faults(own) == []) == (faults(later) == []), name
        assert [item.rule for item in later.diagnostics].count("DDI009") == 1
    print(f"{len(names)} codebooks")
    assert len(names) >= 10


@needs_corpora
def test_a_codebook_of_before_is_not_checked_and_valid_if_written_over() -> None:
    assert CORPORA is not None
    (path,) = (CORPORA / "ddi" / "microdata" / "popstan").glob("*.xml")
    for folder in ("ddi-codebook-2.5", "ddi-codebook-2.6"):
        report = alone(path, corpus_schemas(folder))
        assert outcome(report)[0] is CheckStatus.NOT_CHECKED
        (remark,) = (item for item in report.diagnostics if item.rule == "DDI009")
        assert "the document is valid" in remark.message


def test_without_a_folder_the_level_could_not_be_checked() -> None:
    status, reason = outcome(judged(CASES / "ok.xml", None))

    assert status is CheckStatus.NOT_CHECKED
    assert reason is not None
    assert reason.startswith("no schemas are given")


def test_the_line_is_that_of_the_element_and_what_is_expected_is_told() -> None:
    (item,) = (item for item in judged(CASES / "bad.xml").diagnostics if item.rule == "DDI008")

    assert (item.location.line, item.expected) == (7, "`IDNo`")


def test_a_namespace_without_schema_could_not_be_checked(tmp_path) -> None:
    (tmp_path / "other.xsd").write_text(XSD.format(""), "utf-8")

    assert outcome(judged(CASES / "ok.xml", tmp_path)) == (
        CheckStatus.NOT_CHECKED,
        f"the folder `{tmp_path.name}` has no schema of the namespace `ddi:codebook:2_6`",
    )


def test_a_namespace_that_is_nearly_one_has_no_schema(tmp_path) -> None:
    path = tmp_path / "near.xml"
    path.write_text((CASES / "ok.xml").read_text("utf-8").replace("2_6", "2.6"), "utf-8")

    status, reason = outcome(judged(path))

    assert status is CheckStatus.NOT_CHECKED
    assert "none of the standard's" in str(reason)


@pytest.mark.parametrize("content", [b"<codeBook", b"", b"<!DOCTYPE a><codeBook/>", b"\xff\xfe\x00"])
def test_what_cannot_be_read_is_said_once(content, tmp_path) -> None:
    path = tmp_path / "broken.xml"
    path.write_bytes(content)

    assert Counter(item.rule for item in judged(path).checks)["DDI008"] <= 1


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ('<xs:include schemaLocation="none.xsd"/>', "includes `none.xsd`"),
        ('<xs:include schemaLocation="../outside.xsd"/>', "includes `../outside.xsd`"),
        ('<xs:include schemaLocation="http://example.org/a.xsd"/>', "nothing is fetched"),
        ('<xs:import namespace="urn:y" schemaLocation="none.xsd"/>', "imports `none.xsd`"),
        ('<xs:import namespace="urn:y"/>', "imports the namespace `urn:y`"),
        ('<xs:element name="a" type="b"/>', "no schema that can be used"),
    ],
)
def test_a_schema_of_which_a_part_is_missing_is_not_used(step, said, tmp_path) -> None:
    folder = tmp_path / "schemas"
    folder.mkdir()
    (tmp_path / "outside.xsd").write_text(XSD.format(""), "utf-8")
    (folder / "a.xsd").write_text(XSD.format(step), "utf-8")

    with pytest.raises(BrokenSchema, match=f"a.xsd.*{said}"):
        user_schemas(folder).schema("urn:x")


def test_a_link_out_of_the_folder_is_no_file_of_it(tmp_path) -> None:
    folder = tmp_path / "schemas"
    folder.mkdir()
    (tmp_path / "outside.xsd").write_text(XSD.format(""), "utf-8")
    (folder / "link.xsd").symlink_to(tmp_path / "outside.xsd")

    assert user_schemas(folder).schema("urn:x") is None


def test_entities_of_a_schema_are_not_expanded(tmp_path) -> None:
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    text = f'<!DOCTYPE a [<!ENTITY s SYSTEM "{(tmp_path / "secret.txt").as_uri()}">]>' + XSD.format(
        "<xs:annotation><xs:documentation>&s;</xs:documentation></xs:annotation>"
    )
    (tmp_path / "a.xsd").write_text(text, "utf-8")

    with pytest.raises(BrokenSchema, match="entities"):
        user_schemas(tmp_path).schema("urn:x")


def test_two_schemas_that_differ_are_not_guessed_between(tmp_path) -> None:
    for name, content in (("a.xsd", ""), ("b.xsd", '<xs:element name="a"/>')):
        (tmp_path / name).write_text(XSD.format(content), "utf-8")

    with pytest.raises(BrokenSchema, match=r"several schemas.*a\.xsd and b\.xsd"):
        user_schemas(tmp_path).schema("urn:x")


def test_copies_of_a_schema_are_one(tmp_path) -> None:
    for name in ("a.xsd", "b.xsd"):
        (tmp_path / name).write_text(XSD.format(""), "utf-8")

    assert user_schemas(tmp_path).schema("urn:x") is not None


def test_an_import_is_found_by_namespace_where_its_place_is_in_the_network(tmp_path) -> None:
    step = '<xs:import namespace="urn:y" schemaLocation="http://example.org/y.xsd"/>'
    (tmp_path / "a.xsd").write_text(XSD.format(step), "utf-8")
    (tmp_path / "called-otherwise.xsd").write_text(XSD.format("").replace("urn:x", "urn:y"), "utf-8")

    assert user_schemas(tmp_path).schema("urn:x") is not None


def test_a_schema_is_made_once() -> None:
    schemas = user_schemas(SCHEMAS)

    assert schemas.schema("ddi:codebook:2_6") is schemas.schema("ddi:codebook:2_6")


def many(folder: Path, number: int) -> Path:
    """A codebook with so many variables, none of which is as the schema wants it."""
    path = folder / "many.xml"
    head = (CASES / "ok.xml").read_text("utf-8").partition("  <dataDscr>")[0]
    path.write_text(head + "<dataDscr>" + "<var nam='x'/>" * number + "</dataDscr></codeBook>", "utf-8")
    return path


def test_many_faults_among_many_siblings_are_counted_and_not_placed(tmp_path) -> None:
    number = 40_000
    schemas = user_schemas(SCHEMAS)
    source = next(iter(inputs([many(tmp_path, number)], Options().limits)))
    assert isinstance(source, Source)
    report = of_ddi_schema(source, schemas, Options())

    assert {item.count for item in report.diagnostics} == {number}
    assert all(item.location.line is None and "too many faults" in item.message for item in report.diagnostics)


def test_what_comes_after_very_many_faults_is_said_not_to_be_looked_at(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("semstat.interop.schema.faults.MOST_FAULTS", 10)
    source = next(iter(inputs([many(tmp_path, 40_000)], Options().limits)))
    assert isinstance(source, Source)

    report = of_ddi_schema(source, user_schemas(SCHEMAS), Options())

    assert [item.status for item in report.checks] == [CheckStatus.CHECKED, CheckStatus.NOT_CHECKED]
    assert "the rest of it was not looked at" in str(report.checks[1].reason)


@pytest.mark.parametrize("form", ["full", "concise"])
def test_the_command_line_says_what_was_not_checked(form) -> None:
    done = semstat("--isolated", "validate", CASES / "ok.xml", "-f", form)

    assert done.code == 4
    assert "no schemas are given" in done.out


def test_json_tells_of_the_level() -> None:
    done = semstat("--isolated", "validate", CASES / "bad.xml", "--ddi-schemas", SCHEMAS, "-f", "json")

    assert done.code == 1
    assert {"DDI001", "DDI002", "DDI008"} <= {item["rule"] for item in json.loads(done.out)["checks"]}


def test_the_folder_can_be_set_once_and_for_all(tmp_path, monkeypatch) -> None:
    (tmp_path / "xsd").symlink_to(SCHEMAS)
    (tmp_path / "semstat.toml").write_text('[validate]\nddi-schemas = "xsd"\n', "utf-8")
    (tmp_path / "ok.xml").write_bytes((CASES / "ok.xml").read_bytes())
    monkeypatch.chdir(tmp_path)

    assert semstat("validate", "ok.xml").code == 0


def test_a_folder_that_is_not_there_is_a_mistake_on_the_command_line() -> None:
    done = semstat("--isolated", "validate", CASES / "ok.xml", "--ddi-schemas", "no-such-folder")

    assert done.code == 2
    assert "no-such-folder" in done.err


def test_a_folder_that_is_none_is_the_mistake_of_the_caller(tmp_path) -> None:
    with pytest.raises(NoSuchFolder, match="there is no folder"):
        judged(CASES / "ok.xml", tmp_path / "none")
