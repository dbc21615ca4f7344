"""Documents of DDI judged by profiles: those of CESSDA, the one that is brought along, and hostile ones."""

from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from semstat.interop import Options, validate
from semstat.interop.ddi_profiles import DdiProfileError, named_ddi_profile, of_ddi_profiles
from semstat.interop.formats.ddi.lifecycle_elements_write import tag_of
from semstat.interop.formats.ddi.profile import DdiProfile
from semstat.interop.formats.ddi.profile_judge import PROFILE_RULES, judge_by_profile
from semstat.interop.inputs import inputs
from semstat.interop.options import DdiOptions
from semstat.interop.safety import XmlTree, read_xml
from semstat.interop.sources import Source
from semstat.ontology.ddi_models import lifecycle_model
from semstat.validators.diagnostics import CheckStatus, Report
from tests.command import semstat
from tests.corpora import CORPORA, counts, files_of, needs_corpora

RULES = Path(__file__).parents[1] / "rules"
CASE = RULES / "DDI010-node-demanded-by-profile"
CESSDA = ("CDC_2.5_PROFILE/cdc25", "CDC_2.6_PROFILE/cdc26", "CDC_3.3_PROFILE/cdc33", "EQB_2.5_PROFILE/eqb25")


def tree_of(path: Path) -> XmlTree:
    tree = read_xml(path.read_bytes(), origin=path.name)
    assert isinstance(tree, XmlTree)
    return tree


def alone(path: Path, *names: str) -> Report:
    """What this level says, and no other."""
    source = next(iter(inputs([path], Options().limits)))
    assert isinstance(source, Source)
    return of_ddi_profiles(source, [named_ddi_profile(name) for name in names], Options(max_findings=0))


def cessda(name: str) -> Path:
    assert CORPORA is not None
    return CORPORA / "ddi" / "profiles" / "cessda" / f"{name}_profile.xml"


def documents(*kinds: str) -> list[Path]:
    assert CORPORA is not None
    names = [name for name, (kind, _, _) in counts().items() if name.startswith("ddi/") and kind.startswith(kinds)]
    return [CORPORA / name for name in sorted(names) if name.endswith(".xml") and "_profile" not in name]


def missing_by_xpath(tree: XmlTree, profile: DdiProfile) -> Counter[str]:
    """What an engine for XPath finds of constraints on presence: how many findings of each rule there must be."""
    names = {prefix: name for prefix, name in profile.prefixes.items() if prefix != "xml"}
    found: Counter[str] = Counter()
    for item in profile.items:
        first = item.written.partition("/@")[0].lstrip("/").partition("/")[0]
        on_root = item.written.startswith("//") or tree.root.xpath(f"boolean(/{first})", namespaces=names)
        for constraint in item.constraints if on_root else ():
            nodes = tree.root.xpath(item.written, namespaces=names)
            if constraint.kind in ("mandatory", "recommended", "optional"):
                rule = {"mandatory": "DDI010", "recommended": "DDI012", "optional": "DDI013"}[constraint.kind]
                found[rule] += not nodes
            elif constraint.kind == "mandatory beside its parent":
                parent, _, last = item.written.rpartition("/")
                assert parent.strip("/"), item.written
                found["DDI011"] += len(tree.root.xpath(f"{parent}[not({last})]", namespaces=names))
            elif constraint.kind == "fixed value":
                found["DDI015"] += sum(" ".join(str(node).split()) != constraint.value for node in nodes)
    return +found


@needs_corpora
@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("CDC_2.5_PROFILE/cdc25", "DDI-C 2_5"),
        ("EQB_2.5_PROFILE/eqb25", "DDI-C 2_5"),
        ("CDC_3.3_PROFILE/cdc33", "DDI-L 3_3"),
    ],
)
def test_an_engine_for_xpath_finds_the_same(name, kind) -> None:
    named = named_ddi_profile(str(cessda(name)))
    paths = documents(kind)[::3] if kind == "DDI-L 3_3" else documents(kind)
    number = 0
    for path in paths:
        tree = tree_of(path)
        profile = named.on(etree.QName(tree.root).namespace or "")
        verdict = judge_by_profile(tree, path.name, profile)
        counted = Counter(item.rule for item in verdict.found)
        assert counted == missing_by_xpath(tree, profile), path.name
        number += counted.total()
    print(f"{len(paths)} documents, {number} findings")
    assert number > 100


@needs_corpora
@pytest.mark.parametrize(("name", "twice"), list(zip(CESSDA, (0, 0, 1, 0), strict=True)))
def test_the_profiles_themselves_are_read_in_full(name, twice) -> None:
    path = cessda(name)
    report = validate([path], options=Options(max_findings=0))
    profile = named_ddi_profile(str(path)).on("")

    assert len(profile.items) == path.read_bytes().count(b"<pr:Used")
    assert all(item.paths is not None for item in profile.items)
    stated = Counter(constraint.kind for item in profile.items for constraint in item.constraints)
    text = path.read_text("utf-8")
    assert stated["recommended"] == text.count("<RecommendedNodeConstraint/>")
    assert stated["optional"] == text.count("<OptionalNodeConstraint/>")
    assert stated["mandatory beside its parent"] == text.count("<MandatoryNodeIfParentPresentConstraint/>")
    assert stated["mandatory"] == text.count('isRequired="true"')
    found = Counter(item.rule for item in report.diagnostics)
    assert set(found) <= {"DDI073"}
    assert bool(found["DDI073"]) == bool(twice)


