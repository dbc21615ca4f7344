"""The schema of data as a file: which structure, which layout, which version."""

from collections.abc import Sequence
from os import PathLike
from typing import Literal

from rdflib import Graph

from semstat.interop.formats.sdmx.xsd import data_schema
from semstat.interop.inputs import structure_inputs
from semstat.interop.options import Options
from semstat.interop.publishing import problem_line
from semstat.interop.reading import read_sources
from semstat.interop.structures import NoSuchStructure, Structures
from semstat.ontology.access import flag, iris
from semstat.ontology.iri import known_name
from semstat.ontology.terms import SST
from semstat.validators.diagnostics import Severity
from semstat.validators.structural import StructureView

__all__ = ["multilingual_components", "published_xsd"]

AnyPath = str | PathLike[str]


def published_xsd(
    structure: Sequence[AnyPath],
    *,
    against: str | None = None,
    dimension_at_observation: str | None = None,
    version: Literal["2.1", "3.0", "3.1"] = "2.1",
    mandatory: bool = False,
    schemas: str = "",
) -> tuple[str | None, tuple[str, ...]]:
    """Return the schema of structure-specific data of a structure, and what was wrong with reading it.

    Args:
        structure: Structure messages.
        against: The structure, dataflow or agreement that the data cite; needed where several structures are at hand.
        dimension_at_observation: The layout; by default time, else ``AllDimensions``.
        version: Version of SDMX-ML.
        mandatory: Require mandatory attributes.
        schemas: Where the standard's schemas are, put before their names.

    Returns:
        The text, ``None`` when nothing was found because something could not be read; and a line for each error.

    Raises:
        NoSuchStructure: all was read, and there is no such structure.
        NoSuchDimension: the structure has no such dimension.
    """
    reading = read_sources(list(structure_inputs(structure, Options().limits)))
    problems = tuple(problem_line(item) for item in reading.document.diagnostics if item.severity is Severity.ERROR)
    structures = Structures(reading.document.graph, against)
    try:
        resolved = structures.resolve(None)
    except NoSuchStructure as reason:
        if not problems:
            raise
        return None, (*problems, f"error: {reason}")
    view = structures.view(resolved.structure)
    cited = known_name(resolved.scope[0] if against and resolved.scope else resolved.structure)
    text = data_schema(
        view,
        cited,
        at=dimension_at_observation,
        version=version,
        multilingual=multilingual_components(structures.graph, view),
        mandatory=mandatory,
        schemas=schemas,
    )
    return text, problems


def multilingual_components(graph: Graph, view: StructureView) -> frozenset[str]:
    """Return the components whose representation says that texts come in languages."""
    return frozenset(
        item.id
        for item in view.components
        if any(flag(graph, node, SST.isMultiLingual) for node in iris(graph, item.iri, SST.representation))
    )
