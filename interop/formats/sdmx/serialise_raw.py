"""Raw content in its place: what was kept without being interpreted goes back where the schema of the target has it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from semstat.interop.formats.sdmx.dialects import Dialect
from semstat.interop.formats.sdmx.fit import fit_name
from semstat.interop.formats.sdmx.fragments import Piece, fragment
from semstat.interop.formats.sdmx.model import Maintainable
from semstat.interop.formats.sdmx.references import ref_name
from semstat.interop.formats.sdmx.serialise_references import reference
from semstat.interop.formats.sdmx.target import Writing
from semstat.interop.formats.sdmx.vocabulary import ARTEFACTS, PACKAGES
from semstat.interop.formats.sdmx.xml_text import Element
from semstat.ontology.iri import SdmxName, parse_urn

__all__ = ["Raw", "as_element", "assembled", "raw_of"]

_PREFIXES = {"structure": "str:", "common": "com:", "message": "mes:", "": ""}
_FIRST = ("Annotations", "Link", "Name", "Description")
_PORTABLE = frozenset(
    {
        "Contact",
        "ISOConceptReference",
        "Expression",
        "Result",
        "RulesetDefinition",
        "OperatorDefinition",
        "VtlDefaultName",
        "PersonalisedName",
        "VtlScalarType",
        "DataType",
        "OutputFormat",
        "NullValue",
        "SimpleDataSource",
        "ReleaseCalendar",
        "Dataflow",
        "GenericDataflow",
        "Codelist",
        "Concept",
        "ConceptScheme",
        "ToVtlMapping",
        "FromVtlMapping",
        "VtlMappingScheme",
        "NamePersonalisationScheme",
        "CustomTypeScheme",
        "RulesetScheme",
        "UserDefinedOperatorScheme",
    }
)
"""Elements that 2.1 and 3.x spell alike, with all that is in them but the form of references."""
_PORTABLE_ATTRIBUTES = frozenset(
    {"uri", "vtlVersion", "isPersistent", "rulesetType", "rulesetScope", "vtlArtefact", "alias"}
)


@dataclass(frozen=True, slots=True)
class Raw:
    """Raw content, sorted by what it is.

    ``attributes`` belong on the element itself, ``elements`` into it; the rest is lost and entered in the account.
    """

    attributes: tuple[tuple[str, str], ...] = ()
    elements: tuple[Element, ...] = ()

    @classmethod
    def of(
        cls,
        writing: Writing,
        owner: str,
        unread: Iterable[str],
        *,
        slots: Sequence[str] = (),
        attributes: Sequence[str] = (),
        part: str | None = None,
    ) -> "Raw":
        """Sort raw content of an element called ``owner``, which may have the children and attributes that are named."""
        stated: list[tuple[str, str]] = []
        elements: list[Element] = []
        for text in unread:
            piece = fragment(text)
            if piece is not None and piece.local == owner and not piece.children and not piece.text:
                stated.extend(_attributes(writing, piece, attributes, text, part))
            elif piece is not None and piece.local in slots and _fits(writing.dialect, piece):
                elements.append(as_element(piece, text, writing))
            else:
                writing.lose_raw(text, part)
        return cls(tuple(stated), tuple(elements))


def raw_of(head: Maintainable, writing: Writing) -> Raw:
    """Sort the raw content of a maintainable artefact."""
    known = ARTEFACTS[head.element]
    return Raw.of(
        writing,
        head.element,
        head.facts.unread,
        slots=tuple(sorted(known.kept)),
        attributes=tuple(known.kept_attributes),
    )


def _attributes(
    writing: Writing, piece: Piece, allowed: Sequence[str], text: str, part: str | None
) -> Iterable[tuple[str, str]]:
    dialect = writing.dialect
    for key, value in piece.attributes:
        same = piece.version == dialect.version or (piece.version[:1] == dialect.version[:1] == "3")
        fits = (same or key in _PORTABLE_ATTRIBUTES) and key not in dialect.missing_attributes
        if key in allowed and fits:
            yield key, value
        else:
            writing.lose_raw(text, part)


def _fits(dialect: Dialect, piece: Piece) -> bool:
    """Whether the target has an element that a message of another version had."""
    if piece.local in dialect.missing:
        return False
    if piece.version == dialect.version or (piece.version[:1] == dialect.version[:1] == "3" and not piece.mixed):
        return True
    return piece.local in _PORTABLE and not piece.mixed


def as_element(piece: Piece, text: str, writing: Writing) -> Element:
    """Return a raw piece as an element under the prefixes of the message that is written, references in its form."""
    if piece.mixed:
        return Element(piece.local, raw=text)
    name = _PREFIXES.get(piece.space, "") + piece.local
    target = _target(piece) if piece.version[:1] not in ("", writing.dialect.version[:1]) else None
    if target is not None:
        return reference(name, fit_name(target, writing), writing)
    children = tuple(as_element(child, "", writing) for child in piece.children)
    return Element(name, piece.attributes, "" if children else piece.text, children)


def _target(piece: Piece) -> SdmxName | None:
    """Return what a raw piece refers to, if it is a reference: by ``Ref``, ``URN`` or as text."""
    stated = {child.local: child for child in piece.children}
    if "Ref" in stated and piece.local in PACKAGES:
        return ref_name(dict(stated["Ref"].attributes), piece.local)
    if set(stated) <= {"URN"}:
        return parse_urn(stated["URN"].text if stated else piece.text)
    return None


def assembled(
    name: str, attributes: Iterable[tuple[str, str | None]], children: Iterable[Element], order: Sequence[str] = ()
) -> Element:
    """Return an element whose children stand in the order of the schema: common facts, then as ``order`` names them.

    What ``order`` does not name comes last, in the order given.
    """
    ranks: Mapping[str, int] = {local: rank for rank, local in enumerate((*_FIRST, *order))}
    placed = sorted(children, key=lambda child: ranks.get(child.local, len(ranks)))
    merged = {key: value for key, value in attributes if value is not None}
    return Element(name, tuple(merged.items()), children=tuple(placed))
