"""Shapes of the components whose values are keys (KeyValues): the dimensions that they name are those of the structure.

The schemas have keys as elements, and no document of the standard says how one is written as a text. Two ways are in use, and
both are taken: the codes in the order of the dimensions, joined by dots, and pairs of a dimension and its code.

Source:
    SDMX 2.1, SDMXMetadataGeneric.xsd, *DataKey*; SDMX REST 2.1, *key*: dots between dimensions, nothing where all are meant.
"""

import re

from rdflib import Literal

from semstat.ontology.terms import SH
from semstat.validators.diagnostics import Severity
from semstat.validators.structural.view import ComponentView, StructureView
from semstat.validators.structural.writer import ShapeWriter

__all__ = ["key_shape"]

_LISTED = 100
_VALUE = "[^=,;&.+]+"


def key_shape(writer: ShapeWriter, view: StructureView, component: ComponentView) -> None:
    """State that a value is a key of the structure's dimensions (DF005): a warning, for its form is one in use."""
    dimensions = view.dimensions
    if not dimensions:
        return
    names = ", ".join(item.id for item in dimensions)
    expected = f"a key of {names}: codes in their order, joined by dots, or pairs such as {dimensions[0].id}=…"
    message = f"`{component.id}` takes keys of the structure's dimensions."
    iri = writer.on_form("DF005", component, message, expected, severity=Severity.WARNING)
    writer.add(iri, SH.pattern, Literal(_pattern(dimensions)))


def _pattern(dimensions: tuple[ComponentView, ...]) -> str:
    pair = "|".join(f"{re.escape(item.id)}=(?:{_codes(item)})" for item in dimensions)
    pairs = f"(?:{pair})(?:[,;&] ?(?:{pair}))*"
    above = [item for item in dimensions if item.role != "time"]
    series = r"\.".join(f"(?:(?:{_codes(item)})(?:\\+(?:{_codes(item)}))*)?" for item in above)
    time = r"(?:\.(?:[0-9][^.=,;&]*)?)?" if len(above) < len(dimensions) else ""
    return f"^(?:{pairs}|{series}{time})$"


def _codes(item: ComponentView) -> str:
    """Return the expression of a dimension's values: its codes where they are few, else whatever separates nothing."""
    if item.codes is None or not 0 < len(item.codes) <= _LISTED:
        return _VALUE if item.role != "time" else "[^=,;&]+"
    return "|".join(re.escape(code) for code in item.codes)
