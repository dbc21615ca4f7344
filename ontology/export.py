"""The ontology in other forms: one file of Turtle or RDF/XML, a JSON-LD context, a catalogue file for Protégé."""

import json
from collections.abc import Callable, Mapping, Sequence
from xml.sax.saxutils import quoteattr

from rdflib import Graph, Literal, URIRef

from semstat.ontology import load, modules
from semstat.ontology.access import iris
from semstat.ontology.terms import BASE, OWL, RDF, RDFS
from semstat.ontology.turtle import PREFIXES, canonical

__all__ = ["FORMS", "catalogue", "context", "exported", "file_of"]

_XML = "http://www.w3.org/2001/XMLSchema#"
_CATALOGUE = """\
<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<catalog prefer="public" xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">
{entries}
</catalog>
"""


def exported(form: str, names: Sequence[str] = ()) -> str:
    """Return modules in a form: all of them unless some are named. The same text at each call.

    Raises:
        KeyError: there is no such form, or no such module.

    Example:
        >>> exported("catalog").splitlines()[0]
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?>'
    """
    return FORMS[form](tuple(names) or modules())


def context(names: Sequence[str]) -> str:
    """Return the JSON-LD context of the terms, each by its prefixed name: a term added later changes no document's meaning.

    Properties whose value is a thing are of type ``@id``; those with a datatype as range are of that type.
    """
    graph = load(*names)
    entries: dict[str, object] = {prefix: space for prefix, space in sorted(PREFIXES.items())}
    for term in iris(graph, None, RDF.type):
        if _is_term(graph, term):
            entries[_prefixed(str(term))] = _definition(graph, term)
    return json.dumps({"@context": {"@version": 1.1, **entries}}, indent=2, ensure_ascii=False) + "\n"


def catalogue(names: Sequence[str]) -> str:
    """Return the catalogue that tells Protégé where the file of each module lies, from the folder of the ontology."""
    entries = (f'    <uri id="{name}" name={quoteattr(BASE + name)} uri={quoteattr(file_of(name))}/>' for name in names)
    return _CATALOGUE.format(entries="\n".join(entries))


def file_of(name: str) -> str:
    """Return where the file of a module lies below the folder of the ontology.

    Example:
        >>> file_of("alignment/skos")
        'alignments/skos.ttl'
    """
    folder, slash, stem = name.rpartition("/")
    folders = {"alignment": "alignments", "link": "links", "vocabulary": "vocabularies"}
    return f"{folders[folder]}/{stem}.ttl" if slash else f"modules/{stem}.ttl"


def _turtle(names: Sequence[str]) -> str:
    return canonical(load(*names))


def _rdfxml(names: Sequence[str]) -> str:
    """Return RDF/XML whose order does not depend on the run: one description after the other, statements sorted."""
    graph = load(*names)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<rdf:RDF"]
    spoken = {_prefixed(str(predicate)).partition(":")[0] for predicate in graph.predicates()}
    used = {prefix: PREFIXES[prefix] for prefix in spoken | {"rdf"}}
    lines += [f"    xmlns:{prefix}={quoteattr(space)}" for prefix, space in sorted(used.items())]
    lines[-1] += ">"
    for subject in sorted(set(graph.subjects()), key=str):
        lines.append(f"  <rdf:Description rdf:about={quoteattr(str(subject))}>")
        for predicate, value in sorted(graph.predicate_objects(subject), key=lambda pair: (str(pair[0]), pair[1].n3())):
            name = _prefixed(str(predicate))
            if isinstance(value, Literal):
                lines.append(f"    <{name}{_literal_kind(value)}>{_escaped(str(value))}</{name}>")
            else:
                lines.append(f"    <{name} rdf:resource={quoteattr(str(value))}/>")
        lines.append("  </rdf:Description>")
    return "\n".join([*lines, "</rdf:RDF>"]) + "\n"


def _literal_kind(value: object) -> str:
    language, datatype = getattr(value, "language", None), getattr(value, "datatype", None)
    if language:
        return f" xml:lang={quoteattr(language)}"
    return f" rdf:datatype={quoteattr(str(datatype))}" if datatype else ""


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def _is_term(graph: Graph, term: URIRef) -> bool:
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    return str(term).startswith(BASE) and any((term, RDF.type, kind) in graph for kind in kinds)


def _definition(graph: Graph, term: URIRef) -> object:
    if (term, RDF.type, OWL.ObjectProperty) in graph:
        return {"@id": str(term), "@type": "@id"}
    ranges = [one for one in iris(graph, term, RDFS.range) if str(one).startswith(_XML)]
    if len(ranges) == 1 and str(ranges[0]) != f"{_XML}string":
        return {"@id": str(term), "@type": str(ranges[0])}
    return str(term)


def _prefixed(iri: str) -> str:
    prefix, space = max((pair for pair in PREFIXES.items() if iri.startswith(pair[1])), key=lambda pair: len(pair[1]))
    return f"{prefix}:{iri[len(space) :]}"


FORMS: Mapping[str, Callable[[Sequence[str]], str]] = {
    "turtle": _turtle,
    "rdfxml": _rdfxml,
    "jsonld-context": context,
    "catalog": catalogue,
}
"""How each form is made."""
