"""Codelists that extend others (3.x): the full list of their codes.

Source:
    SDMX 3.0 and 3.1, Section 6 (Technical Notes), 6.1 *Codelist extension and discriminated unions*: of two codes with
    one id, that of the list referenced later has priority, and the extending list's own codes over all.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from semstat.interop.formats.sdmx.index import Index
from semstat.interop.formats.sdmx.model import Extension, Item, ItemScheme, Selection
from semstat.ontology.iri import SdmxName

__all__ = ["extended_items"]


def extended_items(index: Index, scheme: ItemScheme) -> tuple[Item, ...]:
    """Return the codes of a list with those that it takes over, in the order of the references, its own codes last.

    A list that is not at hand adds nothing (the reference is reported elsewhere); a list that extends itself, directly
    or not, adds nothing to itself.
    """
    if not scheme.extensions:
        return scheme.items
    return tuple(_members(index, scheme, frozenset()).values())


def _members(index: Index, scheme: ItemScheme, above: frozenset[SdmxName]) -> dict[str, Item]:
    members: dict[str, Item] = {}
    seen = above | {scheme.head.name}
    for extension in scheme.extensions:
        name = index.target(extension.codelist.name)
        placed = index.kept.get(name)
        if name in seen or placed is None or not isinstance(placed.artefact, ItemScheme):
            continue
        for item in _taken(_members(index, placed.artefact, seen), extension, name):
            members.pop(item.path, None)
            members[item.path] = item
    for item in scheme.items:
        members.pop(item.path, None)
        members[item.path] = item
    return members


def _taken(items: Mapping[str, Item], extension: Extension, name: SdmxName) -> Iterable[Item]:
    chosen = items.keys() if extension.included is None else _selected(items, extension.included)
    refused = _selected(items, extension.excluded or ())
    kept = {path for path in items if path in chosen and path not in refused}
    for path, item in items.items():
        if path in kept:
            parent = extension.prefix + item.parent if item.parent in kept and item.parent is not None else None
            path = extension.prefix + path
            origin = name.of_item(item.cls, item.path)
            yield replace(item, path=path, facts=replace(item.facts, id=path), parent=parent, taken_from=origin)


def _selected(items: Mapping[str, Item], selections: Iterable[Selection]) -> set[str]:
    children: dict[str | None, list[str]] = {}
    for path, item in items.items():
        children.setdefault(item.parent, []).append(path)
    chosen: set[str] = set()
    for selection in selections:
        pattern = re.compile(".*".join(re.escape(part) for part in selection.pattern.split("%")))
        roots = [path for path in items if pattern.fullmatch(path)]
        if selection.cascade != "excluderoot":
            chosen.update(roots)
        if selection.cascade in ("true", "1", "excluderoot"):
            chosen.update(_below(roots, children))
    return chosen


def _below(roots: Iterable[str], children: Mapping[str | None, list[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(roots)
    while waiting:
        for child in children.get(waiting.pop(), ()):
            if child not in found:
                found.add(child)
                waiting.append(child)
    return found
