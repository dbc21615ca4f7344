"""References as elements of SDMX-ML."""

from collections.abc import Iterator

from semstat.interop.formats.sdmx.target import Writing
from semstat.interop.formats.sdmx.xml_text import Element
from semstat.ontology.iri import SdmxName

__all__ = ["local", "reference"]

_REF_CLASSES = {"DataAttribute": "Attribute"}


def reference(name: str, target: SdmxName, writing: Writing) -> Element:
    """Return a reference to an artefact: ``Ref`` in 2.1, the URN as text in 3.x."""
    if writing.dialect.legacy:
        return Element(name, children=(Element("Ref", tuple(_ref(target))),))
    return Element(name, text=target.urn)


def _ref(name: SdmxName) -> Iterator[tuple[str, str]]:
    if name.item is None:
        yield "id", name.id
        yield "version", name.version or "1.0"
    else:
        yield "id", name.item
        yield "maintainableParentID", name.id
        yield "maintainableParentVersion", name.version or "1.0"
    yield "agencyID", name.agency
    yield "package", name.package
    yield "class", _REF_CLASSES.get(name.cls, name.cls)


def local(name: str, identifier: str, writing: Writing) -> Element:
    """Return a reference by id within the same artefact: ``Ref`` in 2.1, plain text in 3.x."""
    if writing.dialect.legacy:
        return Element(name, children=(Element("Ref", (("id", identifier),)),))
    return Element(name, text=identifier)
