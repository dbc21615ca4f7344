"""Item schemes fitted to a dialect."""

from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from semstat.interop.formats.sdmx.fit import fit_facts, fit_head, fit_name, fit_reference
from semstat.interop.formats.sdmx.fit_representations import fit_representation
from semstat.interop.formats.sdmx.fit_tables import fit_parts
from semstat.interop.formats.sdmx.model import Extension, Item, ItemScheme
from semstat.interop.formats.sdmx.model_contents import GeoFeatureSetCode, GeoGridCode, ItemContent, SchemeContent
from semstat.interop.formats.sdmx.target import Writing
from semstat.ontology.identifiers import is_identifier

__all__ = ["fit_item_scheme"]

_AS_CODELIST: Mapping[str, str] = {
    "ValueList": "a value list",
    "GeographicCodelist": "a geographic codelist",
    "GeoGridCodelist": "a codelist of grid cells",
}


def fit_item_scheme(scheme: ItemScheme, writing: Writing) -> ItemScheme | None:
    """Return a scheme as the target says it; ``None`` when it has no such schemes.

    Findings:
        ``IO201`` no such scheme; ``IO211`` an extension written as the codes that it yields; ``IO212`` an item whose id
        the target does not admit.
    """
    element, item_class = scheme.head.element, scheme.item_class
    if element not in writing.dialect.elements:
        if element not in _AS_CODELIST:
            writing.entry.lose("IO201", f"SDMX-ML {writing.dialect.version} has no {element}; it is left out")
            return None
        message = f"{_AS_CODELIST[element]} is written as a plain codelist"
        writing.entry.lose("IO201", message, value=element)
        element, item_class = "Codelist", "Code"
    head = replace(fit_head(scheme.head, writing), element=element)
    extensions = _extensions(scheme, writing)
    items = tuple(fitted for item in scheme.items if (fitted := _item(item, item_class, writing)) is not None)
    content = None if element != scheme.head.element else scheme.content
    return replace(
        scheme,
        head=head,
        item_class=item_class,
        items=items,
        extensions=extensions,
        content=cast(SchemeContent | None, fit_parts(content, writing, None)),
    )


def _extensions(scheme: ItemScheme, writing: Writing) -> tuple[Extension, ...]:
    """Return the extensions of a list; in 2.1 there are none, and what they yield is among the items."""
    if not writing.dialect.legacy:
        return tuple(replace(part, codelist=fit_reference(part.codelist, writing)) for part in scheme.extensions)
    if scheme.extensions:
        taken = sum(1 for item in scheme.items if item.taken_from is not None)
        named = " ".join(extension.codelist.name.short for extension in scheme.extensions)
        message = f"its extensions of {named} are written as the codes that they yield ({taken})"
        writing.entry.lose("IO211", message, value=named, count=len(scheme.extensions))
    return ()


def _item(item: Item, item_class: str, writing: Writing) -> Item | None:
    cls = "Code" if item_class == "Code" else item.cls
    if cls == "Code" and item.cls != "Code" and not is_identifier(item.path):
        message = f"the item `{item.path}` is left out: it cannot be the id of a code"
        writing.entry.lose("IO212", message, part=item.path, value=item.path)
        return None
    representation = item.representation
    return replace(
        item,
        cls=cls,
        facts=fit_facts(item.facts, writing, item.path, named=item_class != "ValueItem"),
        content=cast(ItemContent | None, fit_parts(_content(item, item_class, writing), writing, item.path)),
        representation=representation and fit_representation(representation, writing, item.path),
        taken_from=item.taken_from and fit_name(item.taken_from, writing),
    )


def _content(item: Item, item_class: str, writing: Writing) -> ItemContent | None:
    """Return what an item says beyond the rest; geography only where the list is geographic."""
    if isinstance(item.content, GeoFeatureSetCode | GeoGridCode) and writing.dialect.legacy:
        said = item.content.value if isinstance(item.content, GeoFeatureSetCode) else item.content.geo_cell
        message = "the place that the code stands for cannot be said in SDMX-ML 2.1"
        writing.entry.lose("IO202", message, part=item.path, value=said)
        return None
    return item.content