@needs_corpora
def test_the_example_of_cessda_by_the_profile_of_cessda() -> None:
    path = (
        cessda("EQB_2.5_PROFILE/eqb25").parents[1] / "EQB_2.5_PROFILE_deprecated" / "EQBMetadataSchemaDDI2.5Example.xml"
    )
    report = alone(path, str(cessda("EQB_2.5_PROFILE/eqb25")))

    found = Counter(item.rule for item in report.diagnostics)
    assert found["DDI010"] == 0
    assert {(item.location.line, item.value) for item in report.diagnostics if item.rule == "DDI015"} >= {
        (274, "Mode Of Collection")
    }
    assert all(item.location.line for item in report.diagnostics)


@needs_corpora
def test_a_profile_of_another_version_leaves_the_level_unchecked() -> None:
    report = alone(documents("DDI-C 2_5")[0], str(cessda("CDC_2.6_PROFILE/cdc26")))

    assert {item.status for item in report.checks} == {CheckStatus.NOT_CHECKED}
    assert not report.diagnostics


@needs_corpora
def test_of_several_profiles_those_that_fit_are_judged_by() -> None:
    names = [str(cessda(name)) for name in ("CDC_2.6_PROFILE/cdc26", "CDC_2.5_PROFILE/cdc25")]
    report = alone(documents("DDI-C 2_5")[0], *names)

    assert {item.status for item in report.checks} >= {CheckStatus.CHECKED}
    assert CheckStatus.NOT_CHECKED not in {item.status for item in report.checks}


@needs_corpora
def test_our_own_profile_serves_codebooks_of_all_versions() -> None:
    paths = documents("DDI-C 2", "DDI-C /", "DDI-C (")
    for path in paths:
        report = alone(path, "nso")
        assert next(item for item in report.checks if item.rule == "DDI010").examined == 14, path.name
    popstan = next(path for path in paths if "popstan" in path.name)
    found = {item.location.path for item in alone(popstan, "nso").diagnostics if item.rule == "DDI010"}
    assert found <= {"/codeBook/stdyDscr/method/dataColl/timeMeth", "/codeBook/stdyDscr/dataAccs/useStmt/conditions"}
    print(f"{len(paths)} codebooks")
    assert len(paths) >= 14


def test_our_own_profile_is_one_that_others_can_read() -> None:
    profile = named_ddi_profile("nso").on("ddi:codebook:2_6")

    assert not profile.diagnostics
    assert all(item.paths is not None and item.constraints for item in profile.items)


def test_what_our_own_profile_demands_is_documented_with_its_reason() -> None:
    page = (Path(__file__).parents[2] / "docs" / "howto" / "validate-ddi.md").read_text("utf-8")
    root = named_ddi_profile("nso").tree.root
    reasons = [" ".join(str(text).split()) for text in root.xpath("//*[local-name()='Description']/*/text()")]

    assert len(reasons) == len(named_ddi_profile("nso").on("").items)
    assert [reason for reason in reasons if f"| {reason} |" not in page] == []


def test_our_own_profile_looks_for_the_same_in_ddi_lifecycle() -> None:
    named = named_ddi_profile("nso")
    codebook, lifecycle = named.on("ddi:codebook:2_6"), named.on("ddi:instance:3_3")
    assert not lifecycle.diagnostics
    assert [item.constraints for item in lifecycle.items] == [item.constraints for item in codebook.items]
    assert lifecycle.prefixes["s"] == "ddi:studyunit:3_3"
    assert named.on("ddi:studyunit:3_2").prefixes["s"] == "ddi:studyunit:3_2"
    elements = {tag_of(name) for name in lifecycle_model()}
    steps = [step for item in lifecycle.items for path in item.paths or () for step in path.steps]
    assert {step.tag for step in steps if not step.is_attribute} <= elements


@needs_corpora
def test_our_own_profile_serves_documents_of_ddi_lifecycle() -> None:
    assert CORPORA is not None
    names = files_of("DDI-L", under="ddi/lifecycle/")
    judged = 0
    for name in names[::9]:
        check = next(item for item in alone(CORPORA / name, "nso").checks if item.rule == "DDI010")
        assert (check.status, check.examined) == (CheckStatus.CHECKED, 14), name
        judged += 1
    print(f"{judged} documents of DDI-Lifecycle")
    assert judged == 8


