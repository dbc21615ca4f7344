"""All kinds of DDI-Lifecycle by the local name of their element, and what is made of an element that no table names."""

from functools import cache
from types import MappingProxyType

from semstat.interop.formats.ddi.lifecycle_kinds import Kind, refers
from semstat.interop.formats.ddi.lifecycle_kinds_codes import CODES
from semstat.interop.formats.ddi.lifecycle_kinds_files import FILES
from semstat.interop.formats.ddi.lifecycle_kinds_questions import QUESTIONS
from semstat.interop.formats.ddi.lifecycle_kinds_shared import IDENTIFIED, LABELLED, PARAMETER
from semstat.interop.formats.ddi.lifecycle_kinds_studies import STUDIES
from semstat.interop.formats.ddi.lifecycle_kinds_variables import VARIABLES
from semstat.ontology.terms import SS
from semstat.ontology.terms_study import SSD

__all__ = ["KINDS", "kind_of"]

KINDS = MappingProxyType(
    {**STUDIES, **VARIABLES, **CODES, **QUESTIONS, **FILES, "InParameter": PARAMETER, "OutParameter": PARAMETER}
)
"""The kinds that tables describe."""

_WRAPPERS = ("FragmentInstance", "Fragment")


@cache
def kind_of(local: str) -> Kind:
    """Return the kind of an element; schemes hold their items, and what is not known has identity, labels and references only.

    Example:
        >>> kind_of("QuestionScheme").container, kind_of("TranslationActivity").named
        (True, True)
    """
    kind = KINDS.get(local)
    if kind is None:
        kind = _unknown(local)
    name = LABELLED["Name/String"]
    # What is called Name in one place is called after the element in others: CodeListName, QuestionItemName.
    return kind.but({f"{local}Name/String": name, f"{local}ModuleName/String": name, **kind.fields})


def _unknown(local: str) -> Kind:
    if local in _WRAPPERS:
        return Kind((), {}, level="part", container=True)
    fields = {**IDENTIFIED, **LABELLED}
    if local.endswith("Scheme"):
        stem = local.removesuffix("Scheme")
        fields |= {f"{stem}Reference": refers(SSD.holds), f"{local}Reference": refers(SSD.holds)}
        return Kind((SS.ItemScheme,), fields, level="maintainable", container=True, named=True)
    return Kind((SS.IdentifiableArtefact,), fields, level="identifiable", named=True)
