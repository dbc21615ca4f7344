"""IRIs of DDI artefacts: reversible for those that have a DDI URN, and built on the document's digest for those that have none.

``urn:ddi:<agency>:<id>:<version>`` becomes ``https://w3id.org/semstat/ddi/<agency>/<id>/<version>``; each part is
percent-encoded. The IRDI of DDI-CDI has the same three parts, and the same IRI. What a document identifies for itself alone
(DDI-Codebook's ``ID``) becomes a fragment of ``https://w3id.org/semstat/ddi-document/<digest>``.
"""

import re
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import quote, unquote

from rdflib import URIRef

from semstat.ontology.terms import BASE

__all__ = ["DdiName", "ddi_name_of", "document_iri", "iri_to_ddi_urn", "parse_ddi_urn"]

DDI = BASE + "ddi/"
DOCUMENT = BASE + "ddi-document/"

_URN = re.compile(r"[Uu][Rr][Nn]:[Dd][Dd][Ii]:(?P<agency>[^:]+):(?P<id>[^:]+):(?P<version>[^:]+)")
_DIGITS = 24


@dataclass(frozen=True, slots=True)
class DdiName:
    """The parts of a DDI URN; the identifier of an artefact within a maintainable one is ``parent.id``.

    Source:
        DDI-Lifecycle 3.3, ``r:URN``; DDI-CDI 1.0, InternationalRegistrationDataIdentifier.

    Example:
        >>> str(DdiName("int.example", "v1.a b", "1.0").iri)
        'https://w3id.org/semstat/ddi/int.example/v1.a%20b/1.0'
    """

    agency: str
    id: str
    version: str

    @property
    def urn(self) -> str:
        """The URN of the artefact."""
        return f"urn:ddi:{self.agency}:{self.id}:{self.version}"

    @property
    def iri(self) -> URIRef:
        """The IRI under which semstat speaks of the artefact."""
        return URIRef(DDI + "/".join(quote(part, safe="@$-_.+*") for part in (self.agency, self.id, self.version)))


def parse_ddi_urn(urn: str) -> DdiName | None:
    """Return the parts of a DDI URN, or ``None`` when ``urn`` is not one.

    The prefix may be written in either case; agency, identifier and version stay as written.

    Example:
        >>> parse_ddi_urn("URN:DDI:int.example:v1:2.0.1").version
        '2.0.1'
        >>> parse_ddi_urn("urn:ddi:int.example:v1") is None
        True
    """
    match = _URN.fullmatch(urn.strip())
    return DdiName(match["agency"], match["id"], match["version"]) if match else None


def iri_to_ddi_urn(iri: str) -> str | None:
    """Return the DDI URN of an artefact's IRI, or ``None`` for an IRI that was not made from one.

    Example:
        >>> iri_to_ddi_urn(DdiName("int.example", "v1.a b", "1.0").iri)
        'urn:ddi:int.example:v1.a b:1.0'
    """
    name = ddi_name_of(iri)
    return name.urn if name is not None else None


def ddi_name_of(iri: str) -> DdiName | None:
    """Return the name that the IRI of an artefact was made from, whatever characters it has.

    ``None`` for another IRI, also for that of a part without a name.

    Example:
        >>> ddi_name_of(DdiName("int.example", "HH:MM", "1").iri).id
        'HH:MM'
    """
    parts = str(iri).removeprefix(DDI).split("/") if str(iri).startswith(DDI) and "#" not in iri else []
    return DdiName(*map(unquote, parts)) if len(parts) == 3 else None


def document_iri(data: bytes) -> URIRef:
    """Return the IRI of a document that states no identity: one and the same for the same bytes, wherever they lie.

    Example:
        >>> str(document_iri(b"<codeBook/>"))
        'https://w3id.org/semstat/ddi-document/ed3cd40ec53c2ab872e45f62'
    """
    return URIRef(DOCUMENT + sha256(data).hexdigest()[:_DIGITS])
