"""Schemes of items of SDMX-ML 2.0 in the words of 2.1: code lists, concepts, organisations, categories."""

from collections.abc import Iterator, Mapping

from lxml import etree

from semstat.interop.formats.sdmx.ml20 import STANDALONE, Transcriber, known_elements
from semstat.interop.formats.sdmx.vocabulary import STEM_20

__all__ = ["categories", "codelist", "concept_scheme", "organisation_scheme", "standalone_concepts"]

_DATAFLOW = ("AgencyID", "DataflowID", "Version")
_METADATAFLOW = ("AgencyID", "MetadataflowID", "Version")
_CHANNELS = ("Telephone", "Fax", "X400", "URI", "Email")
_CONCEPT = {"coreRepresentation", "coreRepresentationAgency", "parent", "parentAgency", "agencyID"}
_ORGANISATIONS: Mapping[str, tuple[str, str]] = {
    "Agencies": ("AgencyScheme", "Agency"),
    "DataProviders": ("DataProviderScheme", "DataProvider"),
    "DataConsumers": ("DataConsumerScheme", "DataConsumer"),
}


def codelist(to: Transcriber, element: etree._Element) -> etree._Element:
    """Return a code list; what 2.0 calls the description of a code is its name."""
    made = to.head(element, "Codelist")
    for child in to.common(element, made):
        if to.local(child) != "Code":
            to.keep(made, child)
            continue
        code = to.add(made, child, "Code", {"id": child.get("value")})
        if child.get("urn") is not None:
            code.set("urn", to.urn(child.get("urn", "")))
        to.keep_attributes(child, code, {"value", "urn", "parentCode"})
        if child.get("parentCode") is not None:
            to.reference(code, child, "Parent", {"id": child.get("parentCode")})
        for part in known_elements(child):
            if to.local(part) == "Description":
                to.text(code, part, "Name")
            elif to.local(part) == "Annotations":
                to.annotations(code, part)
            else:
                to.keep(code, part)
    return made


def concept_scheme(to: Transcriber, element: etree._Element) -> etree._Element:
    """Return a concept scheme."""
    made = to.head(element, "ConceptScheme")
    for child in to.common(element, made):
        if to.local(child) == "Concept":
            _concept(to, made, child, element.get("agencyID", ""))
        else:
            to.keep(made, child)
    return made


def standalone_concepts(to: Transcriber, concepts: list[etree._Element]) -> Iterator[etree._Element]:
    """Yield one scheme for the concepts of each agency that stand outside any scheme."""
    by_agency: dict[str, etree._Element] = {}
    for concept in concepts:
        agency = concept.get("agencyID", "")
        if agency not in by_agency:
            head = {"id": STANDALONE, "agencyID": agency or None, "version": "1.0"}
            by_agency[agency] = to.new(concept, "ConceptScheme", head)
        _concept(to, by_agency[agency], concept, agency)
    yield from by_agency.values()


def _concept(to: Transcriber, scheme: etree._Element, element: etree._Element, agency: str) -> None:
    made = to.add(scheme, element, "Concept", {"id": element.get("id"), "uri": element.get("uri")})
    if element.get("urn") is not None and scheme.get("id") != STANDALONE:
        made.set("urn", to.urn(element.get("urn", "")))
    same = {"agencyID"} if element.get("agencyID") in (None, agency) else set()
    known = {"id", "uri", "urn", *(_CONCEPT - {"agencyID"}), *same}
    to.keep_attributes(element, made, known)
    for child in to.common(element, made):
        if to.local(child) != "TextFormat":
            to.keep(made, child)
    if element.get("parent") is not None:
        to.reference(made, element, "Parent", {"id": element.get("parent")})
    listed = element.get("coreRepresentation")
    target = None
    if listed is not None:
        holder = etree.Element("x", {"codelist": listed})
        if element.get("coreRepresentationAgency") is not None:
            holder.set("codelistAgency", element.get("coreRepresentationAgency", ""))
        target = to.codelist(holder, agency)
    to.representation(made, element, "CoreRepresentation", target)


def organisation_scheme(to: Transcriber, element: etree._Element) -> Iterator[etree._Element]:
    """Yield a scheme of agencies, of data providers and of data consumers, as far as the 2.0 scheme holds them."""
    groups = [child for child in known_elements(element) if to.local(child) in _ORGANISATIONS]
    for cls in dict.fromkeys(to.local(group) or "" for group in groups) or ("Agencies",):
        scheme, item = _ORGANISATIONS[cls]
        made = to.head(element, scheme)
        for child in to.common(element, made):
            if to.local(child) not in _ORGANISATIONS:
                to.keep(made, child)
        for group in groups:
            for organisation in known_elements(group) if to.local(group) == cls else ():
                _organisation(to, made, organisation, item)
        yield made


def _organisation(to: Transcriber, scheme: etree._Element, element: etree._Element, item: str) -> None:
    made = to.add(scheme, element, item, {"id": element.get("id"), "uri": element.get("uri")})
    to.keep_attributes(element, made, {"id", "uri", "parentOrganisation"})
    parent = element.get("parentOrganisation")
    if parent is not None:
        to.reference(made, element, "Parent", {"id": parent})
    for child in to.common(element, made):
        local = to.local(child) or ""
        if local.endswith("Contact"):
            _contact(to, made, child, local.removesuffix("Contact"))
        else:
            to.keep(made, child)


def _contact(to: Transcriber, organisation: etree._Element, element: etree._Element, purpose: str) -> None:
    attributes = {"id": to.part_text(element, "id"), f"{{{STEM_20}structure}}purpose": purpose}
    made = to.add(organisation, element, "Contact", attributes)
    for child in known_elements(element):
        name = to.local(child)
        if name in ("Name", "Department", "Role"):
            to.text(made, child, name, kind="common" if name == "Name" else "structure")
        elif name in _CHANNELS:
            to.add(made, child, name or "", text=child.text)
        elif name != "id":
            to.keep(made, child)


def categories(to: Transcriber, element: etree._Element, scheme: str, item: str) -> etree._Element:
    """Return a scheme of nested categories, each with the flows that belong to it; also for reporting taxonomies."""
    made = to.head(element, scheme)
    for child in to.common(element, made):
        if to.local(child) == "Category":
            _category(to, made, child, item)
        else:
            to.keep(made, child, known=to.local(child) in ("DataflowRef", "MetadataflowRef"))
    return made


def _category(to: Transcriber, parent: etree._Element, element: etree._Element, item: str) -> None:
    made = to.add(parent, element, item, {"id": element.get("id"), "uri": element.get("uri")})
    to.keep_attributes(element, made, {"id", "uri"})
    for child in to.common(element, made):
        match to.local(child):
            case "Category":
                _category(to, made, child, item)
            case "DataflowRef":
                to.old_reference(made, child, "ProvisioningMetadata", "Dataflow", _DATAFLOW)
            case "MetadataflowRef":
                to.old_reference(made, child, "ProvisioningMetadata", "Metadataflow", _METADATAFLOW)
            case _:
                to.keep(made, child)
