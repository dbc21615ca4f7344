"""Rule on codes that break the format of an enumeration: the shapes that data are judged by, held of the list itself."""

from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import Graph, Literal, URIRef

from semstat.ontology.access import iris, text
from semstat.ontology.terms import BASE, SS, SST
from semstat.validators.called import called
from semstat.validators.compile import compile_shapes
from semstat.validators.facet_lint import is_taken_over
from semstat.validators.plan import RecordCheck
from semstat.validators.sets import Row
from semstat.validators.structural.datatypes import text_type
from semstat.validators.structural.facets import representation_shapes
from semstat.validators.structural.view import ComponentView, codes_of, facets_of
from semstat.validators.structural.writer import ShapeWriter

__all__ = ["codes_out_of_format"]

_SHOWN = 5
_PLACE = f"{BASE}shapes/format"


@dataclass(frozen=True, slots=True)
class _Format:
    """What a representation demands of the codes of its list."""

    type_name: str
    facets: tuple[tuple[str, str], ...]


def codes_out_of_format(graph: Graph) -> Iterator[Row]:
    """Yield a row for each demand of an enumeration's format that codes of its list break (CL007).

    The demands are those that data are held to, made by the same shapes. A representation that a component takes over from its
    concept is judged at the concept. Without the list nothing can be said here: that it is not at hand is another finding.

    Example:
        >>> list(codes_out_of_format(Graph()))
        []
    """
    known: dict[tuple[URIRef, _Format], list[tuple[str, list[str]]]] = {}
    lists: dict[URIRef, tuple[str, ...] | None] = {}
    for node in iris(graph, None, SST.enumeration):
        stated = _Format(text(graph, node, SST.textType, "String"), tuple(sorted(facets_of(graph, node).items())))
        if stated == _Format("String", ()) or is_taken_over(graph, node):
            continue
        for codelist in iris(graph, node, SST.enumeration):
            if codelist not in lists:
                lists[codelist] = codes_of(graph, codelist)
            if (codelist, stated) not in known:
                known[codelist, stated] = list(_broken(stated, codelist, lists[codelist] or ()))
            for demand, codes in known[codelist, stated]:
                yield _row(graph, node, codelist, demand, codes)


def _broken(stated: _Format, codelist: URIRef, codes: tuple[str, ...]) -> Iterator[tuple[str, list[str]]]:
    """Yield what is demanded of codes, with the codes that are not so."""
    for check in _checks(stated, codelist, codes):
        wrong = [code for code in codes if not check.predicate.holds({"": [code]})]
        if wrong:
            yield check.expected, wrong


def _checks(stated: _Format, codelist: URIRef, codes: tuple[str, ...]) -> tuple[RecordCheck, ...]:
    kind = text_type(stated.type_name)
    if kind is None:
        return ()
    writer = ShapeWriter(Graph(), _PLACE)
    place = URIRef(_PLACE)
    component = ComponentView(place, "", "dimension", True, codelist, codes, facets=dict(stated.facets))
    writer.add(place, SS.identifier, Literal(component.id))
    representation_shapes(writer, component, kind, shifted=True)
    return tuple(item for item in compile_shapes(writer.graph).checks if isinstance(item, RecordCheck))


def _row(graph: Graph, node: URIRef, codelist: URIRef, demand: str, codes: list[str]) -> Row:
    shown = ", ".join(f"`{code}`" for code in codes[:_SHOWN]) + (" …" if len(codes) > _SHOWN else "")
    which = "1 code" if len(codes) == 1 else f"{len(codes)} codes"
    said = f"{which} of `{called(graph, codelist)}` {'breaks' if len(codes) == 1 else 'break'} the format of"
    return Row(str(node), f"{said} `{called(graph, node)}` ({demand}): {shown}", codes[0])
