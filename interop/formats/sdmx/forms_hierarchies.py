"""The forms of hierarchies, their associations and categorisations in SDMX-ML.

Source:
    SDMX 2.1, 3.0 and 3.1, SDMXStructureHierarchicalCodelist.xsd and SDMXStructureCategorisation.xsd.
"""

from collections.abc import Mapping

from lxml import etree

from semstat.interop.formats.sdmx.forms import Child, Form, any_reference, identifier, part, refers, token
from semstat.interop.formats.sdmx.model_hierarchies import (
    Categorisation,
    HierarchicalCode,
    HierarchicalCodelist,
    Hierarchy,
    HierarchyAssociation,
    IncludedCodelist,
    Level,
    NestedHierarchy,
)
from semstat.interop.formats.sdmx.parse_representations import read_text_format
from semstat.interop.formats.sdmx.references import reference
from semstat.interop.formats.sdmx.source import Source
from semstat.interop.formats.sdmx.vocabulary import OLD, Grammar

__all__ = ["HIERARCHY_FORMS", "HIERARCHY_PARTS"]


def _code_form() -> Form:
    return _CODE


def _level_form() -> Form:
    return _LEVEL


_CODE = Form(
    HierarchicalCode,
    (
        Child("Code", "code", refers("Code")),
        Child("CodelistAliasRef", "codelist_alias", token),
        Child("CodeID", "code_id", identifier),
        Child("HierarchicalCode", "codes", part(_code_form), many=True),
        Child("Level", "level", identifier),
    ),
    texts={"version": "version", "validFrom": "valid_from", "validTo": "valid_to"},
    kind="identifiable",
    cls="HierarchicalCode",
)
_LEVEL = Form(
    Level,
    (Child("CodingFormat", "coding_format", read_text_format), Child("Level", "level", part(_level_form))),
    texts={OLD + "order": "order"},
    kind="nameable",
    cls="Level",
)
_CODES = Child("HierarchicalCode", "codes", part(_CODE), many=True)
_HIERARCHY = Form(
    Hierarchy,
    (Child("Level", "level", part(_LEVEL)), _CODES),
    flags={"hasFormalLevels": "has_formal_levels"},
)
_NESTED = Form(
    NestedHierarchy,
    (Child("Level", "levels", part(_LEVEL), many=True), _CODES),
    flags={"leveled": "has_formal_levels"},
    kind="nameable",
    cls="Hierarchy",
)
_ALIAS = Grammar(attributes=frozenset({"alias"}), parts=frozenset({"Ref", "URN"}))


def _included(source: Source, element: etree._Element, unread: list[str]) -> IncludedCodelist | None:
    found = source.gather(element, _ALIAS)
    codelist = reference(source, element, "Codelist")
    if codelist is None:
        return None
    return IncludedCodelist(source.line(element), codelist, element.get("alias"), tuple(found.unread))


HIERARCHY_FORMS: Mapping[str, Form] = {
    "Hierarchy": _HIERARCHY,
    "HierarchicalCodelist": Form(
        HierarchicalCodelist,
        (
            Child("IncludedCodelist", "included", _included, many=True),
            Child("Hierarchy", "hierarchies", part(_NESTED), many=True),
        ),
    ),
    "HierarchyAssociation": Form(
        HierarchyAssociation,
        (
            Child("LinkedHierarchy", "linked_hierarchy", refers("Hierarchy")),
            Child("LinkedObject", "linked_object", any_reference),
            Child("ContextObject", "context_object", any_reference),
        ),
    ),
    "Categorisation": Form(
        Categorisation, (Child("Source", "source", any_reference), Child("Target", "target", refers("Category")))
    ),
}
"""The forms of hierarchies and categorisations, by the name of their element."""

HIERARCHY_PARTS: Mapping[type, Form] = {HierarchicalCode: _CODE, Level: _LEVEL, NestedHierarchy: _NESTED}
"""The forms of their parts, by the class of the value."""
