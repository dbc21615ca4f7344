"""Shapes on how values hang on records: how many a component has (DF024), and which part of the key they go with (DF023)."""

from rdflib import Literal, URIRef

from semstat.ontology.terms import QB, RDF, SH, SST, XSD
from semstat.validators.structural.datatypes import TEXT_TYPES
from semstat.validators.structural.facet_table import faults, whole_number_of
from semstat.validators.structural.view import ComponentView, StructureView
from semstat.validators.structural.writer import ShapeWriter

__all__ = ["attachment_shapes", "occurrence_shapes"]


def occurrence_shapes(writer: ShapeWriter, component: ComponentView) -> None:
    """State how many values a component has where it has any (DF024); one, unless its representation says otherwise.

    Source:
        SDMX 3.0, Section 2 (Information Model), class *Representation*, minOccurs and maxOccurs.
    """
    wrong = {fault.facet for fault in faults(component.facets, TEXT_TYPES["String"])}
    least, most = (
        None if name in wrong else whole_number_of(component.facets.get(name, "1"))
        for name in ("minOccurs", "maxOccurs")
    )
    if most is not None:
        expected = "one value" if most == 1 else f"at most {most} values"
        name, message = f"{component.id}/most", f"`{component.id}` takes {expected}."
        iri = writer.shape("DF024", name, kind=SH.PropertyShape, message=message, expected=expected)
        _of_records(writer, iri)
        writer.add(iri, SH.path, component.iri)
        _count(writer, iri, SH.maxCount, str(most))
    if least is not None and least > 1:
        expected = f"at least {least} values"
        message = f"`{component.id}` takes {expected} where it has any."
        iri = writer.about("DF024", component, message, expected, suffix="/least")
        _of_records(writer, iri)
        none, enough = (_counted(writer, iri, name, component) for name in ("none", "enough"))
        _count(writer, URIRef(f"{none}-value"), SH.maxCount, "0")
        _count(writer, URIRef(f"{enough}-value"), SH.minCount, str(least))
        writer.listed(iri, SH["or"], [none, enough])


def attachment_shapes(writer: ShapeWriter, view: StructureView, component: ComponentView) -> None:
    """State that an attribute given with a part of the key is given with all dimensions it is attached to (DF023).

    Source:
        SDMX 3.0, Section 2 (Information Model), class *AttributeRelationship*.
    """
    if component.role != "attribute" or component.level == "dataset":
        return
    observed = component.level in {None, "observation"}
    needed = [item for item in view.dimensions if observed or item.id in component.attached]
    if not needed:
        return
    names = ", ".join(item.id for item in needed)
    message = f"`{component.id}` is given with {names}, to which it is attached."
    iri = writer.about("DF023", component, message, f"values for {names} beside {component.id}", suffix="/attachment")
    writer.add(iri, SH.targetClass, SST.AttributeSet)
    none = _counted(writer, iri, "none", component)
    _count(writer, URIRef(f"{none}-value"), SH.maxCount, "0")
    whole = URIRef(f"{iri}#whole")
    writer.add(whole, RDF.type, SH.NodeShape)
    for item in needed:
        inner = URIRef(f"{whole}-{item.id}")
        writer.add(whole, SH.property, inner)
        writer.add(inner, SH.path, item.iri)
        _count(writer, inner, SH.minCount, "1")
    writer.listed(iri, SH["or"], [none, whole])


def _of_records(writer: ShapeWriter, iri: URIRef) -> None:
    writer.add(iri, SH.targetClass, QB.Observation)
    writer.add(iri, SH.targetClass, SST.AttributeSet)


def _counted(writer: ShapeWriter, shape: URIRef, name: str, component: ComponentView) -> URIRef:
    """Add a node shape with one property shape on the component, ``<node>-value``, and return it."""
    node = URIRef(f"{shape}#{name}")
    writer.add(node, RDF.type, SH.NodeShape)
    writer.add(node, SH.property, URIRef(f"{node}-value"))
    writer.add(URIRef(f"{node}-value"), SH.path, component.iri)
    return node


def _count(writer: ShapeWriter, shape: URIRef, predicate: URIRef, number: str) -> None:
    writer.add(shape, predicate, Literal(number, datatype=XSD.integer))
