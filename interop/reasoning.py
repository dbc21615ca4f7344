"""What follows from files and the ontology of semstat together, as Turtle."""

from collections.abc import Sequence
from dataclasses import dataclass
from os import PathLike

from semstat.interop.counting import Limits
from semstat.interop.inputs import inputs
from semstat.interop.java import quick_start
from semstat.interop.ontologies import read_rdf
from semstat.interop.publishing import problem_line
from semstat.ontology import load
from semstat.ontology.errors import MissingExtra, SemstatError, first_line
from semstat.ontology.reasoning import Contradiction, infer

__all__ = ["Inferred", "inferred"]


@dataclass(frozen=True, slots=True)
class Inferred:
    """What became of a request: the Turtle, or why there is none (``state``), and a line for each problem."""

    turtle: str | None
    state: str = "done"
    problems: tuple[str, ...] = ()


def inferred(paths: Sequence[str | PathLike[str]]) -> Inferred:
    """Return the types and the classes above that follow from files and the ontology of semstat, and are not stated.

    ``state`` is ``done``, ``unreadable``, ``contradiction``, or ``not reasoned`` where the reasoner is not there.
    """
    read = read_rdf(inputs(paths, Limits()))
    if read.refused:
        return Inferred(None, "unreadable", tuple(problem_line(item) for item in read.refused))
    graph = read.graph + load()
    try:
        with quick_start():
            follows = infer(graph)
    except Contradiction:
        return Inferred(None, "contradiction", ("error: the files and the ontology contradict each other",))
    except MissingExtra as missing:
        return Inferred(None, "not reasoned", (f"error: {missing}; {missing.hint}",))
    except SemstatError as problem:
        return Inferred(None, "not reasoned", (f"error: {first_line(problem)}",))
    for prefix, space in read.graph.namespaces():
        follows.bind(prefix, space)
    return Inferred(follows.serialize(format="turtle"))
