"""Lineage as it held on a day, and as the catalogue knew it by then."""

import pytest

from semstat.interop.catalogue import Catalogue, Lineage
from semstat.interop.catalogue.validity import seen
from tests.command import semstat

OFFICE = """
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX ss: <https://w3id.org/semstat/core#>
PREFIX ssl: <https://w3id.org/semstat/lineage#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

<urn:x:table> ssl:derivedFrom <urn:x:register> , <urn:x:survey> ; ssl:structure <urn:x:layout> , <urn:x:layout-2> .
<urn:x:edge-1> a ssl:Edge ; ssl:edgeFrom <urn:x:table> ; ssl:edgeTo <urn:x:layout> ;
  ss:validFrom "2010-01-01"^^xsd:date ; ss:validTo "2019-12-31"^^xsd:date .
<urn:x:edge-2> a ssl:Edge ; ssl:edgeFrom <urn:x:table> ; ssl:edgeTo <urn:x:layout-2> ; ss:validFrom "2020"^^xsd:gYear .
<urn:x:edge-3> a ssl:Edge ; ssl:edgeFrom <urn:x:register> ; ssl:edgeTo <urn:x:law> ; ss:validTo "2011"^^xsd:gYear .
<urn:x:edge-4> a ssl:Edge ; ssl:edgeFrom <urn:x:register> ; ssl:edgeTo <urn:x:law> ; ss:validFrom "2018"^^xsd:gYear .
<urn:x:register> ssl:derivedFrom <urn:x:law> .
<urn:x:layout-2> ssl:component <urn:x:column> .
<urn:x:column> ss:validTo "2024"^^xsd:gYear .

<urn:x:table> ssl:generatedBy <urn:x:run-1> , <urn:x:run-2> .
<urn:x:run-1> prov:startedAtTime "2015-03-01T08:00:00Z"^^xsd:dateTime ; ssl:used <urn:x:register> .
<urn:x:run-2> prov:endedAtTime "2021-03-01T08:00:00Z"^^xsd:dateTime ; ssl:used <urn:x:register> , <urn:x:survey> .
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    folder = tmp_path_factory.mktemp("office")
    (folder / "office.ttl").write_text(OFFICE, encoding="utf-8")
    (folder / "later.ttl").write_text(
        "<urn:x:register> <https://w3id.org/semstat/lineage#derivedFrom> <urn:x:forms> .", encoding="utf-8"
    )
    catalogue = Catalogue.create(folder)
    catalogue.load([folder / "office.ttl", folder / "later.ttl"])
    return catalogue


def up(catalogue: Catalogue, day: str | None) -> set[str]:
    with catalogue.snapshot() as snapshot:
        found = Lineage(seen(snapshot, snapshot.edges, held_on=day).edges).walk("urn:x:table", "up")
    return {item.iri.removeprefix("urn:x:") for item in found}


def test_single_dependencies_things_and_runs_hold_between_their_dates(office: Catalogue) -> None:
    everything = {"register", "survey", "layout", "layout-2", "column", "run-1", "run-2", "forms", "law"}
    assert up(office, None) == everything
    assert up(office, "2016-12-31") == {"register", "forms", "layout", "run-1"}, "between two times of one dependency"
    assert up(office, "2019-12-31") == {"register", "forms", "law", "layout", "run-1"}, "the second run had not been"
    assert up(office, "2020-06-01") == {"register", "forms", "law", "layout-2", "column", "run-1"}, (
        "a year that has begun has begun"
    )
    assert up(office, "2024-12-31") == everything - {"layout"}, "a year holds to its end"
    assert up(office, "2025-01-01") == everything - {"layout", "column"}
    assert up(office, "2009-12-31") == set(), "no run yet, no layout yet"


def test_what_was_read_later_was_not_known(office: Catalogue) -> None:
    with office.snapshot() as snapshot:
        (day,) = {item.loaded[:10] for item in snapshot.sources}
        known = seen(snapshot, snapshot.edges, known_at=day)
        before = seen(snapshot, snapshot.edges, known_at="2000-01-01")
    assert (known.edges.num_rows, known.unread) == (snapshot.edges.num_rows, ())
    assert (before.edges.num_rows, before.unread) == (0, ("later.ttl", "office.ttl"))


def test_on_the_command_line(office: Catalogue) -> None:
    def asked(*arguments: str) -> tuple[int, str, str]:
        found = semstat(*arguments, "--catalogue", office.folder)
        return found.code, found.out, found.err

    code, out, err = asked("lineage", "urn:x:table", "--up", "--as-of", "2019-12-31")
    assert (code, "layout " in out, "layout-2" in out, err) == (0, True, False, "")
    assert asked("lineage", "urn:x:table", "--up", "--valid-on", "2019-12-31")[1] == out, "the name it had before"
    _, out, err = asked("lineage", "urn:x:table", "--up", "--known-at", "2000-01-01")
    assert "nothing" in out
    assert "2 sources (later.ttl, office.ttl); what they said before is not kept" in err
    assert "column did not hold on 2025-06-01" in asked("lineage", "urn:x:column", "--as-of", "2025-06-01")[2]
    assert asked("why", "urn:x:table", "urn:x:survey", "--as-of", "2020-06-01")[0] == 1
    assert asked("why", "urn:x:table", "urn:x:survey", "--ways", "3")[1].count("\n") == 2
    assert asked("impact", "urn:x:layout", "--as-of", "2020-06-01")[1].endswith("nothing is touched\n")
    assert asked("impact", "urn:x:layout", "--as-of", "soon")[0] == 2
