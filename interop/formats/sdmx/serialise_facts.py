"""What all artefacts have in common, as elements of SDMX-ML: names, annotations, references, the maintainable itself."""

from collections.abc import Iterator

from semstat.interop.formats.sdmx.model import Annotation, Facts, Maintainable, Text
from semstat.interop.formats.sdmx.serialise_raw import Raw
from semstat.interop.formats.sdmx.target import Writing
from semstat.interop.formats.sdmx.xml_text import Element

__all__ = ["fact_elements", "head_attributes", "text"]


def text(name: str, value: Text) -> Element:
    """Return a text in its language."""
    attributes = (("xml:lang", value.language),) if value.language else ()
    return Element(name, attributes, value.value)


def fact_elements(facts: Facts, writing: Writing, part: str | None = None) -> Iterator[Element]:
    """Yield annotations, names and descriptions."""
    if facts.annotations:
        written = tuple(_annotation(annotation, writing, part) for annotation in facts.annotations)
        yield Element("com:Annotations", children=written)
    for name in facts.names:
        yield text("com:Name", name)
    for description in facts.descriptions:
        yield text("com:Description", description)


def _annotation(annotation: Annotation, writing: Writing, part: str | None) -> Element:
    raw = Raw.of(writing, "Annotation", annotation.unread, slots=("AnnotationValue",), part=part)
    children = [
        Element(f"com:{name}", text=value)
        for name, value in (("AnnotationTitle", annotation.title), ("AnnotationType", annotation.type))
        if value is not None
    ]
    children += [text("com:AnnotationURL", url) for url in annotation.urls]
    children += [text("com:AnnotationText", said) for said in annotation.texts]
    attributes = (("id", annotation.id),) if annotation.id is not None else ()
    return Element("com:Annotation", attributes, children=(*children, *raw.elements))


def head_attributes(head: Maintainable, writing: Writing) -> Iterator[tuple[str, str | None]]:
    """Yield the attributes of a maintainable artefact; in 3.x, schemes of organisations do not state their version."""
    yield "id", head.name.id
    yield "agencyID", head.name.agency
    if head.element not in writing.dialect.unversioned:
        yield "version", head.name.version
    for key, flag in head.flags:
        yield key, "true" if flag else "false"
    yield from head.texts
