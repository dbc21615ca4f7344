"""Identity and references within a document of DDI Codebook: what its ``IDREFS`` lead to."""

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from semstat.interop.formats.ddi.codebook_source import Codebook, children, local
from semstat.interop.formats.ddi.codebook_statistics import weight_of
from semstat.validators.diagnostics import CheckOutcome, CheckStatus, Diagnostic
from semstat.validators.nearest import nearest_code
from semstat.validators.rules import finding

__all__ = ["judge_references"]

_KINDS: dict[str, tuple[str, ...]] = {
    "files": ("fileDscr",),
    "fileid": ("fileDscr",),
    "wgt-var": ("var",),
    "keyvar": ("var",),
    "recidvar": ("var",),
    "var": ("var",),
    "varGrp": ("varGrp",),
    "nCube": ("nCube",),
    "nCubeGrp": ("nCubeGrp",),
    "varRef": ("var",),
    "qstn": ("qstn",),
    "weight": ("weight",),
    "catgry": ("catgry",),
    "recGrp": ("recGrp", "fileDscr"),
    "catRef": ("catgry",),
    "catGrp": ("catgryGrp",),
    "coordValRef": ("var",),
    "nCubeRef": ("nCube",),
    "geoMap": ("geoMap",),
    "locMap": ("locMap",),
    "fileStrcRef": ("fileStrc",),
    "recRef": ("recGrp", "fileDscr", "fileTxt"),
    "sourceFiles": ("fileTxt", "fileDscr"),
    "keep": ("var",),
    "drop": ("var",),
    "add": ("var",),
    "fundAgRefs": ("fundAg",),
    "sameNote": ("notes",),
    "relatedProcesses": (),
    "sdatrefs": (),
    "methrefs": (),
    "pubrefs": (),
    "access": (),
}
"""By attribute the elements that it may lead to; an empty tuple stands for any that stand where ``_WITHIN`` says."""

_SCOPED: dict[str, dict[str, tuple[str, ...]]] = {
    "catgry": {"level": ("catLevel",)},
    "varRange": {"start": ("var",), "end": ("var",)},
    "notes": {"parent": ()},
    "Link": {"refs": ()},
    "specificElements": {"refs": ()},
}
"""Attributes that are references on some elements, and words on others."""

_WITHIN: dict[str, tuple[str, ...]] = {
    "sdatrefs": ("sumDscr",),
    "methrefs": ("method",),
    "pubrefs": ("othrStdyMat",),
    "access": ("dataAccs", "metadataAccs"),
}
"""Attributes that lead to any element of one part of the study description."""


def judge_references(book: Codebook) -> tuple[tuple[Diagnostic, ...], tuple[CheckOutcome, ...]]:
    """Return what is wrong with the identifiers and references of a document, and what was looked at.

    Findings:
        ``DDI003`` an identifier twice; ``DDI004`` a reference to nothing; ``DDI005`` to an element of the wrong kind;
        ``DDI007`` a weighted figure without a weight. That a weight must say that it is one is ``VC010``.

    Source:
        DDI Codebook 2.6, attributes of the types ``xs:ID`` and ``xs:IDREFS``.
    """
    found: list[Diagnostic] = []
    examined: Counter[str] = Counter()
    _identifiers(book, found, examined)
    for element in book.tree.root.iter("*"):
        scoped = _SCOPED.get(local(element), {})
        for attribute, kinds in (*_KINDS.items(), *scoped.items()) if element.attrib else ():
            for word in element.get(attribute, "").split():
                examined.update(("DDI004", "DDI005"))
                found += _reference(book, element, attribute, word, kinds)
    for variable in (item for item in book.tree.root.iter("*") if local(item) == "var"):
        found += _figures(book, variable, examined)
    rules = ("DDI003", "DDI004", "DDI005", "DDI007")
    failed = Counter(item.rule for item in found)
    return tuple(found), tuple(_outcome(book, rule, examined[rule], failed[rule]) for rule in rules)


def _outcome(book: Codebook, rule: str, examined: int, failed: int) -> CheckOutcome:
    if examined:
        return CheckOutcome(rule, None, CheckStatus.CHECKED, book.origin, examined, failed, "reader")
    reason = "nothing of the kind is there"
    return CheckOutcome(rule, None, CheckStatus.NOT_APPLICABLE, book.origin, reason=reason)


def _identifiers(book: Codebook, found: list[Diagnostic], examined: Counter[str]) -> None:
    for element in book.tree.root.iter("*"):
        identifier = (element.get("ID") or "").strip()
        if not identifier:
            continue
        examined["DDI003"] += 1
        other = book.elements[identifier]
        if other is not element:
            line = book.tree.lines.get(other)
            said = f"the identifier `{identifier}` is that of a `{local(other)}` on line {line} already"
            found.append(finding("DDI003", said, book.place(element), value=identifier))


def _reference(
    book: Codebook, element: etree._Element, attribute: str, word: str, kinds: tuple[str, ...]
) -> Iterator[Diagnostic]:
    where, target = book.place(element), book.elements.get(word)
    parts = _WITHIN.get(attribute, ())
    wanted = " or ".join(kinds) or " or ".join(f"element of {part}" for part in parts)
    if target is None:
        known = [name for name, item in book.elements.items() if not kinds or local(item) in kinds]
        said = f"`{attribute}` of a `{local(element)}` refers to `{word}`, which is not in the document"
        nearest = nearest_code(word, known)
        yield finding("DDI004", said, where, value=word, expected=wanted and f"the ID of a {wanted}", nearest=nearest)
    elif kinds and local(target) not in kinds:
        said = f"`{attribute}` of a `{local(element)}` refers to `{word}`, which is a `{local(target)}`"
        yield finding("DDI005", said, where, value=word, expected=wanted)
    elif parts and not any(local(item) in parts for item in (target, *target.iterancestors())):
        said = f"`{attribute}` of a `{local(element)}` refers to `{word}`, a `{local(target)}` that stands elsewhere"
        yield finding("DDI005", said, where, value=word, expected=wanted)


def _figures(book: Codebook, variable: etree._Element, examined: Counter[str]) -> Iterator[Diagnostic]:
    for item in (*children(variable, "sumStat"), *children(variable, "catgry", "catStat")):
        if item.get("wgtd", "").strip() != "wgtd":
            continue
        examined["DDI007"] += 1
        if weight_of(book, item, variable) is None and not (item.get("wgt-var") or variable.get("wgt-var")):
            said = f"a weighted figure of the variable `{variable.get('name', '')}` names no weight variable"
            yield finding("DDI007", said, book.place(item))
