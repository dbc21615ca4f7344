"""Levels of classifications in DDI-Lifecycle: each with its items in a context of its own."""

from lxml import etree
from rdflib import URIRef

from semstat.interop.formats.ddi.ledger import Ledger
from semstat.interop.formats.ddi.lifecycle_elements_write import tag_of
from semstat.interop.formats.ddi.lifecycle_lower_names import name_in
from semstat.ontology.terms_information import SSI

__all__ = ["part_levels"]

_LEVELS = tuple(tag_of(f"l:{name}") for name in ("ClassificationLevel", "ClassificationLevelReference"))


def part_levels(root: etree._Element, ledger: Ledger) -> None:
    """Give each level of a classification a context with its items; items of no level stay with the first.

    Source:
        DDI-Lifecycle 3.3, ``LevelContext``.
    """
    above: dict[str, str] = {}
    for holder, item in ledger.graph.subject_objects(SSI.groupsNode):
        ledger.taken.add((holder, SSI.groupsNode))
        above |= {name: urn for urn in _names(ledger, holder)[:1] for name in _names(ledger, item)}
    for context in list(root.iter(tag_of("l:LevelContext"))):
        levels = [child for child in context if child.tag in _LEVELS]
        for level in reversed(levels[1:]):
            made = etree.Element(context.tag)
            context.addnext(made)
            wanted = _identities(level)
            items = [child for child in context if {above.get(name, "-") for name in _identities(child)} & wanted]
            made.extend([level, *items])


def _names(ledger: Ledger, thing: object) -> list[str]:
    name = name_in(ledger, thing) if isinstance(thing, URIRef) else None
    return [name.urn] if name is not None else []


def _identities(element: etree._Element) -> set[str]:
    parts = [element.findtext(tag_of(f"r:{part}"), "").strip() for part in ("Agency", "ID", "Version")]
    stated = [element.findtext(tag_of("r:URN"), "").strip(), f"urn:ddi:{':'.join(parts)}" if all(parts) else ""]
    return {text for text in stated if text}
