"""Measure lineage on a made graph against SPARQL paths in rdflib, Oxigraph and Virtuoso: the index, one impact, one path.

The graph has the form of an office: code lists that structures use, datasets in chains of derivation, tables at their end. Run
``python benchmarks/lineage.py``; ``--edges`` sets the size, ``--peers`` adds the paths in SPARQL, ``--triples 2000000`` loads a
catalogue of so many statements and asks it. Virtuoso takes part where it is installed (``virtuoso-t``, ``isql-vt``).
"""

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pyarrow as pa

DEPENDS_ON = "https://w3id.org/semstat/lineage#dependsOn"
KINDS = ("valueDomain", "component", "structure", "derivedFrom")
TIMES = 5


def edges(number: int) -> Iterator[tuple[str, str, str]]:
    """Yield edges from the lists up: each list is used by components, those by structures, those by datasets in chains."""
    made = random.Random(7)
    layers = [number // 80, number // 8, number // 8, number // 4]
    names = [
        [f"https://example.org/{kind}/{item}" for item in range(size)] for kind, size in zip(KINDS, layers, strict=True)
    ]
    for level in range(1, len(names)):
        for item in names[level]:
            for _ in range(2 if level < 3 else 1):
                yield item, f"https://w3id.org/semstat/lineage#{KINDS[level - 1]}", made.choice(names[level - 1])
    chain = names[-1]
    for place in range(1, len(chain)):
        yield (
            chain[place],
            "https://w3id.org/semstat/lineage#derivedFrom",
            chain[made.randrange(max(0, place - 2000), place)],
        )


def timed(what: str, call: Callable[[], object], times: int = TIMES) -> None:
    """Print the least processor time and the least time on the clock of several calls."""
    costs, walls = [], []
    for _ in range(times):
        start, wall = time.process_time(), time.perf_counter()
        found = call()
        costs.append(time.process_time() - start)
        walls.append(time.perf_counter() - wall)
    print(f"| {what} | {min(costs) * 1000:,.1f} | {min(walls) * 1000:,.1f} | {found} |", flush=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--edges", type=int, default=280_000)
    parser.add_argument("--peers", action="store_true", help="also the paths of SPARQL, which take minutes")
    parser.add_argument("--triples", type=int, default=0, metavar="N", help="also a catalogue of so many statements")
    options = parser.parse_args()
    rows = list(edges(options.edges))
    start = rows[0][2]
    print(f"{len(rows):,} edges\n\n| what | CPU ms | ms | found |\n|---|--:|--:|--:|")
    walks(rows, start)
    if options.peers:
        peers(rows, start)
    if options.triples:
        print(f"\n{options.triples:,} statements\n\n| what | CPU ms | ms | found |\n|---|--:|--:|--:|")
        large(rows, start, options.triples, also_virtuoso=options.peers)


def walks(rows: Sequence[tuple[str, str, str]], start: str) -> None:
    """Measure what semstat does in memory."""
    from semstat.interop.catalogue import Lineage, impact_of

    table = pa.table(
        {name: [row[place] for row in rows] for place, name in enumerate(("dependent", "dependency", "on"))}
    )

    def index() -> int:
        known = Lineage(table)
        known.walk(rows[0][0], "down", depth=1)
        known.walk(rows[0][0], "up", depth=1)
        return known.nodes

    known = Lineage(table)
    timed("semstat, index of both directions", index)
    timed("semstat, all that depends on a list", lambda: len(known.walk(start, "down")))
    timed("semstat, within three steps", lambda: len(known.walk(start, "down", depth=3)))
    timed("semstat, impact of a code removed", lambda: len(impact_of(known, [start], "code-removed").hits))
    timed("semstat, shortest way between two things", lambda: len(known.path(rows[-1][0], start) or ()))


def peers(rows: Sequence[tuple[str, str, str]], start: str) -> None:
    """Measure the path of SPARQL from the same start."""
    import pyoxigraph as ox
    import rdflib

    store, graph, above = ox.Store(), rdflib.Graph(), ox.NamedNode(DEPENDS_ON)
    store.bulk_extend(ox.Quad(ox.NamedNode(one), above, ox.NamedNode(other)) for one, _, other in rows)
    for one, _, other in rows:
        graph.add((rdflib.URIRef(one), rdflib.URIRef(DEPENDS_ON), rdflib.URIRef(other)))
    query = f"SELECT DISTINCT ?x {{ ?x <{DEPENDS_ON}>+ <{start}> }}"
    timed("Oxigraph in memory, the path in SPARQL", lambda: sum(1 for _ in store.query(query)))
    timed("rdflib, the path in SPARQL", lambda: len(graph.query(query)))
    with tempfile.TemporaryDirectory() as folder:
        lines = (f"<{one}> <{DEPENDS_ON}> <{other}> .\n" for one, _, other in rows)
        (Path(folder) / "edges.nt").write_text("".join(lines))
        virtuoso(Path(folder), [query])


def statements(rows: Sequence[tuple[str, str, str]], number: int) -> Iterator[str]:
    """Yield lines of Turtle: the edges as their models state them, then names and texts of the things, in three languages."""
    core, skos = "https://w3id.org/semstat/core#", "http://www.w3.org/2004/02/skos/core#"
    left = number
    for one, kind, other in rows:
        yield f"<{one}> <{kind}> <{other}> .\n"
    left -= len(rows)
    things = sorted({end for row in rows for end in (row[0], row[2])})
    turn = 0
    while left > 0:
        for thing in things[:left]:
            name = thing.rpartition("/")[2]
            yield (
                f"<{thing}> <{core}identifier> 'T{name}' .\n" if not turn
                else f"<{thing}> <{skos}{'prefLabel' if turn < 4 else 'note'}> 'thing {name}, text {turn}'@"
                f"{('en', 'fr', 'es')[turn % 3]} .\n"
            )  # fmt: skip
        left -= len(things)
        turn += 1


def large(rows: Sequence[tuple[str, str, str]], start: str, number: int, *, also_virtuoso: bool) -> None:
    """Measure loading and asking a catalogue."""
    from semstat.interop.catalogue import Catalogue, Lineage, impact_of
    from semstat.interop.catalogue.finding import find
    from semstat.interop.catalogue.names import Naming

    with tempfile.TemporaryDirectory() as folder:
        files, part = [], 100_000
        lines = list(statements(rows, number))
        for place in range(0, len(lines), part):
            files.append(Path(folder) / f"part-{place // part:02d}.ttl")
            files[-1].write_text("".join(lines[place : place + part]))
        del lines
        catalogue = Catalogue.create(folder)
        timed(
            f"semstat, load of {len(files)} files",
            lambda: sum(item.record.triples for item in catalogue.load(files)),
            1,
        )
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"| semstat, peak of memory until here, MB | | | {peak:,} |", flush=True)
        timed("semstat, load again, nothing changed", lambda: len(catalogue.load(files)), 1)
        timed(
            "semstat, count of all statements",
            lambda: catalogue.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", seconds=120).rows[0]["n"]["value"],
            1,
        )
        path = f"SELECT DISTINCT ?x {{ ?x <{DEPENDS_ON}>+ <{start}> }}"
        timed(
            "semstat, the path in SPARQL, in a process of its own",
            lambda: len(catalogue.ask(path, seconds=120).rows),
            1,
        )
        with catalogue.snapshot() as seen:
            timed("semstat, a thing by its short name", lambda: len(Naming(seen.store).find("T1")))
            timed("semstat, index of both directions", lambda: Lineage(seen.edges).nodes)
            known = Lineage(seen.edges)
            timed("semstat, impact of a code removed", lambda: len(impact_of(known, [start], "code-removed").hits))
            timed("semstat, find by a word", lambda: len(find(seen.store, "thing 4711")), 1)
        if also_virtuoso:
            virtuoso(Path(folder), ["SELECT (COUNT(*) AS ?n) { GRAPH <urn:all> { ?s ?p ?o } }"])


def virtuoso(folder: Path, queries: Sequence[str]) -> None:
    """Measure the bulk load of the files of a folder into Virtuoso, and queries, each with its results sent and read."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
    from sparql_servers import engine

    from semstat.interop.catalogue.endpoint import Endpoint

    with engine("virtuoso", folder, buffers=100_000) as url:
        port = (folder / "virtuoso.ini").read_text().partition("ServerPort = 127.0.0.1:")[2].split()[0]
        said = "ld_dir('.', '%.nt', 'urn:all'); ld_dir('.', '%.ttl', 'urn:all'); rdf_loader_run(); checkpoint;"

        def load() -> str:
            subprocess.run(["isql-vt", port, "dba", "dba", f"exec={said}"], cwd=folder, check=True, capture_output=True)
            return "-"

        timed("Virtuoso, bulk load", load, 1)
        endpoint = Endpoint(url, seconds=300)
        for query in queries:
            what = "the path in SPARQL" if "+" in query else "count of all statements"
            timed(f"Virtuoso, {what}", lambda query=query: len(endpoint.select(query).rows))


if __name__ == "__main__":
    main()
