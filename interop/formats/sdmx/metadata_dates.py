"""The dates that metadata sets state of themselves, which are those that datasets state.

Source:
    SDMX 2.1 and 3.0, SDMXMetadataGeneric.xsd, *SetAttributeGroup*; SDMX 2.0, SDMXGenericMetadata.xsd, ``MetadataSetType``.
"""

from collections.abc import Iterable, Iterator

from semstat.interop.formats.sdmx.model_metadata import MetadataSet, ReportedMetadata
from semstat.interop.formats.sdmx.source import Source
from semstat.validators.diagnostics import Diagnostic, Location
from semstat.validators.structural.header_dates import date_findings
from semstat.validators.structural.headers import HeaderFacts

__all__ = ["date_faults"]


def date_faults(source: Source, artefacts: Iterable[object]) -> Iterator[Diagnostic]:
    """Yield what is wrong with the dates that metadata sets state of themselves.

    Findings:
        ``DF038`` and ``DF039``, as for datasets.
    """
    for artefact in artefacts:
        if isinstance(artefact, ReportedMetadata):
            valid = (artefact.valid_from, artefact.valid_to)
            yield from _faults(source, artefact, valid, artefact.line)
        elif isinstance(artefact, MetadataSet):
            texts = dict(artefact.head.texts)
            yield from _faults(
                source, artefact, (texts.get("validFrom"), texts.get("validTo")), artefact.head.facts.line
            )


def _faults(
    source: Source, held: ReportedMetadata | MetadataSet, valid: tuple[str | None, str | None], line: int | None
) -> Iterator[Diagnostic]:
    facts = HeaderFacts(
        begins=held.reporting_begin,
        ends=held.reporting_end,
        valid_from=valid[0],
        valid_to=valid[1],
        publication_year=held.publication_year,
        publication_period=held.publication_period,
    )
    return date_findings(facts, Location(source.origin, line))