@pytest.mark.parametrize("given", [DdiOptions(profiles=("nso",)), DdiOptions(schemas=".")])
def test_documents_that_serve_data_are_held_to_what_is_asked_for(given: DdiOptions) -> None:
    folder = Path(__file__).parents[2] / "examples" / "households"
    data, structure = [folder / "households.csv"], [folder / "codebook.xml"]

    def told(options: Options) -> set[str]:
        return {
            item.rule for item in validate(data, structure=structure, options=options).checks if item.rule[:3] == "DDI"
        }

    asked = {"DDI010"} if given.profiles else {"DDI008"}
    assert asked <= told(Options(ddi=given)) - told(Options())
    assert not ({"DDI008", "DDI010"} - asked) & told(Options(ddi=given))


def test_without_a_profile_the_level_does_not_apply() -> None:
    (check,) = alone(CASE / "ok.xml").checks

    assert (check.rule, check.status) == ("DDI010", CheckStatus.NOT_APPLICABLE)


def profile(folder: Path, *paths: str, constraint: str = "RecommendedNodeConstraint") -> str:
    items = "".join(
        f'<pr:Used xpath="{path}" isRequired="true"><pr:Instructions><r:Content>&lt;Constraints&gt;&lt;{constraint}/&gt;'
        "&lt;/Constraints&gt;</r:Content></pr:Instructions></pr:Used>"
        for path in paths
    )
    head = (CASE / "profile.xml").read_text("utf-8").partition("  <pr:Used")[0]
    file = folder / "profile.xml"
    file.write_text(f"{head}{items}</pr:DDIProfile>", "utf-8")
    return str(file)


@pytest.mark.parametrize(
    "path",
    [
        "//*[//*[//*[//*[//*]]]]",
        "document('/etc/passwd')",
        "unparsed-entity-uri('x')",
        "//c:var[re:test(@name, '(a+)+$')]",
        "/c:codeBook/preceding::*",
        "/c:codeBook[" * 500,
        "(" * 1500,
        "/c:codeBook/" + "x" * 3000,
        "",
        "//",
        "/c:codeBook/@a/@b",
    ],
)
def test_a_hostile_path_is_neither_followed_nor_passed(path, tmp_path) -> None:
    report = alone(CASE / "ok.xml", profile(tmp_path, path))

    assert {item.status for item in report.checks if item.rule == "DDI010"} == {CheckStatus.NOT_CHECKED}
    assert not report.diagnostics


def test_a_path_that_costs_too_much_leaves_the_level_unchecked(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("semstat.interop.formats.ddi.profile_paths._MOST_WORK", 1_000_000)
    deep = tmp_path / "deep.xml"
    deep.write_text('<codeBook xmlns="ddi:codebook:2_6">' + ("<a>" * 150 + "</a>" * 150) * 500 + "</codeBook>", "utf-8")
    report = alone(deep, profile(tmp_path, *["//*" * 40] * 200))

    assert CheckStatus.NOT_CHECKED in {item.status for item in report.checks if item.rule == "DDI010"}


@pytest.mark.parametrize("content", ["", "<a/>", "<pr:DDIProfile", "<!DOCTYPE a><a/>"])
def test_what_is_no_profile_is_the_mistake_of_the_caller(content, tmp_path) -> None:
    file = tmp_path / "profile.xml"
    file.write_text(content, "utf-8")

    with pytest.raises(DdiProfileError, match=r"profile\.xml"):
        named_ddi_profile(str(file))


def test_a_profile_that_is_not_there_is_a_mistake_on_the_command_line() -> None:
    done = semstat("--isolated", "validate", CASE / "ok.xml", "--ddi-profile", "ns0")

    assert done.code == 2
    assert "did you mean nso?" in done.err


def test_profiles_can_be_set_once_and_for_all(tmp_path, monkeypatch) -> None:
    (tmp_path / "settings").mkdir()
    profile(tmp_path, "/c:codeBook/c:none")
    (tmp_path / "semstat.toml").write_text('[validate]\nddi-profile = ["profile.xml"]\n', "utf-8")
    (tmp_path / "settings" / "ok.xml").write_bytes((CASE / "ok.xml").read_bytes())
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path / "settings")

    done = semstat("validate", "ok.xml", "--ignore", "DDI008", "-f", "concise")

    assert done.code == 1
    assert "DDI010 /codeBook/none" in done.out


def test_a_fault_of_the_profile_is_told_beside_those_of_the_document(tmp_path) -> None:
    file = profile(tmp_path, "/c:codeBook", constraint="RecomendedNodeConstraint")
    report = validate([CASE / "ok.xml"], options=Options(ddi=DdiOptions(None, (file,))))

    (item,) = (item for item in report.diagnostics if item.rule == "DDI072")
    assert item.location.source == file


def test_every_rule_of_the_level_has_an_outcome(tmp_path) -> None:
    report = alone(CASE / "ok.xml", profile(tmp_path, "/c:codeBook"))

    assert {item.rule for item in report.checks} == set(PROFILE_RULES)
