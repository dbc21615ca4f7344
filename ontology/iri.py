"""IRIs of SDMX artefacts and their URNs, both ways.

``urn:sdmx:org.sdmx.infomodel.<package>.<Class>=<agency>:<id>(<version>)[.<item>]`` becomes
``https://w3id.org/semstat/sdmx/<package>.<Class>/<agency>/<id>/<version>[/<item>]``. Each part is percent-encoded, so
the mapping is reversible for every legal URN. An absent version (SDMX 3.0: un-versioned artefact) is written ``~``.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, unquote

from rdflib import URIRef

from semstat.ontology.terms import BASE, SDMX

__all__ = [
    "SdmxName",
    "dataset_iri",
    "iri_to_urn",
    "item_namer",
    "key_part",
    "known_name",
    "name_of",
    "parse_urn",
    "part_of",
    "urn_to_iri",
]

_URN = re.compile(
    r"urn:sdmx:org\.sdmx\.infomodel\.(?P<package>[a-z]+)\.(?P<cls>[A-Za-z]+)"
    r"=(?P<agency>[^:()]+):(?P<id>[^:().]+)(?:\((?P<version>[^()]*)\))?(?:\.(?P<item>.+))?",
    re.DOTALL,
)
_UNVERSIONED = "~"
_PLAIN = re.compile(r"[A-Za-z0-9_.@$*+-]+")


@dataclass(frozen=True, slots=True)
class SdmxName:
    """The parts of an SDMX URN.

    ``version`` is ``None`` for an un-versioned artefact; ``item`` holds the dotted item path or ``None``.

    Source:
        SDMX 3.0, Section 5 (Registry), 6.2.2 *Universal Resource Name*.

    Example:
        >>> str(SdmxName("codelist", "Code", "SDMX", "CL_FREQ", "2.1", "A").iri)
        'https://w3id.org/semstat/sdmx/codelist.Code/SDMX/CL_FREQ/2.1/A'
    """

    package: str
    cls: str
    agency: str
    id: str
    version: str | None = None
    item: str | None = None

    @property
    def urn(self) -> str:
        """The URN of the artefact."""
        version = f"({self.version})" if self.version is not None else ""
        item = f".{self.item}" if self.item is not None else ""
        return f"urn:sdmx:org.sdmx.infomodel.{self.package}.{self.cls}={self.agency}:{self.id}{version}{item}"

    @property
    def iri(self) -> URIRef:
        """The IRI under which semstat speaks of the artefact."""
        parts = [
            f"{self.package}.{self.cls}",
            self.agency,
            self.id,
            _UNVERSIONED if self.version is None else self.version,
        ]
        if self.item is not None:
            parts.append(self.item)
        return URIRef(SDMX + "/".join(_encode(part) for part in parts))

    @property
    def short(self) -> str:
        """The form that people write: ``ECB:CL_FREQ(1.0)``, with the item after a dot."""
        version = f"({self.version})" if self.version is not None else ""
        return f"{self.agency}:{self.id}{version}" + (f".{self.item}" if self.item is not None else "")

    def of_item(self, cls: str, item: str) -> "SdmxName":
        """Return the name of an item of this maintainable, in the same package."""
        return SdmxName(self.package, cls, self.agency, self.id, self.version, item)


def dataset_iri(name: SdmxName) -> URIRef:
    """Return the IRI of the dataset that holds the data of a dataflow, structure or agreement.

    Example:
        >>> str(dataset_iri(SdmxName("datastructure", "Dataflow", "ECB", "EXR", "1.0")))
        'https://w3id.org/semstat/data/datastructure.Dataflow/ECB/EXR/1.0'
    """
    return URIRef(f"{BASE}data/{name.iri.removeprefix(SDMX)}")


def key_part(value: str) -> str:
    """Return a dimension's value as a part of the IRI of an observation.

    Example:
        >>> key_part("a/b c")
        'a%2Fb%20c'
    """
    return _encode(value)


def item_namer(scheme: SdmxName, cls: str) -> Callable[[str], tuple[URIRef, str]]:
    """Return a function from the id of an item of ``scheme`` to the item's IRI and URN, for schemes with many items.

    Example:
        >>> name = item_namer(SdmxName("codelist", "Codelist", "SDMX", "CL_FREQ", "2.1"), "Code")
        >>> name("A")[1]
        'urn:sdmx:org.sdmx.infomodel.codelist.Code=SDMX:CL_FREQ(2.1).A'
    """
    template = scheme.of_item(cls, "")
    iri, urn = str(template.iri), template.urn

    def name(item: str) -> tuple[URIRef, str]:
        return URIRef(iri + _encode(item)), urn + item

    return name


def part_of(iri: str, *path: str | int) -> URIRef:
    """Return the IRI of a part of an artefact that has no URN of its own: a fragment, its steps joined by hyphens.

    A further part of a part extends the fragment.

    Example:
        >>> str(part_of(part_of("https://example.org/a", "region", 1), "FREQ"))
        'https://example.org/a#region-1-FREQ'
    """
    fragment = "-".join([str(step) if isinstance(step, int) else _encode(step) for step in path])
    return URIRef(f"{iri}-{fragment}" if "#" in iri else f"{iri}#{fragment}")


def _encode(part: str) -> str:
    if _PLAIN.fullmatch(part):  # nearly all are; quoting them costs more than all else in an IRI
        return part
    return "%7E" if part == _UNVERSIONED and part != "~" else quote(part, safe="~@$-_.+*")


def parse_urn(urn: str) -> SdmxName | None:
    """Return the parts of an SDMX URN, or ``None`` when ``urn`` is not one.

    Example:
        >>> parse_urn("urn:sdmx:org.sdmx.infomodel.codelist.Codelist=SDMX:CL_FREQ(2.1)").version
        '2.1'
        >>> parse_urn("urn:isbn:0451450523") is None
        True
    """
    match = _URN.fullmatch(urn.strip())
    if match is None:
        return None
    return SdmxName(match["package"], match["cls"], match["agency"], match["id"], match["version"], match["item"])


def urn_to_iri(urn: str) -> URIRef:
    """Return the IRI of an SDMX URN.

    Raises:
        ValueError: ``urn`` is not an SDMX URN.

    Example:
        >>> urn_to_iri("urn:sdmx:org.sdmx.infomodel.base.Agency=SDMX:AGENCIES(1.0).ECB")
        rdflib.term.URIRef('https://w3id.org/semstat/sdmx/base.Agency/SDMX/AGENCIES/1.0/ECB')
    """
    name = parse_urn(urn)
    if name is None:
        raise ValueError(f"not an SDMX URN: {urn!r}")
    return name.iri


def iri_to_urn(iri: str) -> str:
    """Return the SDMX URN of an IRI that :func:`urn_to_iri` made.

    Raises:
        ValueError: ``iri`` does not name an SDMX artefact.

    Example:
        >>> iri_to_urn("https://w3id.org/semstat/sdmx/codelist.Code/SDMX/CL_FREQ/2.1/A")
        'urn:sdmx:org.sdmx.infomodel.codelist.Code=SDMX:CL_FREQ(2.1).A'
    """
    base = str(SDMX)
    parts = iri.removeprefix(base).split("/") if iri.startswith(base) and "#" not in iri else []
    if len(parts) not in {4, 5} or "." not in parts[0]:
        raise ValueError(f"not the IRI of an SDMX artefact: {iri!r}")
    package, cls = parts[0].split(".", 1)
    agency, identifier, version, *item = (part if part == _UNVERSIONED else unquote(part) for part in parts[1:])
    name = SdmxName(
        package, cls, agency, identifier, None if version == _UNVERSIONED else version, item[0] if item else None
    )
    return name.urn


def name_of(iri: str) -> SdmxName | None:
    """Return the SDMX name that an IRI stands for, ``None`` for any other IRI.

    Example:
        >>> name_of("https://w3id.org/semstat/sdmx/codelist.Code/SDMX/CL_FREQ/2.1/A").short
        'SDMX:CL_FREQ(2.1).A'
    """
    try:
        return parse_urn(iri_to_urn(str(iri)))
    except ValueError:
        return None


def known_name(iri: str) -> SdmxName:
    """Return the SDMX name of an IRI that stands for an artefact, as those of structures at hand do.

    Raises:
        ValueError: it stands for none.

    Example:
        >>> known_name("https://w3id.org/semstat/sdmx/codelist.Codelist/SDMX/CL_FREQ/2.1").id
        'CL_FREQ'
    """
    name = name_of(iri)
    if name is None:
        raise ValueError(f"not the IRI of an SDMX artefact: {iri!r}")
    return name
