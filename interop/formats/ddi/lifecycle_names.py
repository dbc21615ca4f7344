"""The namespaces of DDI-Lifecycle 3.2 and 3.3: one prefix and one local name for an element, whatever the version."""

from dataclasses import dataclass
from functools import lru_cache

__all__ = ["PREFIXES", "Name", "name_of", "version_of"]

PREFIXES = {
    "archive": "a",
    "comparative": "cm",
    "conceptualcomponent": "c",
    "datacollection": "d",
    "dataset": "ds",
    "ddiprofile": "pr",
    "group": "g",
    "instance": "ddi",
    "logicalproduct": "l",
    "physicaldataproduct": "p",
    "physicaldataproduct_ncube_inline": "m3",
    "physicaldataproduct_ncube_normal": "m1",
    "physicaldataproduct_ncube_tabular": "m2",
    "physicaldataproduct_proprietary": "m4",
    "physicalinstance": "pi",
    "reusable": "r",
    "studyunit": "s",
}
"""The prefixes that the standard's own documents use, by the module in a namespace ``ddi:<module>:<version>``."""

_VERSIONS = {"3_2": "3.2", "3_3": "3.3"}
_FOREIGN = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://www.w3.org/1999/xhtml": "xhtml",
}


@dataclass(frozen=True, slots=True)
class Name:
    """The name of an element: its prefix by convention, its local name, and the version of DDI-Lifecycle, if it is of one.

    ``key`` is what tables know an element by: the local name alone for DDI-Lifecycle, with the prefix for what it borrows.
    """

    prefix: str
    local: str
    version: str | None

    @property
    def full(self) -> str:
        """The name with its prefix: ``l:Variable``."""
        return f"{self.prefix}:{self.local}" if self.prefix else self.local

    @property
    def key(self) -> str:
        """The name that tables use."""
        return self.local if self.version is not None else self.full


@lru_cache(maxsize=1 << 13)
def name_of(tag: str) -> Name:
    """Return the name of a tag in lxml's form.

    Example:
        >>> name_of("{ddi:logicalproduct:3_3}Variable").full
        'l:Variable'
        >>> name_of("{http://purl.org/dc/terms/}license").key
        'dcterms:license'
    """
    namespace, _, local = tag.rpartition("}")
    namespace = namespace.removeprefix("{")
    scheme, _, rest = namespace.partition(":")
    module, _, version = rest.rpartition(":")
    if scheme == "ddi" and module in PREFIXES and version in _VERSIONS:
        return Name(PREFIXES[module], local, _VERSIONS[version])
    return Name(_FOREIGN.get(namespace, "" if not namespace else "?"), local, None)


def version_of(tag: str) -> str | None:
    """Return the version of DDI-Lifecycle that a root element belongs to, ``None`` where it belongs to none that is read.

    Example:
        >>> version_of("{ddi:instance:3_2}DDIInstance"), version_of("{ddi:instance:3_1}DDIInstance")
        ('3.2', None)
    """
    return name_of(tag).version
