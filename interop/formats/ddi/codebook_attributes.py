"""Attributes of DDI Codebook that no term stands for: kept beside what they belong to, and named."""

from collections.abc import Iterable, Iterator

from lxml import etree
from rdflib import Literal

from semstat.interop.formats.ddi.codebook_files import whole_number
from semstat.interop.formats.ddi.codebook_kept import kept_attributes
from semstat.interop.formats.ddi.codebook_source import IDENTITY, Codebook, local
from semstat.ontology.terms import SS
from semstat.validators.diagnostics import Diagnostic
from semstat.validators.rules import finding

__all__ = ["is_interpreted", "keep_attributes"]

_SCHEMA = "{http://www.w3.org/2001/XMLSchema-instance}"
_EVERYWHERE = frozenset({"ID", "xml-lang", "{http://www.w3.org/XML/1998/namespace}lang", f"{_SCHEMA}schemaLocation"})
"""Identity, language, and where a schema lies, which is nothing that a document says of its study."""
_VARIABLE = "name intrvl wgt wgt-var temporal geog dcml representationType otherRepresentationType files rectype qstn"
_CONTRIBUTORS = ["AuthEnty", "othId", "producer", "fundAg", "distrbtr", "contact", "depositr", "dataCollector"]
_INTERPRETED: dict[str, frozenset[str]] = {
    name: frozenset(attributes.split())
    for name, attributes in {
        "codeBook": "version codeBookAgency",
        "IDNo": "agency",
        **dict.fromkeys(_CONTRIBUTORS, "affiliation abbr email URI role"),
        "holdings": "location callno URI media",
        "notes": "type subject",
        "keyword": "vocab vocabURI",
        "topcClas": "vocab vocabURI",
        "concept": "vocab vocabURI",
        "timePrd": "date event",
        "version": "date",
        "depDate": "date",
        "prodDate": "date",
        "distDate": "date",
        "serStmt": "URI",
        "serName": "abbr",
        "fileDscr": "URI",
        "recGrp": "rectype keyvar rtypeloc rtypewidth recGrp recidvar",
        "location": "StartPos EndPos width RecSegNo fileid",
        "universe": "clusion",
        "collDate": "date event",
        "sumStat": "type otherType wgtd wgt-var",
        "catStat": "type otherType wgtd wgt-var",
        "var": _VARIABLE,
        "varFormat": "type formatname",
        "catgry": "missing missType",
        "range": "min max minExclusive maxExclusive",
        "item": "VALUE",
        "derivation": "var",
        "drvcmd": "syntax",
        "command": "formalLanguage",
        "varGrp": "var",
    }.items()
}


def is_interpreted(element: etree._Element, attribute: str) -> bool:
    """Return whether an attribute of an element is read into the graph.

    Example:
        >>> is_interpreted(etree.fromstring("<var/>"), "name"), is_interpreted(etree.fromstring("<var/>"), "nature")
        (True, False)
    """
    if attribute in _EVERYWHERE:
        return True
    name = local(element)
    return attribute in _INTERPRETED.get(name, ()) and _is_understood(element, name, attribute)


def _is_understood(element: etree._Element, name: str, attribute: str) -> bool:
    """Tell whether a value is one that is read: a word that the standard has, a number, or a bound that no other one beats."""
    value = element.get(attribute, "")
    if (name, attribute) in _WORDS:
        return value.strip() in _WORDS[name, attribute]
    if (name, attribute) in _NUMBERS:
        return whole_number(value) is not None
    if attribute == "date" and (name, "event") in _WORDS:
        return element.get("event", "single").strip() in _WORDS[name, "event"]
    if name == "IDNo":  # a study has one agency: that of its first identifier
        return next(element.itersiblings(element.tag, preceding=True), None) is None
    if name == "range" and attribute in _BEATEN_BY:
        return not element.get(_BEATEN_BY[attribute])
    return True


_WORDS = {
    ("var", "intrvl"): ("contin", "discrete"),
    ("var", "wgt"): ("wgt", "not-wgt"),
    ("var", "temporal"): ("Y", "N"),
    ("var", "geog"): ("Y", "N"),
    ("catgry", "missing"): ("Y", "N"),
    ("sumStat", "wgtd"): ("wgtd", "not-wgtd"),
    ("catStat", "wgtd"): ("wgtd", "not-wgtd"),
    ("collDate", "event"): ("start", "end", "single"),
    ("timePrd", "event"): ("start", "end", "single"),
}
_NUMBERS = frozenset(
    [
        ("var", "dcml"),
        *(("location", name) for name in ("StartPos", "EndPos", "width", "RecSegNo")),
        *(("recGrp", name) for name in ("rtypeloc", "rtypewidth")),
    ]
)
_BEATEN_BY = {"minExclusive": "min", "maxExclusive": "max"}
"""Bounds of a range of which only one can hold: where both are stated, the one that takes the value in is read."""


def keep_attributes(book: Codebook, whole: Iterable[etree._Element]) -> Iterator[Diagnostic]:
    """Keep the attributes that are not interpreted, and yield one finding for each name; ``whole`` are elements kept as they are.

    Findings:
        ``IO114``, one per name of an attribute.
    """
    covered = {inner for item in whole for inner in item.iter("*")}
    first: dict[str, tuple[etree._Element, int]] = {}
    for element in (item for item in book.tree.root.iter("*") if item not in covered):
        known = IDENTITY if element in book.names else frozenset()
        stated = {str(name): str(value) for name, value in element.items() if name not in known}
        left = {name: value for name, value in stated.items() if not is_interpreted(element, name)}
        if not left:
            continue
        chain = (element, *element.iterancestors())
        around = next((item for item in chain if item in book.names), book.tree.root)
        raw = kept_attributes(element, left, around)
        book.add(book.names.get(around, book.base), SS.unreadContent, Literal(raw))
        for name in left:
            before = first.get(name, (element, 0))
            first[name] = (before[0], before[1] + 1)
    for name, (element, number) in first.items():
        times = "once" if number == 1 else f"{number} times"
        said = f"the attribute `{etree.QName(name).localname}` is kept as it stands, and not interpreted ({times})"
        yield finding("IO114", said, book.place(element), value=name)
