"""A catalogue keeps what its sources say, all of it or nothing, and knows when they say something else."""

import os
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyoxigraph as ox
import pytest

from semstat.interop.catalogue import Catalogue, CatalogueBusy, CatalogueDamaged, NoSuchCatalogue, verify
from semstat.interop.catalogue.edge_table import write_edges
from semstat.interop.catalogue.exporting import exported
from semstat.interop.catalogue.records import edge_graph, graph_of, source_path
from tests.corpora import CORPORA, files_of, needs_corpora

RDF_XML = b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
TURTLE = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n<urn:x-a> a skos:Concept ; skos:prefLabel 'A'@en .\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two metadata files and one of data."""
    home = tmp_path / "office"
    (home / "structures").mkdir(parents=True)
    shutil.copy(EXAMPLES / "population" / "structure.xml", home / "structures" / "structure.xml")
    shutil.copy(EXAMPLES / "households" / "codebook.xml", home / "codebook.xml")
    return home


def states(catalogue: Catalogue, *paths: Path, again: bool = False) -> dict[str, str]:
    return {item.name: item.state for item in catalogue.load(paths, again=again)}


def test_a_folder_is_no_catalogue_until_it_is_made_one(tmp_path: Path) -> None:
    with pytest.raises(NoSuchCatalogue) as refused:
        Catalogue(tmp_path)
    assert "semstat init" in refused.value.hint
    assert Catalogue.create(tmp_path).sources() == ()
    assert Catalogue.create(tmp_path).sources() == (), "making it one twice changes nothing"


def test_each_source_is_a_graph_of_its_own(folder: Path) -> None:
    catalogue = Catalogue.create(folder)
    assert states(catalogue, folder) == {"codebook.xml": "added", "structures/structure.xml": "added"}
    with catalogue.snapshot() as found:
        counted = {name: 0 for name in map(graph_of, ("codebook.xml", "structures/structure.xml"))}
        for quad in found.store:
            name = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
            counted[name] = counted.get(name, 0) + 1
        assert {record.graph: record.triples for record in found.sources} == {
            name: counted[name] for name in map(graph_of, ("codebook.xml", "structures/structure.xml"))
        }
        assert counted[edge_graph("structures/structure.xml")] > 0
        assert found.edges.num_rows > 0


def test_what_has_not_changed_is_left_alone_and_what_has_takes_its_place(folder: Path) -> None:
    catalogue = Catalogue.create(folder)
    path = folder / "a.ttl"
    path.write_text(TURTLE)
    assert states(catalogue, path) == {"a.ttl": "added"}
    assert states(catalogue, path) == {"a.ttl": "unchanged"}
    assert states(catalogue, path, again=True) == {"a.ttl": "replaced"}
    path.write_text(TURTLE.replace("'A'", "'B'"))
    assert states(catalogue, path) == {"a.ttl": "replaced"}
    with catalogue.snapshot() as found:
        assert "'B'" not in (
            labels := [str(quad.object) for quad in found.store if "prefLabel" in quad.predicate.value]
        )
        assert labels == ['"B"@en']


def test_what_is_no_longer_in_a_folder_goes_and_other_sources_stay(folder: Path) -> None:
    catalogue = Catalogue.create(folder)
    states(catalogue, folder)
    (folder / "structures" / "structure.xml").unlink()
    (folder / "structures" / "b.ttl").write_text(TURTLE)
    assert states(catalogue, folder / "structures") == {
        "structures/b.ttl": "added", "structures/structure.xml": "removed"
    }  # fmt: skip
    assert [item.name for item in catalogue.sources()] == ["codebook.xml", "structures/b.ttl"]
    with catalogue.snapshot() as found:
        assert set(found.edges["source"].to_pylist()) <= {"codebook.xml", "structures/b.ttl"}


@pytest.mark.parametrize(
    ("name", "data", "rule"),
    [
        ("broken.ttl", b"<urn:a> <urn:b> ", "IO101"),
        ("empty.ttl", b"@prefix a: <urn:a> .\n", "IO110"),
        ("entity.rdf", b'<!DOCTYPE a [<!ENTITY b "c">]>' + RDF_XML, "IO102"),
        ("deep.jsonld", b'{"@id": "urn:a", "urn:b":' * 100 + b"1" + b"}" * 100, "IO107"),
        ("remote.jsonld", b'{"@context": "http://127.0.0.1:9/context", "@id": "urn:a", "b": 1}', "IO101"),
        ("cut.xml", (EXAMPLES / "population" / "structure.xml").read_bytes()[:4000], "IO101"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_and_nothing_is_lost(folder: Path, name: str, data: bytes, rule: str) -> None:
    catalogue = Catalogue.create(folder)
    path = folder / name
    path.write_text(TURTLE) if name.endswith(".ttl") else path.write_bytes(
        (EXAMPLES / "population/structure.xml").read_bytes()
    )
    known = states(catalogue, path) == {name: "added"}
    before = catalogue.sources()
    path.write_bytes(data)
    (done,) = catalogue.load([path])
    assert (known, done.state) == (True, "refused")
    assert rule in {item.rule for item in done.findings}
    assert catalogue.sources() == before, "what was stored before, stays"


def test_blank_nodes_have_the_same_names_at_each_reading_and_never_those_of_another_source(folder: Path) -> None:
    catalogue = Catalogue.create(folder)
    for name in ("a.ttl", "b.ttl"):
        (folder / name).write_text("<urn:x-a> <urn:x-p> [ <urn:x-q> 1 ], [ <urn:x-q> 2 ] .\n")
    catalogue.load([folder / "a.ttl", folder / "b.ttl"])
    with catalogue.snapshot() as found:
        first = {str(quad) for quad in found.store if "x-p" in quad.predicate.value}
        assert len({quad.object for quad in found.store if "x-p" in quad.predicate.value}) == 4
    catalogue.load([folder / "a.ttl", folder / "b.ttl"], again=True)
    with catalogue.snapshot() as found:
        assert {str(quad) for quad in found.store if "x-p" in quad.predicate.value} == first


def test_a_reader_sees_one_state_while_others_write(folder: Path) -> None:
    catalogue = Catalogue.create(folder)
    (folder / "a.ttl").write_text(TURTLE)
    catalogue.load([folder / "a.ttl"])
    with catalogue.snapshot() as held:
        size = len(held.store)
        for number in range(3):
            (folder / "a.ttl").write_text(TURTLE + f"<urn:x-{number}> a <urn:x-c> .\n")
            assert states(catalogue, folder / "a.ttl") == {"a.ttl": "replaced"}
        assert len(held.store) == size
    with catalogue.snapshot() as found:
        assert len(found.store) > size
    generations = list((folder / ".semstat" / "catalogue").glob("generation-*"))
    catalogue.load([folder / "a.ttl"], again=True)
    assert len(list((folder / ".semstat" / "catalogue").glob("generation-*"))) < max(len(generations), 2), "old ones go"


def test_one_writer_at_a_time(folder: Path) -> None:
    catalogue = Catalogue.create(folder)
    with catalogue._generations.writing(), pytest.raises(CatalogueBusy):
        catalogue.load([folder / "codebook.xml"])


KILLED = """
import os, sys
from pathlib import Path
from semstat.interop.catalogue import Catalogue
catalogue = Catalogue(sys.argv[1])
for number in range(1000):
    path = Path(sys.argv[1], f"{number}.ttl")
    path.write_text(f"<urn:x-{number}> a <urn:x-c> .")
    catalogue.load([path])
    print(number, flush=True)
