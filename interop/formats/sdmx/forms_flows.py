"""The forms of dataflows and provision agreements in SDMX-ML.

Source:
    SDMX 2.1, 3.0 and 3.1, SDMXStructureDataflow.xsd and SDMXStructureProvisionAgreement.xsd.
"""

from collections.abc import Mapping

from lxml import etree

from semstat.interop.formats.sdmx.forms import Child, Form, refers, token
from semstat.interop.formats.sdmx.model_structures import Dataflow, ProvisionAgreement
from semstat.interop.formats.sdmx.source import Source
from semstat.interop.formats.sdmx.vocabulary import Grammar

__all__ = ["FLOW_FORMS"]

_CONSTRAINT = Grammar(parts=frozenset({"Dimension"}))


def _dimensions(source: Source, element: etree._Element, unread: list[str]) -> tuple[str, ...]:
    found = source.gather(element, _CONSTRAINT)
    unread.extend(found.unread)
    return tuple(token(source, part, unread) for _, part in found.parts)


FLOW_FORMS: Mapping[str, Form] = {
    "Dataflow": Form(
        Dataflow,
        (
            Child("Structure", "structure", refers("DataStructure")),
            Child("CategoryRef", "categories", refers("Category"), many=True),
            Child("DimensionConstraint", "dimension_constraint", _dimensions),
        ),
    ),
    # 2.1 says StructureUsage what 3.x calls Dataflow.
    "ProvisionAgreement": Form(
        ProvisionAgreement,
        (
            Child("StructureUsage", "dataflow", refers("Dataflow")),
            Child("Dataflow", "dataflow", refers("Dataflow")),
            Child("DataProvider", "provider", refers("DataProvider")),
        ),
    ),
}
"""The forms of dataflows and provision agreements, by the name of their element."""
