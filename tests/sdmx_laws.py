"""What lowering a lifted artefact is allowed to change: the declared loss of the hub graph, as a normal form."""

from dataclasses import fields, is_dataclass, replace
from functools import singledispatch

from rdflib import Graph

from semstat.interop.formats.sdmx import model
from semstat.interop.formats.sdmx.index import Index, index_of
from semstat.interop.formats.sdmx.structure import _to_lift, _triples


def lifted(*messages: model.Message) -> tuple[Graph, Index]:
    """The hub graph of messages, and the index that says which artefacts are in it."""
    graph = Graph(store="SimpleMemory")
    index = index_of(messages)
    for artefact, origin in _to_lift(index):
        for triple in _triples(artefact, index, origin):
            graph.add(triple)
    return graph, index


def texts(found: tuple[model.Text, ...]) -> tuple[model.Text, ...]:
    """Languages have no order, and a text stands once."""
    lowered = {model.Text(text.value, text.language and text.language.lower()) for text in found}
    return tuple(sorted(lowered, key=lambda text: (text.language or "", text.value)))


def annotation(found: model.Annotation) -> model.Annotation:
    return replace(found, urls=texts(found.urls), texts=texts(found.texts))


def facts(found: model.Facts) -> model.Facts:
    return replace(
        found,
        names=texts(found.names),
        descriptions=texts(found.descriptions),
        annotations=tuple(map(annotation, found.annotations)),
    )


def representation(found: model.Representation | None, default: str = "String") -> model.Representation | None:
    """A default text type is the same as a written one; of a facet that stands twice, one is kept."""
    if found is None:
        return None
    kind = found.text_type or (None if found.enumeration else default)
    return replace(found, text_type=kind, facets=tuple(sorted(dict(reversed(found.facets)).items())))


@singledispatch
def normal(artefact) -> model.Artefact:
    """The artefact without what a set of triples does not tell."""
    return inner(artefact)


def inner(value):
    """The normal form of whatever is in an artefact that tables describe."""
    if isinstance(value, model.Facts):
        return facts(value)
    if isinstance(value, model.Annotation):
        return annotation(value)
    if isinstance(value, model.Representation):
        return representation(value)
    if isinstance(value, tuple) and value and isinstance(value[0], model.Text):
        return texts(value)
    if isinstance(value, tuple) and value and isinstance(value[0], str | model.Reference | model.LocalReference):
        return tuple(sorted(set(value), key=lambda item: str(getattr(item, "name", item))))
    if isinstance(value, tuple):
        return tuple(map(inner, value))
    if is_dataclass(value):
        return replace(value, **{field.name: inner(getattr(value, field.name)) for field in fields(value)})
    return value


def head(found: model.Maintainable) -> model.Maintainable:
    return replace(found, facts=facts(found.facts))


@normal.register
def _(scheme: model.ItemScheme):
    items = tuple(
        replace(
            item,
            facts=facts(item.facts),
            representation=representation(item.representation),
            content=inner(item.content),
        )
        for item in scheme.items
    )
    extensions = tuple(replace(part, included=part.included or None, excluded=part.excluded or None)
                       for part in scheme.extensions)  # fmt: skip
    return replace(scheme, head=head(scheme.head), items=items, extensions=extensions, content=inner(scheme.content))


@normal.register
def _(structure: model.DataStructure):
    dimensions = [part.facts.id for part in structure.dimensions]
    groups = {group.facts.id: [part.id for part in group.dimensions] for group in structure.groups}
    measures = [part.facts.id for part in structure.measures]

    def component(part: model.Component) -> model.Component:
        is_time = part.cls == "TimeDimension"
        found = part.representation
        if is_time and found is None:
            found = model.Representation(None)
        return replace(
            part,
            facts=facts(part.facts),
            representation=representation(found, "ObservationalTimePeriod" if is_time else "String"),
            roles=tuple(sorted(set(part.roles), key=lambda role: role.name.iri)),
            measures=tuple(sorted({item for item in part.measures if item.id in measures}, key=lambda item: item.id)),
            attachment=part.attachment and attachment(part.attachment, dimensions, groups),
        )

    return replace(
        structure,
        head=head(structure.head),
        dimensions=tuple(map(component, structure.dimensions)),
        attributes=tuple(map(component, structure.attributes)),
        measures=tuple(map(component, structure.measures)),
        lists=tuple(sorted((replace(part, facts=facts(part.facts)) for part in structure.lists), key=lambda part: part.cls)),
        metadata_usages=tuple(
            replace(part, attachment=attachment(part.attachment, dimensions, groups),
                    annotations=tuple(map(annotation, part.annotations)))
            for part in structure.metadata_usages
        ),
        groups=tuple(
            replace(
                group,
                facts=facts(group.facts),
                dimensions=tuple(sorted({item for item in group.dimensions if item.id in dimensions},
                                        key=lambda item: dimensions.index(item.id))),
            )
            for group in structure.groups
        ),
    )  # fmt: skip


def attachment(found: model.Attachment, dimensions: list[str], groups: dict[str, list[str]]) -> model.Attachment:
    covered = {part for group in found.groups for part in groups.get(group.id, ())}
    stated = {part for part in found.components if part.id in dimensions and part.id not in covered}
    known = {group for group in found.groups if group.id in groups}
    return replace(
        found,
        components=tuple(sorted(stated, key=lambda part: part.id)),
        groups=tuple(sorted(known, key=lambda part: part.id)),
        optional=tuple(sorted(part for part in set(found.optional) if part in dimensions)),
    )


@normal.register
def _(constraint: model.Constraint):
    def members(found: tuple[model.Member, ...]) -> tuple[model.Member, ...]:
        plain = [replace(member, values=tuple(sorted(set(member.values)))) for member in found]
        return tuple(sorted(plain, key=lambda member: (member.id, member.values)))

    def regions(found: tuple[model.Region, ...]) -> tuple[model.Region, ...]:
        return tuple(
            replace(part, members=members(part.members), annotations=inner(part.annotations)) for part in found
        )

    return replace(
        constraint,
        head=constraint.head and head(constraint.head),
        targets=tuple(sorted(set(constraint.targets), key=lambda target: target.name.iri)),
        annotations=inner(constraint.annotations),
        regions=regions(constraint.regions),
        target_regions=regions(constraint.target_regions),
        data_sources=tuple(sorted(set(constraint.data_sources))),
        key_sets=tuple(replace(keys, keys=regions(keys.keys)) for keys in constraint.key_sets),
    )
