"""Measure lineage on a made graph against SPARQL paths in rdflib and pyoxigraph: the index, one impact, one path.

The graph has the form of an office: codes lists that structures use, datasets in chains of derivation, tables at their end. Run
``python benchmarks/lineage.py``; ``--edges`` sets the size.
"""

import argparse
import random
import time
from collections.abc import Callable, Iterator

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


def timed(what: str, call: Callable[[], object]) -> None:
    """Print the least processor time of several calls."""
    costs = []
    for _ in range(TIMES):
        start = time.process_time()
        found = call()
        costs.append(time.process_time() - start)
    print(f"| {what} | {min(costs) * 1000:,.1f} | {found} |", flush=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--edges", type=int, default=280_000)
    parser.add_argument("--peers", action="store_true", help="also the paths of SPARQL, which take minutes")
    options = parser.parse_args()
    rows = list(edges(options.edges))
    table = pa.table(
        {name: [row[place] for row in rows] for place, name in enumerate(("dependent", "dependency", "on"))}
    )
    print(f"{len(rows):,} edges\n\n| what | CPU ms | found |\n|---|--:|--:|")
    from semstat.interop.catalogue import Lineage, impact_of

    def index() -> int:
        known = Lineage(table)
        known.walk(rows[0][0], "down", depth=1)
        known.walk(rows[0][0], "up", depth=1)
        return known.nodes

    known = Lineage(table)
    start = rows[0][2]
    timed("semstat, index of both directions", index)
    timed("semstat, all that depends on a list", lambda: len(known.walk(start, "down")))
    timed("semstat, within three steps", lambda: len(known.walk(start, "down", depth=3)))
    timed("semstat, impact of a code removed", lambda: len(impact_of(known, [start], "code-removed").hits))
    timed("semstat, shortest way between two things", lambda: len(known.path(rows[-1][0], start) or ()))
    if options.peers:
        peers(rows, start)


def peers(rows: list[tuple[str, str, str]], start: str) -> None:
    """Measure the path of SPARQL from the same start."""
    import pyoxigraph as ox
    import rdflib

    store, graph, above = ox.Store(), rdflib.Graph(), ox.NamedNode(DEPENDS_ON)
    store.bulk_extend(ox.Quad(ox.NamedNode(one), above, ox.NamedNode(other)) for one, _, other in rows)
    for one, _, other in rows:
        graph.add((rdflib.URIRef(one), rdflib.URIRef(DEPENDS_ON), rdflib.URIRef(other)))
    query = f"SELECT DISTINCT ?x {{ ?x <{DEPENDS_ON}>+ <{start}> }}"
    timed("pyoxigraph, the path in SPARQL", lambda: sum(1 for _ in store.query(query)))
    timed("rdflib, the path in SPARQL", lambda: len(graph.query(query)))


if __name__ == "__main__":
    main()
