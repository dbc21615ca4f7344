"""In what engines differ behind the same protocol: a table, so that no engine's name stands anywhere else.

Source:
    Measured on Virtuoso 7.2.5 and Oxigraph 0.5; for Fuseki the documentation of Apache Jena (not tried).
"""

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["DIALECTS", "Dialect", "dialect_of"]


@dataclass(frozen=True, slots=True)
class Dialect:
    """How an engine is spoken to.

    ``parameters`` go with every query, so that what names no graph is looked for in all of them. Where ``names_graphs``, the
    graphs of the catalogue are named with each query instead: the engine adds graphs of its own to those of its users, or
    looks in none unless told. ``update`` is where it takes changes, as seen from the address for queries: empty for the same
    place. ``most_statements`` it takes in one request. ``most_rows`` are those after which it stops without a word; ``None``
    where it does not. Where ``says_true_as_one``, truth values come back as numbers.
    """

    name: str
    parameters: Mapping[str, str]
    names_graphs: bool
    update: str
    most_statements: int
    most_rows: int | None = None
    says_true_as_one: bool = False


DIALECTS: tuple[Dialect, ...] = (
    Dialect("Oxigraph", {"union-default-graph": ""}, names_graphs=False, update="/update", most_statements=200_000),
    Dialect(
        "Virtuoso", {}, names_graphs=True, update="/sparql-auth", most_statements=2_000, most_rows=10_000,
        says_true_as_one=True,
    ),
    Dialect(
        "Fuseki", {"default-graph-uri": "urn:x-arq:UnionGraph"}, names_graphs=False, update="", most_statements=20_000
    ),
)  # fmt: skip
"""The engines that are known, by the word that they call themselves by in the header ``Server``."""

_ANY = Dialect("", {}, names_graphs=True, update="", most_statements=5_000)
"""What is taken for granted of an engine that is not known: what SPARQL 1.1 says, and no more."""


def dialect_of(server: str) -> Dialect:
    """Return how an engine is spoken to, by what it says in the header ``Server``.

    Example:
        >>> dialect_of("Virtuoso/07.20.3229 (Linux) x86_64-pc-linux-gnu").most_rows
        10000
        >>> dialect_of("nginx").name
        ''
    """
    return next((item for item in DIALECTS if item.name.lower() in server.lower()), _ANY)
