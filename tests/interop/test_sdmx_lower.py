"""Lowering inverts lifting: on every structure message of the corpora, and on generated artefacts."""

import pytest
from corpora import CORPORA, needs_corpora
from sdmx_corpus import FILES
from sdmx_laws import lifted, normal

from semstat.interop.formats.sdmx.lower_message import lower_graph
from semstat.interop.formats.sdmx.parse import parse_message


def key(artefact) -> str:
    return str(artefact.head.name.iri) if artefact.head else str(artefact.targets)


@needs_corpora
@pytest.mark.parametrize("name", FILES)
def test_lower_inverts_lift(name: str) -> None:
    message = parse_message((CORPORA / name).read_bytes(), origin=name)
    graph, index = lifted(message)
    wanted = [placed.artefact for placed in index.kept.values()] + [artefact for artefact, _ in index.anonymous]
    found = lower_graph(graph)
    assert sorted(map(key, found)) == sorted(map(key, wanted))
    for one, other in zip(sorted(found, key=key), sorted(wanted, key=key), strict=True):
        assert normal(one) == normal(other)


@needs_corpora
def test_how_much_is_inverted() -> None:
    print(f"{len(FILES)} files")
    assert len(FILES) == 156
