"""What messages of other versions of SDMX call time and the primary measure of a structure."""

from collections.abc import Iterator

from semstat.ontology.iri import name_of
from semstat.validators.structural.view import ComponentView, StructureView

__all__ = ["concept_ids", "fixed_ids"]


def _by_role(view: StructureView) -> Iterator[tuple[str, ComponentView]]:
    """Yield time and the primary measure of SDMX 2.x, each with the id that is fixed since 2.1."""
    if view.time is not None:
        yield "TIME_PERIOD", view.time
    primary = [item for item in view.components if (name := name_of(item.iri)) and name.cls == "PrimaryMeasure"]
    if len(primary) == 1:
        yield "OBS_VALUE", primary[0]


def fixed_ids(view: StructureView) -> dict[str, str]:
    """Return what time and the primary measure are called since SDMX 2.1, where the structure calls them otherwise.

    Source:
        SDMX 2.1, SDMXStructureDataStructure.xsd, *TimeDimensionType* and *PrimaryMeasureType* (ids that are fixed).
    """
    known = {item.id for item in view.components}
    return {fixed: item.id for fixed, item in _by_role(view) if fixed not in known}


def concept_ids(view: StructureView) -> dict[str, str]:
    """Return what time and the primary measure are called in messages of SDMX 2.0, where the structure calls them otherwise.

    Source:
        SDMX 2.0, SDMXStructure.xsd, *TimeDimensionType* and *PrimaryMeasureType* (``conceptRef``).
    """
    known = {item.id for item in view.components}
    named = (
        (concept.item, item.id) for _, item in _by_role(view) for iri in item.concepts if (concept := name_of(iri))
    )
    return {name: identifier for name, identifier in named if name is not None and name not in known}
