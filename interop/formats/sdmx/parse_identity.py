"""The identity of maintainable artefacts in SDMX-ML, and what every one of them may state."""

from lxml import etree

from semstat.interop.formats.sdmx.model import Facts, Maintainable
from semstat.interop.formats.sdmx.source import Gathered, Source, raw_xml
from semstat.interop.formats.sdmx.vocabulary import (
    ARTEFACTS,
    MAINTAINABLE_FLAGS,
    MAINTAINABLE_TEXTS,
    ArtefactClass,
    Grammar,
)
from semstat.ontology.iri import SdmxName, parse_urn

__all__ = ["close_tally", "maintainable_grammar", "read_identity", "read_maintainable"]

_SHOWN = 200
_ATTRIBUTES = frozenset({"id", "agencyID", "version", "urn", "uri", *MAINTAINABLE_FLAGS, *MAINTAINABLE_TEXTS})


def maintainable_grammar(known: ArtefactClass, *, parts: frozenset[str], attributes: frozenset[str]) -> Grammar:
    """Return what a maintainable artefact of that class may hold; ``parts`` and ``attributes`` are its own."""
    return Grammar(
        parts=parts,
        kept=known.kept,
        attributes=_ATTRIBUTES | attributes,
        kept_attributes=known.kept_attributes,
        named=True,
        annotable=True,
        linked=True,
    )


def read_identity(source: Source, element: etree._Element) -> SdmxName | None:
    """Return the name of a maintainable artefact, from its own attributes; the ``urn`` only fills what is missing.

    An absent version is 1.0 in 2.1 and for the fixed schemes of organisations, none in 3.x.

    Findings:
        ``DSD002`` when the ``urn`` differs; ``IO108`` when there is neither id nor agency, the artefact being unusable.

    Source:
        SDMX 2.1 and 3.0, SDMXStructureBase.xsd, ``MaintainableType``.
    """
    known = ARTEFACTS[etree.QName(element).localname]
    stated = parse_urn(element.get("urn", ""))
    identifier = element.get("id") or (stated.id if stated else None)
    agency = element.get("agencyID") or (stated.agency if stated else None)
    if not identifier or not agency:
        missing = "id" if not identifier else "agencyID"
        message = f"the {known.cls} has no `{missing}` and cannot be told from others; it is left out"
        source.report("IO108", message, element, value=raw_xml(element)[:_SHOWN])
        return None
    version = source.version_of(element, known)
    name = SdmxName(known.package, known.cls, agency, identifier, version)
    source.check_urn(element, name)
    return name


def close_tally(source: Source, element: etree._Element, artefact: str) -> None:
    """Report what was kept raw in an artefact although the standard knows it, and forget it.

    Findings:
        ``IO114``, one per artefact.
    """
    if source.tally:
        what = ", ".join(f"{key} ×{count}" if count > 1 else key for key, count in source.tally.items())
        verb = "are" if source.tally.total() > 1 else "is"
        source.report("IO114", f"the {artefact} is kept; its {what} {verb} not interpreted", element)
        source.tally.clear()


def read_maintainable(source: Source, element: etree._Element, name: SdmxName, found: Gathered) -> Maintainable:
    """Return the identity of an artefact with its flags, dates, names and annotations; closes the tally of raw content.

    Findings:
        ``IO114``, one per artefact, when content that the standard knows was kept raw.
    """
    flags = [(key, source.flag(element, key, found.unread)) for key in MAINTAINABLE_FLAGS]
    texts = [(key, element.get(key)) for key in MAINTAINABLE_TEXTS]
    close_tally(source, element, f"{name.cls} `{name.short}`")
    facts: Facts = found.facts(name.id, source.line(element))
    return Maintainable(
        etree.QName(element).localname,
        name,
        facts,
        tuple((key, value) for key, value in flags if value is not None),
        tuple((key, text) for key, text in texts if text is not None),
    )
