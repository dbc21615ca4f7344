"""IRIs of SDMX artefacts can be turned back into the URN that they come from."""

import re
from pathlib import Path

import pytest
from corpora import CORPORA, needs_corpora
from hypothesis import given, settings
from hypothesis import strategies as st

from semstat.ontology.iri import SdmxName, iri_to_urn, item_namer, parse_urn, part_of, urn_to_iri

# The identifiers of SDMX 3.0, SDMXCommon.xsd: IDType, NestedNCNameIDType, VersionType.
IDS = st.from_regex(r"[A-Za-z0-9_@$\-]+", fullmatch=True)
AGENCIES = st.from_regex(r"[A-Za-z][A-Za-z0-9_\-]*(\.[A-Za-z][A-Za-z0-9_\-]*){0,2}", fullmatch=True)
VERSIONS = st.none() | st.from_regex(
    r"[0-9]+(\.[0-9]+){0,2}(-[0-9A-Za-z]+)?|\*|[0-9]+\+\.[0-9]+\.[0-9]+", fullmatch=True
)
ITEMS = st.none() | st.from_regex(r"[A-Za-z0-9_@$\-]+(\.[A-Za-z0-9_@$\-]+){0,2}", fullmatch=True)
PACKAGES = st.from_regex(r"[a-z]+", fullmatch=True)
CLASSES = st.from_regex(r"[A-Z][A-Za-z]*", fullmatch=True)
NAMES = st.builds(SdmxName, PACKAGES, CLASSES, AGENCIES, IDS, VERSIONS, ITEMS)

URN = re.compile(r"urn:sdmx:org\.sdmx\.infomodel\.[^\s\"'<>&]+")


@settings(deadline=None)
@given(NAMES)
def test_every_legal_urn_survives_the_way_to_an_iri_and_back(name: SdmxName) -> None:
    assert parse_urn(name.urn) == name
    assert urn_to_iri(name.urn) == name.iri
    assert iri_to_urn(name.iri) == name.urn


@settings(deadline=None)
@given(NAMES, NAMES)
def test_two_names_have_two_iris(one: SdmxName, other: SdmxName) -> None:
    assert (one == other) == (one.iri == other.iri)


@settings(deadline=None)
@given(NAMES, IDS)
def test_items_are_named_alike_one_by_one_and_in_bulk(scheme: SdmxName, item: str) -> None:
    single = scheme.of_item("Code", item)
    assert item_namer(scheme, "Code")(item) == (single.iri, single.urn)


@settings(deadline=None)
@given(NAMES)
def test_a_part_is_no_artefact_of_its_own(name: SdmxName) -> None:
    with pytest.raises(ValueError, match="not the IRI of an SDMX artefact"):
        iri_to_urn(part_of(name.iri, "region", 1))


NO_URN = ("", "urn:isbn:0451450523", "urn:sdmx:org.sdmx.infomodel.codelist.Codelist", "https://example.org/a")


@pytest.mark.parametrize("text", NO_URN)
def test_what_is_no_urn_is_told_apart(text: str) -> None:
    assert parse_urn(text) is None
    with pytest.raises(ValueError, match="not an SDMX URN"):
        urn_to_iri(text)
    with pytest.raises(ValueError, match="not the IRI of an SDMX artefact"):
        iri_to_urn(text)


@needs_corpora
def test_the_urns_of_real_messages_are_reversible() -> None:
    assert CORPORA is not None
    found: set[str] = set()
    files = sorted(path for path in Path(CORPORA, "sdmx").rglob("*") if path.suffix in {".xml", ".json"})
    for path in files:
        found.update(URN.findall(path.read_text(encoding="utf-8", errors="replace")))
    broken = sorted(urn for urn in found if parse_urn(urn) is None)
    whole = sorted(found - set(broken))
    for urn in whole:
        assert iri_to_urn(urn_to_iri(urn)) == urn
    print(f"{len(whole)} URNs of {len(files)} files, {len(broken)} not of this form")
    assert len(whole) > 1000
    assert len(broken) < 50, broken[:20]