"""


def test_killed_at_any_moment_nothing_acknowledged_is_lost(folder: Path) -> None:
    catalogue = Catalogue.create(folder)
    acknowledged = 0
    for lines in range(1, 6):
        with subprocess.Popen([sys.executable, "-P", "-c", KILLED, str(folder)], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            for _ in range(lines):
                process.stdout.readline()
            process.send_signal(signal.SIGKILL)
            acknowledged = max(acknowledged, lines - 1, *(int(line) for line in process.stdout.read().split()))
        known = {item.name for item in catalogue.sources()}
        assert {f"{number}.ttl" for number in range(acknowledged + 1)} <= known
        assert all(item.state == "whole" for item in verify(catalogue) if item.name in known)
    assert states(catalogue, folder / "codebook.xml") == {"codebook.xml": "added"}, "and it can be written to"


def test_verifying_tells_what_changed_what_is_missing_and_what_is_broken(folder: Path) -> None:
    catalogue = Catalogue.create(folder)
    for name in "abc":
        (folder / f"{name}.ttl").write_text(TURTLE.replace("x-a", f"x-{name}"))
    catalogue.load([folder])
    assert {item.state for item in verify(catalogue, deep=True)} == {"whole"}
    (folder / "a.ttl").write_text(TURTLE.replace("'A'", "'B'"))
    (folder / "b.ttl").unlink()
    with catalogue._generations.writing() as (_, store):
        quad = next(iter(store.quads_for_pattern(None, None, None, ox.NamedNode(graph_of("c.ttl")))))
        store.remove(quad)
    found = {item.name: item.state for item in verify(catalogue)}
    assert found == {
        "a.ttl": "changed", "b.ttl": "missing", "c.ttl": "broken", "codebook.xml": "whole",
        "structures/structure.xml": "whole",
    }  # fmt: skip


def test_verifying_tells_when_dependencies_do_not_follow_from_the_statements(tmp_path: Path) -> None:
    catalogue = Catalogue.create(tmp_path)
    for name in "ab":
        text = f"<urn:x-{name}> <https://w3id.org/semstat/lineage#derivedFrom> <urn:x-{name}{name}> ."
        (tmp_path / f"{name}.ttl").write_text(text)
    catalogue.load([tmp_path])
    assert {item.state for item in verify(catalogue)} == {"whole"}
    with catalogue.snapshot() as found:
        edges = found.edges
    with catalogue._generations.writing() as (made, store):
        write_edges(made.folder, edges.filter(pc.equal(edges["source"].cast(pa.string()), "b.ttl")))
        for quad in list(store.quads_for_pattern(None, None, None, ox.NamedNode(edge_graph("b.ttl")))):
            store.remove(quad)
    assert {item.name: item.reason for item in verify(catalogue)} == {
        "a.ttl": "the table of dependencies does not follow from the statements",
        "b.ttl": "the graph of dependencies does not follow from the statements",
    }


def test_a_store_that_cannot_be_read_is_said_to_be_damaged_and_can_be_built_again(folder: Path) -> None:
    catalogue = Catalogue.create(folder)
    catalogue.load([folder])
    (generation,) = (folder / ".semstat" / "catalogue").glob("generation-*")
    (generation / "quads" / "CURRENT").write_bytes(b"nothing\n")
    with pytest.raises(CatalogueDamaged) as damaged, catalogue.snapshot():
        pass
    assert "--anew" in damaged.value.hint
    names = catalogue.listed()
    assert names == ("codebook.xml", "structures/structure.xml")
    catalogue.load([source_path(name, catalogue.folder) for name in names], anew=True)
    assert {item.state for item in verify(catalogue)} == {"whole"}


def test_what_cannot_be_read_keeps_what_was_stored_of_it(folder: Path) -> None:
    catalogue = Catalogue.create(folder)
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.write(folder / "codebook.xml", "codebook.xml")
    paths = [folder / "structures", folder / "a.zip"]
    catalogue.load(paths)
    (folder / "a.zip").write_bytes(b"PK broken off")
    (folder / "structures").rename(folder / "elsewhere")
    assert [item.state for item in catalogue.load(paths)] == ["refused", "refused"]
    assert [item.name for item in catalogue.sources()] == ["a.zip!codebook.xml", "structures/structure.xml"]


def test_equal_catalogues_give_equal_files(folder: Path, tmp_path: Path) -> None:
    texts = []
    for number, names in enumerate((["."], ["structures", "codebook.xml"])):
        office = tmp_path / str(number)
        shutil.copytree(folder, office)
        catalogue = Catalogue.create(office)
        catalogue.load([office / name for name in names])
        for suffix in (".nq", ".trig"):
            target = tmp_path / f"out-{number}{suffix}"
            with catalogue.snapshot() as found:
                assert exported(found, target) > 1000
            texts.append(target.read_bytes())
    assert texts[:2] == texts[2:]
    assert str(tmp_path).encode() not in texts[0], "no path of this machine"


def test_a_backup_is_a_catalogue_with_the_same_content(folder: Path, tmp_path: Path) -> None:
    catalogue = Catalogue.create(folder)
    catalogue.load([folder])
    copy = catalogue.backup(tmp_path / "copy")
    assert copy.sources() == catalogue.sources()
    with copy.snapshot() as one, catalogue.snapshot() as other:
        assert set(one.store) == set(other.store)
        assert one.edges.equals(other.edges)
    catalogue.remove(["codebook.xml"])
    assert len(copy.sources()) == 2


def test_removing_takes_out_statements_dependencies_and_the_record(folder: Path) -> None:
    catalogue = Catalogue.create(folder)
    catalogue.load([folder])
    assert catalogue.remove(["codebook.xml", "no-such.xml"]) == ("no-such.xml",)
    catalogue.remove(["structures/structure.xml"])
    with catalogue.snapshot() as found:
        assert (len(found.store), found.edges.num_rows, found.sources) == (0, 0, ())


def test_a_catalogue_may_lie_elsewhere_than_its_sources(folder: Path, tmp_path: Path) -> None:
    catalogue = Catalogue.create(tmp_path / "other")
    (done,) = catalogue.load([folder / "codebook.xml"])
    assert done.name == "../office/codebook.xml"
    assert os.path.samefile(source_path(done.name, catalogue.folder), folder / "codebook.xml")
    assert done.record is not None
    assert ".." not in done.record.graph


@needs_corpora
def test_metadata_of_every_standard_go_into_one_catalogue(tmp_path: Path) -> None:
    assert CORPORA is not None
    names = [
        *files_of("SDMX")[::12],
        *files_of("DDI", under="ddi/")[::12],
        *files_of("RDF turtle", under="vocab/")[::60],
    ]
    paths = [CORPORA / name for name in names if (CORPORA / name).stat().st_size < 300_000]
    catalogue = Catalogue.create(tmp_path)
    done = catalogue.load(paths)
    known = {item.name for item in catalogue.sources()}
    assert len(done) == len(paths) >= 30
    for item in done:
        assert (item.state == "added") == (item.name in known)
        assert item.findings or item.state == "added", "what is not taken says why"
    assert {item.state for item in verify(catalogue, deep=True)} == {"whole"}
    print(f"{len(paths)} files, {len(known)} of them metadata")
