"""Groups of dimensions in SDMX-ML data structures."""

from lxml import etree

from semstat.interop.formats.sdmx.model import Group, LocalReference
from semstat.interop.formats.sdmx.references import local_reference, reference
from semstat.interop.formats.sdmx.source import Gathered, Source, raw_xml
from semstat.interop.formats.sdmx.vocabulary import Grammar
from semstat.ontology.iri import SdmxName

__all__ = ["read_group"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_GROUP = Grammar(
    parts=_words("GroupDimension AttachmentConstraint"),
    attributes=_words("id urn uri"),
    annotable=True,
    linked=True,
)
_GROUP_DIMENSION = Grammar(parts=_words("DimensionReference"))


def read_group(
    source: Source, element: etree._Element, name: SdmxName, groups: dict[str, Group], outer: Gathered
) -> None:
    """Read a group of a data structure into ``groups``; what is none goes into ``outer``, raw.

    Findings:
        ``DSD003`` for an id used twice, ``IO108`` for none.
    """
    identifier = element.get("id")
    if not identifier or identifier in groups:
        problem = "stands more than once" if identifier else "has no id"
        rule = "DSD003" if identifier else "IO108"
        source.report(rule, f"the group `{identifier or ''}` of `{name.short}` {problem}; it is kept as it is", element)
        outer.unread.append(raw_xml(element))
        return
    source.check_urn(element, name.of_item("GroupDimensionDescriptor", identifier))
    found = source.gather(element, _GROUP)
    dimensions: list[LocalReference] = []
    for part in found.all("GroupDimension"):
        inner = source.gather(part, _GROUP_DIMENSION)
        found.unread.extend(inner.unread)
        targets = [local_reference(source, target) for target in inner.all("DimensionReference")]
        dimensions.extend(target for target in targets if target is not None)
    part_of_group = source.one(found, "AttachmentConstraint")
    constraint = reference(source, part_of_group, "AttachmentConstraint") if part_of_group is not None else None
    groups[identifier] = Group(found.facts(identifier, source.line(element)), tuple(dimensions), constraint)
