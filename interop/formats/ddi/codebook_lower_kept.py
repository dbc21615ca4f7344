"""Putting what was kept of DDI Codebook back to where it stood, as far as the schema lets it stand there."""

from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree
from rdflib import URIRef

from semstat.interop.formats.ddi.codebook_book import Book
from semstat.interop.formats.ddi.codebook_elements import add, tag, worded
from semstat.interop.formats.ddi.codebook_kept import OF, step_of
from semstat.interop.formats.ddi.codebook_source import local, text_of
from semstat.ontology.access import number
from semstat.ontology.ddi_models import codebook_model
from semstat.ontology.terms import SS
from semstat.ontology.terms_study import SSD

__all__ = ["lower_notes", "restore"]

_DDI = ("ddi:codebook:", "http://www.icpsr.umich.edu/DDI")
_MARKED_UP = "http://www.w3.org/1999/xhtml"
_NEVER_MADE = frozenset(
    (
        "range",
        "item",
        "recGrp",
        "location",
        "derivation",
        "universe",
        "catgry",
        "sumStat",
        "catStat",
        "qstn",
        "collDate",
    )
)
"""What would say more than its attributes, if it were made to hold them."""


@dataclass(slots=True)
class _Unfit:
    """What found no place: by what was not fitting, how often, and the owner that met it first."""

    counts: Counter[str] = field(default_factory=Counter)
    first: dict[str, URIRef] = field(default_factory=dict)
    owner: URIRef | None = None

    def note(self, what: str) -> None:
        self.counts[what] += 1
        if self.owner is not None:
            self.first.setdefault(what, self.owner)


def restore(book: Book) -> set[etree._Element]:
    """Put back what was kept, enter what has no place as lost, and return the elements that were put in whole.

    Findings:
        ``IO202``, one for each kind of content that the schema of 2.6 has no place for.
    """
    unfit, whole = _Unfit(), set[etree._Element]()
    for owner, kept in book.kept.items():
        unfit.owner = owner
        for how, path, piece in kept:
            item = _restored(book.elements[owner], how, path, piece, unfit)
            if item is not None:
                whole.add(item)
    for titles in book.root.iter(tag("titlStmt")):
        if titles.find(tag("titl")) is None:
            add(titles, "titl", "")
            book.ledger.lose("IO212", "a kept citation has no title, which the target demands", None)
    for what, count in unfit.counts.items():
        said, name = f"the {what} has no place in DDI Codebook 2.6", what.split("`")[1]
        book.ledger.lose("IO202", said, unfit.first.get(what), value=name, count=count)
    return whole


def lower_notes(book: Book) -> None:
    """Write remarks where they stood in what they remark on; those on what is not written are left.

    Source:
        DDI Codebook 2.6, ``notes``.
    """
    ledger = book.ledger
    for owner, element in list(book.elements.items()):
        notes = sorted(ledger.iris(owner, SSD.note), key=lambda one: (number(ledger.graph, one, SS.position) or 0, one))
        for note in notes:
            path = ledger.text(note, SSD.standsIn) or ""
            place = f"{local(element)}/{path}".rstrip("/").rpartition("/")[2]
            model = codebook_model().get(place)
            if model is None or "notes" not in model.children:
                continue
            kind, subject = ledger.text(note, SSD.kind), ledger.text(note, SSD.noteSubject)
            around = _walked(element, path.split("/") if path else [])
            ledger.values(note, SS.position)
            for text in ledger.literals(note, SSD.noteText)[:1]:
                worded(around, "notes", text, {"type": kind, "subject": subject})


def _restored(
    owner: etree._Element, how: str, path: str, piece: etree._Element, unfit: _Unfit
) -> etree._Element | None:
    """Put one piece back; return the element that was put in whole, if it was."""
    space = etree.QName(piece).namespace
    if space and not space.startswith(_DDI):
        unfit.note(f"element `{local(piece)}` of the namespace `{space}`")
        return None
    if how == OF:
        _attributes(owner, path, piece, unfit)
        return None
    parent = _walked(owner, path.split("/") if path else [])
    item = _fitted(piece, parent, unfit)
    if item is not None:
        parent.append(item)
    return item


def _walked(element: etree._Element, steps: list[str]) -> etree._Element:
    """Return the element at a path, made as far as it is not there."""
    for step in steps:
        name, number = step_of(step)
        found = element.findall(tag(name))
        while len(found) < number:
            found.append(add(element, name))
        element = found[number - 1]
    return element


def _attributes(owner: etree._Element, path: str, piece: etree._Element, unfit: _Unfit) -> None:
    element = owner if not path else _told(owner, path, piece)
    if element is None:
        names = "`, `".join(name for name, _ in _stated(piece))
        unfit.note(f"attribute `{names}` of a `{local(piece)}`")
        return
    model = codebook_model().get(local(element))
    for name, value in _stated(piece):
        if model is None or not model.allows(name, value):
            unfit.note(f"attribute `{name}` of a `{local(element)}`")
        elif name not in element.attrib:
            element.set(name, value)


def _told(owner: etree._Element, path: str, piece: etree._Element) -> etree._Element | None:
    """Return the element that attributes are of: the one with its text, else the one at its place."""
    steps = path.split("/")
    name, number = step_of(steps[-1])
    plain = "/".join(tag(step_of(step)[0]) for step in steps)
    there = owner.findall(plain)
    if piece.text:
        same = [item for item in there if piece.text in (text_of(item), item.get("date"))]
        if same:
            return same[0]
        if len(there) == 1 and name not in {"concept", "keyword", "topcClas"}:
            return there[0]
    else:
        bare = [item for item in there if not (item.text or "").strip()]
        if number <= len(bare) and not any(step.endswith("]") for step in steps[:-1]):
            return bare[number - 1]
    if piece.text or name in _NEVER_MADE:
        return None
    return add(_walked(owner, steps[:-1]), name)


def _fitted(piece: etree._Element, parent: etree._Element, unfit: _Unfit) -> etree._Element | None:
    """Return a copy of a kept element in the namespace of 2.6, without what the schema does not know there."""
    if not isinstance(piece.tag, str):
        return _again(piece)
    qualified = etree.QName(piece)
    if qualified.namespace and not qualified.namespace.startswith(_DDI):
        if qualified.namespace == _MARKED_UP:
            return _again(piece)
        unfit.note(f"element `{qualified.localname}` of the namespace `{qualified.namespace}`")
        return None
    around, model = codebook_model().get(local(parent)), codebook_model().get(qualified.localname)
    if around is None or model is None or qualified.localname not in around.children:
        unfit.note(f"element `{qualified.localname}` in a `{local(parent)}`")
        return None
    copy = etree.Element(tag(qualified.localname))
    for name, value in _stated(piece):
        if name.startswith("{") or model.allows(name, value):
            copy.set(name, value)
        else:
            unfit.note(f"attribute `{name}` of a `{qualified.localname}`")
    _filled(copy, piece, unfit)
    return copy


def _stated(piece: etree._Element) -> list[tuple[str, str]]:
    return [(str(name), str(value)) for name, value in piece.items()]


def _filled(copy: etree._Element, piece: etree._Element, unfit: _Unfit) -> None:
    copy.text = piece.text
    for child in piece:
        item = _fitted(child, copy, unfit)
        if item is not None:
            copy.append(item)
            item.tail = child.tail
        elif child.tail:
            _append_text(copy, child.tail)


def _again(piece: etree._Element) -> etree._Element:
    """Return a copy of what DDI says nothing on: a comment, an element of another vocabulary."""
    copy = deepcopy(piece)
    copy.tail = None
    return copy


def _append_text(element: etree._Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text
