"""Generic metadata messages in SDMX-ML: metadata sets of 3.x, which have an identity, and of 2.1, which have none.

Source:
    SDMX 2.1, SDMXMetadataGeneric.xsd and SDMXMessage.xsd, ``GenericMetadataType``; SDMX 3.0 and 3.1, SDMXMetadataGeneric.xsd.
"""

from collections.abc import Mapping

from lxml import etree

from semstat.interop.formats.sdmx.forms import Child, Form, international, part, read_part, refers
from semstat.interop.formats.sdmx.forms_metadata import REPORT, SET_ATTRIBUTES
from semstat.interop.formats.sdmx.model_facts import Reference
from semstat.interop.formats.sdmx.model_metadata import ReportedMetadata
from semstat.interop.formats.sdmx.parse_identity import close_tally
from semstat.interop.formats.sdmx.references import reference
from semstat.interop.formats.sdmx.source import Source, raw_xml

__all__ = ["METADATA_HEADER", "header_structures", "read_reported_metadata"]

METADATA_HEADER = frozenset(
    [
        "Structure",
        "DataProvider",
        "DataSetAction",
        "DataSetID",
        "Extracted",
        "ReportingBegin",
        "ReportingEnd",
        "EmbargoDate",
    ]
)
"""What the header of a metadata message may hold beside what that of a structure message may."""

_SHOWN = 200
_SET = Form(
    dict,
    (
        Child("Name", "names", international, many=True),
        Child("DataProvider", "provider", refers("DataProvider")),
        Child("Report", "reports", part(REPORT), many=True),
    ),
    texts={
        "structureRef": "structure",
        "setID": "set_id",
        "validFromDate": "valid_from",
        "validToDate": "valid_to",
        **SET_ATTRIBUTES,
    },
    kind="annotable",
)


def header_structures(source: Source, header: etree._Element) -> dict[str, Reference]:
    """Return the metadata structures that a header declares, by the ids under which the sets refer to them."""
    found: dict[str, Reference] = {}
    for structure in header:
        if not isinstance(structure.tag, str) or source.local(structure.tag) != "Structure":
            continue
        for child in structure:
            target = reference(source, child, "MetadataStructure") if isinstance(child.tag, str) else None
            if target is not None:
                found[structure.get("structureID", "")] = target
    return found


def read_reported_metadata(
    source: Source, element: etree._Element, structures: Mapping[str, Reference]
) -> ReportedMetadata | None:
    """Return a metadata set of 2.1; ``None`` when it does not say which structure it follows, and is nameless thereby.

    Findings:
        ``IO108`` when the header does not declare the structure that the set refers to; ``IO114`` for references by data
        key, dataset or constraint, which are kept raw.
    """
    source.tally.clear()
    fields = read_part(source, element, _SET)
    close_tally(source, element, "metadata set")
    if not isinstance(fields, dict):
        return None
    stated = fields.pop("structure")
    structure = structures.get(str(stated))
    if structure is None:
        message = f"the header declares no structure `{stated or ''}` for the metadata set; the set is left out"
        source.report("IO108", message, element, value=raw_xml(element)[:_SHOWN])
        return None
    return ReportedMetadata(structure=structure, **fields)
