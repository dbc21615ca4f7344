"""The structure reader against sdmx1, on every file that sdmx1 reads: codes, names, parents, dimensions."""

from collections import defaultdict

from corpora import CORPORA, needs_corpora
from peers import COMPARED, by_sdmx1, fenced
from rdflib import Graph
from sdmx_corpus import FILES, load, read_items

from semstat.ontology.terms import RDF, SS, SST

pytestmark = needs_corpora


def same_codes(message, ours, name: str) -> int:
    """Compare ids, names and parents; return how many codes were compared."""
    compared = 0
    for codelist in message.codelist.values():
        if codelist.is_external_reference or codelist.maintainer is None:
            continue
        for code in codelist:
            key = (codelist.maintainer.id, codelist.id, code.id)
            if key not in ours and name in COMPARED["counted"]:
                continue
            assert dict(ours[key][0]) == dict(code.name.localizations), (name, key)
            parent = getattr(code.parent, "id", None)
            assert parent in (None, codelist.id) or ours[key][1] == parent, (name, key)
            compared += 1
    return compared


def same_dimensions(message, graph: Graph, name: str) -> int:
    """Compare the dimensions in order; return how many were compared."""
    compared = 0
    ours = dimension_ids(graph)
    for structure in message.structure.values():
        # In the hub graph time comes last, wherever it stands in the message.
        parts = sorted(structure.dimensions, key=lambda part: type(part).__name__ == "TimeDimension")
        key = (structure.id, str(structure.version))
        if parts and key in ours:  # sdmx1 invents the structure that a constraint names
            assert ours[key] == [part.id for part in parts], name
            compared += len(parts)
    return compared


def test_same_codes_names_parents_and_dimensions_as_sdmx1() -> None:
    files = codes = dimensions = 0
    for name in FILES:
        message = fenced(by_sdmx1, CORPORA / name)
        if message is None:
            continue
        files += 1
        graph = load(name).graph
        codes += same_codes(message, read_items(graph), name)
        dimensions += same_dimensions(message, graph, name)
    print(f"sdmx1: {files} files, {codes} codes, {dimensions} dimensions")
    assert (files >= 100, codes >= 5000, dimensions >= 200) == (True, True, True)


def dimension_ids(graph: Graph) -> dict[tuple[str, str], list[str]]:
    found = defaultdict(list)
    for structure, component in graph.subject_objects(SST.component):
        kinds = set(graph.objects(component, RDF.type))
        if kinds & {SST.Dimension, SST.TimeDimension, SST.MeasureDimension}:
            place = int(graph.value(component, SS.position))
            key = (str(graph.value(structure, SS.identifier)), str(graph.value(structure, SS.version)))
            found[key].append((place, str(graph.value(component, SS.identifier))))
    return {structure: [identifier for _, identifier in sorted(places)] for structure, places in found.items()}
