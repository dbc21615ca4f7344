"""What all artefacts have in common, as elements of SDMX-ML: names, annotations, references, the maintainable itself."""

from collections.abc import Collection, Iterator

from semstat.interop.formats.sdmx.header import Party
from semstat.interop.formats.sdmx.model import Annotation, Facts, Link, Maintainable, Text
from semstat.interop.formats.sdmx.model_contents import Contact
from semstat.interop.formats.sdmx.target import Writing
from semstat.interop.formats.sdmx.xml_text import Element

__all__ = ["annotation_elements", "fact_elements", "head_attributes", "party_element", "text"]


def text(name: str, value: Text) -> Element:
    """Return a text in its language."""
    attributes = (("xml:lang", value.language),) if value.language else ()
    return Element(name, attributes, value.value)


def fact_elements(facts: Facts, writing: Writing, part: str | None = None) -> Iterator[Element]:
    """Yield annotations, links, names and descriptions."""
    yield from annotation_elements(facts.annotations, writing, part)
    for link in facts.links:
        yield from _link(link, writing, part)
    for name in facts.names:
        yield text("com:Name", name)
    for description in facts.descriptions:
        yield text("com:Description", description)


def annotation_elements(annotations: Collection[Annotation], writing: Writing, part: str | None) -> Iterator[Element]:
    """Yield the element that holds annotations, if there are any."""
    if annotations:
        written = tuple(_annotation(annotation, writing, part) for annotation in annotations)
        yield Element("com:Annotations", children=written)


def _annotation(annotation: Annotation, writing: Writing, part: str | None) -> Element:
    for kept in annotation.unread:
        writing.lose_raw(kept, part)
    children = [
        Element(f"com:{name}", text=value)
        for name, value in (("AnnotationTitle", annotation.title), ("AnnotationType", annotation.type))
        if value is not None
    ]
    children += [text("com:AnnotationURL", url) for url in annotation.urls]
    children += [text("com:AnnotationText", said) for said in annotation.texts]
    if annotation.value is not None:
        children.append(Element("com:AnnotationValue", text=annotation.value))
    attributes = (("id", annotation.id),) if annotation.id is not None else ()
    return Element("com:Annotation", attributes, children=tuple(children))


def _link(link: Link, writing: Writing, part: str | None) -> Iterator[Element]:
    """Yield a link of 3.x; its titles and its language only JSON can say."""
    for kept in link.unread:
        writing.lose_raw(kept, part)
    if link.titles or link.language:
        message = f"titles and language of a link cannot be said in SDMX-ML {writing.dialect.version}"
        writing.entry.lose("IO209", message, part=part, value=link.url)
    stated = (("rel", link.rel), ("url", link.url), ("urn", link.urn), ("type", link.type))
    yield Element("com:Link", tuple((key, value) for key, value in stated if value is not None))


def head_attributes(head: Maintainable, writing: Writing) -> Iterator[tuple[str, str | None]]:
    """Yield the attributes of a maintainable artefact; in 3.x, schemes of organisations do not state their version."""
    yield "id", head.name.id
    yield "uri", head.facts.uri
    yield "agencyID", head.name.agency
    if head.element not in writing.dialect.unversioned:
        yield "version", head.name.version
    elif head.name.version == "1.0":  # the URN tells it to readers that do not know that there is no other
        yield "urn", head.name.urn
    for key, flag in head.flags:
        yield key, "true" if flag else "false"
    yield from head.texts


def party_element(name: str, party: Party) -> Element:
    """Return a sender or receiver of a message, with its names and contacts, and the zone of a sender."""
    children = [text("com:Name", said) for said in party.names]
    children += [_contact(contact) for contact in party.contacts]
    if party.timezone is not None:
        children.append(Element("mes:Timezone", text=party.timezone))
    return Element(name, (("id", party.id),), children=tuple(children))


def _contact(contact: Contact) -> Element:
    """Return a contact of a party, in the order of *ContactType* of the message schemas."""
    children = [text("com:Name", said) for said in contact.names]
    children += [text("mes:Department", said) for said in contact.departments]
    children += [text("mes:Role", said) for said in contact.roles]
    children += [Element(f"mes:{channel.kind}", text=channel.value) for channel in contact.channels]
    return Element("mes:Contact", children=tuple(children))
