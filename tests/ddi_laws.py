"""What a conversion may do to a graph: leave it as it is, or name in its account whatever is not said any more."""

import re
from collections import Counter
from collections.abc import Iterable

from lxml import etree
from rdflib import Graph, URIRef
from rdflib.namespace import RDF

from semstat.interop.formats.ddi.codebook_kept import OF, pieces
from semstat.ontology.terms import SS
from semstat.validators.diagnostics import Diagnostic

Kinds = Counter[tuple[str, str]]


_NAMELESS = {RDF.type, SS.version, SS.position}
"""What tells nothing of a thing that has neither a name nor any content."""


def local(name: object) -> str:
    """The last word of an IRI or of a name with a prefix.

    >>> local("https://example.org/x#holds"), local("d:SourceQuestion")
    ('holds', 'SourceQuestion')
    """
    return str(name).rpartition("#")[2].rpartition("/")[2].rpartition(":")[2]


def named(losses: Iterable[Diagnostic]) -> set[str]:
    """What losses are about: properties, classes, elements, attributes, as their messages show them; not what they are of."""
    words = {word for item in losses for word in (item.value or "", *re.findall("(?<! of a )`([^`]+)`", item.message))}
    return words | ({"definition"} if "description" in words else set())


def unaccounted(graph: Graph, document: URIRef, missing: Iterable[tuple], losses: Iterable[Diagnostic]) -> list[tuple]:
    """The missing statements that no loss names: by property, class of either end, element, or the thing around.

    Statements are as ``interop.test_ddi_lifecycle_write.facts`` gives them.
    """
    told = named(losses)
    classes: dict[str, set[str]] = {}
    for subject, cls in graph.subject_objects(RDF.type):
        classes.setdefault(str(subject).replace(str(document), ""), set()).add(local(cls))
    lost = {subject for subject, of in classes.items() if of & told}
    for _, predicate, value in graph:
        if local(predicate) in told:
            lost.add(str(value).replace(str(document), ""))

    def covered(statement: tuple) -> bool:
        subject, what, value = statement[0], local(statement[1]), statement[2]
        said = {what, *classes.get(subject, ())}
        if len(statement) == 4:
            said |= {statement[3][0]}
        elif value.startswith("<"):
            said |= classes.get(value[1:-1], set())
        else:
            said.add(local(value.strip('"')))
        return bool(said & told) or any(
            subject == one or subject.startswith((f"{one}#", f"{one}-")) for one in lost if one
        )

    return [item for item in missing if not covered(item)]


def kinds_of(graph: Graph) -> Kinds:
    """How often each property is stated of things of some classes, and how often elements, or attributes, are kept of them.

    Things of which nothing is said but what they are say nothing, nor do empty texts. Definitions and
    descriptions are one, as not every standard tells them apart.
    """
    found: Kinds = Counter()
    idle = {item for item in graph.subjects(RDF.type, None) if set(graph.predicates(item)) <= _NAMELESS}
    for subject, predicate, value in {
        (one, two, str(three)) for one, two, three in graph if not {one, three} & idle and str(three)
    }:
        classes = " ".join(sorted(local(cls) for cls in graph.objects(subject, RDF.type)))
        what = "definition" if local(predicate) == "description" else local(predicate)
        for word in _kept(value) if predicate == SS.unreadContent else (what,):
            found[classes, word] += bool(classes)
    return found


def _kept(raw: str) -> list[str]:
    """What pieces of kept content are called in accounts: elements, or attributes where the rest of the element was read."""
    found = []
    for how, _, piece in pieces(raw):
        found += [etree.QName(name).localname for name in piece.attrib] if how == OF else [etree.QName(piece).localname]
    return found


def shrunk(before: Graph, after: Graph, losses: Iterable[Diagnostic], *, silent: Iterable[str] = ()) -> Kinds:
    """The properties of kinds of things that are stated less often after a conversion, and that no loss names.

    ``silent`` are properties that follow from others, or from where things stand.
    """
    told, found = named(losses), Counter[tuple[str, str]]()
    later = kinds_of(after)
    for (classes, word), count in kinds_of(before).items():
        kinds = set(classes.split())
        still = sum(number for (more, other), number in later.items() if other == word and kinds <= set(more.split()))
        if count > still and not {word, *kinds} & told and word not in silent:
            found[classes, word] = count - still
    return found
