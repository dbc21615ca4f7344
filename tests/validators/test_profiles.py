"""The profiles that come with semstat, and those that users write."""

import re
from importlib.resources import files

import pytest
from rdflib import BNode, Graph, Literal

from semstat.interop.profile_files import named_profile
from semstat.ontology.terms import DCTERMS, OWL, PROFILE, RDF, SS
from semstat.validators.diagnostics import Severity
from semstat.validators.explain import explain_profile, profile_listing
from semstat.validators.profiles import ALWAYS, ProfileError, profiles
from semstat.validators.rules import catalogue

GRAPH = Graph().parse(data=files("semstat.validators").joinpath("profiles.ttl").read_bytes(), format="turtle")
PREFIXES = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX profile: <https://w3id.org/semstat/profile/>
PREFIX rule: <https://w3id.org/semstat/rule/>
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX ss: <https://w3id.org/semstat/core#>
"""
MINE = '<urn:mine> a ss:Profile ; dcterms:identifier "mine" ; '


def test_the_file_is_a_described_graph_without_blank_nodes() -> None:
    header = GRAPH.value(predicate=RDF.type, object=OWL.Ontology)
    assert header == PROFILE[""]
    for term in (DCTERMS.title, DCTERMS.abstract, DCTERMS.license, OWL.versionInfo, OWL.versionIRI):
        assert GRAPH.value(header, term)
    assert not [node for triple in GRAPH for node in triple if isinstance(node, BNode)]


def test_every_profile_is_named_titled_and_described() -> None:
    nodes = set(GRAPH.subjects(RDF.type, SS.Profile))
    assert {item.iri for item in profiles().values()} == nodes
    assert list(profiles()) == ["default", "fmr-like", "publication", "sdmx-exchange"]
    for item in profiles().values():
        assert item.iri == PROFILE[item.name]
        assert re.fullmatch(r"[A-Z][^.]+", item.title)
        assert len(item.description) > 100
        assert all(
            isinstance(text, Literal) and text.language == "en" for text in GRAPH.objects(item.iri, DCTERMS.title)
        )


def test_default_is_the_catalogue() -> None:
    assert profiles()["default"].rules == set(catalogue())
    assert not profiles()["default"].severities


def test_publication_is_never_more_lenient_than_the_catalogue() -> None:
    strict = profiles()["publication"]
    assert strict.rules == set(catalogue())
    assert strict.severities
    for rule, grade in strict.severities.items():
        assert grade.rank > catalogue()[rule].severity.rank


def test_fmr_like_has_every_rule_with_a_code_of_the_registry() -> None:
    coded = {rule.id for rule in catalogue().values() if "FMR" in dict(rule.external)}
    assert coded < profiles()["fmr-like"].rules
    assert "DF016" not in profiles()["fmr-like"].rules


def test_an_override_is_no_repetition_of_the_catalogue() -> None:
    for item in profiles().values():
        assert all(catalogue()[rule].severity is not grade for rule, grade in item.severities.items())


@pytest.fixture
def written(tmp_path):
    """Write a profile and read it."""

    def read(text: str):
        path = tmp_path / "mine.ttl"
        path.write_text(PREFIXES + text, encoding="utf-8")
        return named_profile(str(path))

    return read


def test_a_users_profile_extends_one_of_ours(written) -> None:
    mine = written(
        MINE + "ss:extendsProfile profile:publication ; ss:deselects rule:DF010 ;"
        " ss:severityOverride [ ss:overriddenRule rule:DF016 ; sh:severity sh:Violation ] ,"
        " [ ss:overriddenRule rule:DF010 ; sh:severity sh:Info ] ."
    )
    assert mine.rules == set(catalogue()) - {"DF010"}
    assert mine.severities["DF016"] is Severity.ERROR, "its own goes before that of the profile it extends"
    assert mine.severities["DSD001"] is Severity.ERROR
    assert "DF010" not in mine.severities
    assert mine.extends == ("publication",)


def test_a_profile_with_severities_alone_checks_everything(written) -> None:
    mine = written(MINE + "ss:severityOverride [ ss:overriddenRule rule:DF016 ; sh:severity sh:Violation ] .")
    assert mine.rules == set(catalogue())


def test_prefixes_and_products_select(written) -> None:
    assert written(MINE + 'ss:selectsPrefix "DSD" ; ss:selects rule:DF004 .').rules == ALWAYS | {
        "DF004",
        *(rule for rule in catalogue() if rule.startswith("DSD")),
    }
    assert "DF003" in written(MINE + 'ss:selectsReportedBy "STRUVAL" .').rules


def test_of_profiles_that_build_on_one_another_the_last_is_meant(written) -> None:
    text = '<urn:one> a ss:Profile ; dcterms:identifier "one" ; ss:selects rule:DF004 . '
    assert written(text + MINE + "ss:extendsProfile <urn:one> ; ss:selects rule:DF005 .").rules == ALWAYS | {
        "DF004",
        "DF005",
    }


FAULTS = {
    MINE
    + "ss:selects rule:DF0O4 .": "names <https://w3id.org/semstat/rule/DF0O4>, which is no rule, did you mean DF004?",
    MINE + 'ss:selects "DF004" .': 'ss:selects of the profile mine takes an IRI such as rule:DF004, not "DF004"',
    MINE
    + "ss:selekts rule:DF004 .": "the profile mine has ss:selekts, which profiles do not know, did you mean ss:selects?",
    MINE + 'ss:selectsPrefix "XX" .': "selects the prefix 'XX', with which no rule begins",
    MINE + 'ss:selectsReportedBy "XX" .': "selects what 'XX' reports, for which no rule has a code",
    MINE + "ss:extendsProfile profile:publicaton .": "did you mean <https://w3id.org/semstat/profile/publication>?",
    MINE + "ss:extendsProfile <urn:mine> .": "the profile mine extends itself",
    MINE + "ss:severityOverride [ sh:severity sh:Info ] .": "a severity of the profile mine has no ss:overriddenRule",
    MINE
    + 'ss:severityOverride [ ss:overriddenRule rule:DF004 ; sh:severity "error" ] .': "is not sh:Violation, sh:Warning",
    "<urn:mine> a ss:Profile .": "the profile <urn:mine> has no dcterms:identifier",
    "[] a ss:Profile .": "describes no profile",
    "": "describes no profile",
    MINE
    + 'ss:selects rule:DF004 . <urn:b> a ss:Profile ; dcterms:identifier "b" .': "describes 2 profiles: b, mine; a file",
    MINE
    + 'ss:selects rule:DF004 . <urn:b> a ss:Profile ; dcterms:identifier "mine" .': "there are 2 profiles called 'mine'",
    MINE: "the Turtle is not well-formed",
}


@pytest.mark.parametrize(("text", "message"), FAULTS.items(), ids=list(FAULTS.values()))
def test_a_fault_of_a_profile_is_said(written, text, message) -> None:
    with pytest.raises(ProfileError, match=r"mine\.ttl") as problem:
        written(text)
    assert message in str(problem.value)
    assert "\n" not in str(problem.value)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"\x00" * 100, b"a" * (1 << 20) + b"bc", b"((" * 5000])
def test_what_is_no_turtle_is_said(tmp_path, content) -> None:
    path = tmp_path / "mine.ttl"
    path.write_bytes(content)
    with pytest.raises(ProfileError, match=r"mine\.ttl"):
        named_profile(str(path))


def test_a_folder_is_no_profile(tmp_path) -> None:
    (tmp_path / "a.ttl").mkdir()
    with pytest.raises(ProfileError, match="it cannot be read: Is a directory"):
        named_profile(str(tmp_path / "a.ttl"))


def test_an_explanation_names_the_rules_and_what_is_graded() -> None:
    text = explain_profile(profiles()["fmr-like"])
    assert "Does not check" in text
    assert "DF016" in text.partition("Does not check")[2]
    assert "DF016  info -> warning  custom-column" in explain_profile(profiles()["publication"])
    assert [line.split()[0] for line in profile_listing().splitlines()] == list(profiles())
