"""How DDI-CDI holds what it has no property for, when SDMX says it of a component: words of named vocabularies."""

from semstat.ontology.ddi_iri import DdiName
from semstat.ontology.iri import SdmxName

__all__ = ["ATTACHMENT", "GROUP", "MEASURE", "PARENT", "ROLE", "USAGE", "irdi_of_sdmx"]

USAGE, ROLE, ATTACHMENT = "SDMX usage", "SDMX concept role", "SDMX attachment level"
GROUP, MEASURE = "SDMX group", "SDMX measure relationship"
"""The vocabularies whose words stand as the semantic of a component: whether values must be there, which role its concept has,
at which level an attribute is attached, to which groups, and to which measures where it says so."""

PARENT = "narrower"
"""The semantics of the relationship of a code to those below it."""

_UNVERSIONED = "0"


def irdi_of_sdmx(name: SdmxName) -> DdiName:
    """Return agency, identifier and version of an artefact or item of SDMX; the class is part of the identifier.

    Example:
        >>> irdi_of_sdmx(SdmxName("codelist", "Code", "SDMX", "CL_FREQ", "2.1", "A"))
        DdiName(agency='SDMX', id='Code=CL_FREQ.A', version='2.1')
    """
    item = f".{name.item}" if name.item is not None else ""
    return DdiName(name.agency, f"{name.cls}={name.id}{item}", name.version or _UNVERSIONED)
