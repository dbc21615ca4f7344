"""The content models of DDI's XML schemas: which elements and attributes stand in which element, and in what order.

The tables hold names, order and values, and no word of the schemas' texts; tests derive them anew from the official schemas.

Source:
    DDI Codebook 2.6 and DDI-Lifecycle 3.3, XML Schema (DDI Alliance, CC BY 4.0).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

__all__ = ["ContentModel", "codebook_model", "is_date", "lifecycle_model"]

_COMMON = {
    "ID": "%name",
    "xml-lang": "%token",
    "source": "archive|producer",
    "elementVersion": "",
    "elementVersionDate": "%date",
    "ddiLifecycleUrn": "",
    "ddiCodebookUrn": "",
}
_ZONE = r"(Z|[+-]\d\d:\d\d)?"
_PATTERNS = {
    "%flag": re.compile("true|false|1|0"),
    "%integer": re.compile(r"[+-]?\d+"),
    "%token": re.compile(r"[\w.:-]+"),
    "%name": re.compile(r"[^\W\d][\w.-]*"),
    "%day": re.compile(r"-?\d{4,}-\d\d-\d\d" + _ZONE),
    "%date": re.compile(r"-?\d{4,}(-\d\d(-\d\d(T\d\d:\d\d:\d\d(\.\d+)?)?)?)?" + _ZONE),
}

Content = Literal["text", "mixed", "children"]
_CONTENTS: Mapping[str, Content] = {"text": "text", "mixed": "mixed", "children": "children"}


@dataclass(frozen=True, slots=True)
class ContentModel:
    """What may stand in an element: elements with their place in the order, attributes with their values, and text or none."""

    content: Content
    children: Mapping[str, int]
    attributes: Mapping[str, str]

    def allows(self, attribute: str, value: str) -> bool:
        """Return whether an attribute may stand here with a value.

        Example:
            >>> codebook_model()["var"].allows("geog", "Y"), codebook_model()["var"].allows("geog", "yes")
            (True, False)
        """
        kind = self.attributes.get(attribute, _COMMON.get(attribute))
        if kind is None:
            return False
        if kind in _PATTERNS:
            return _PATTERNS[kind].fullmatch(value) is not None
        return not kind or value in kind.split("|")


def is_date(text: str) -> bool:
    """Return whether a text is a date of XML Schema: a year, a month, a day or a moment.

    Example:
        >>> is_date("2001-02"), is_date("about 2001")
        (True, False)
    """
    return _PATTERNS["%date"].fullmatch(text) is not None


@cache
def codebook_model() -> Mapping[str, ContentModel]:
    """Return the content models of DDI Codebook 2.6 by element.

    Example:
        >>> [*codebook_model()["catgry"].children]
        ['catValu', 'labl', 'txt', 'catStat', 'mrow']
    """
    return _table("ddi-codebook-2.6.tsv")


@cache
def lifecycle_model() -> Mapping[str, ContentModel]:
    """Return the content models of DDI-Lifecycle 3.3 by element, with its customary prefix; attributes are not told.

    Example:
        >>> [*lifecycle_model()["r:Label"].children]
        ['r:Content', 'r:TypeOfLabel']
    """
    return _table("ddi-lifecycle-3.3.tsv")


def _table(name: str) -> Mapping[str, ContentModel]:
    text = files("semstat.ontology").joinpath("models", name).read_text("utf-8")
    return dict(_row(line) for line in text.splitlines() if not line.startswith("#"))


def _row(line: str) -> tuple[str, ContentModel]:
    name, content, children, attributes = line.split("\t")
    told = dict(item.partition("=")[::2] for item in attributes.split())
    return name, ContentModel(_CONTENTS[content], {child: place for place, child in enumerate(children.split())}, told)
