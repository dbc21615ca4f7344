"""The terms of reference metadata and their structures."""

from collections.abc import Mapping

from semstat.interop.formats.sdmx import model_metadata as metadata
from semstat.interop.formats.sdmx.lift_rows import Terms
from semstat.ontology.terms import SKOS, SS, SST
from semstat.ontology.terms_metadata import SSR

__all__ = ["METADATA"]

_ARTEFACT = SS.MaintainableArtefact
_ATTRIBUTES = {"attributes": (SSR.metadataAttribute, "attribute")}
_REPORTED = {"attributes": (SSR.reportedAttribute, "attribute")}
_COVERAGE = {
    "action": SSR.action,
    "reporting_begin": SSR.reportingBegin,
    "reporting_end": SSR.reportingEnd,
    "publication_year": SSR.publicationYear,
    "publication_period": SSR.publicationPeriod,
}

METADATA: Mapping[type, Terms] = {
    metadata.MetadataAttribute: Terms(
        (SSR.MetadataAttribute,),
        {
            "concept": SST.conceptIdentity,
            "representation": SST.representation,
            "min_occurs": SST.minOccurs,
            "max_occurs": SST.maxOccurs,
            "is_presentational": SSR.isPresentational,
        },
        _ATTRIBUTES,
        "MetadataAttribute",
    ),
    metadata.TargetObject: Terms(
        (SSR.TargetObject,),
        {"cls": SSR.targetKind, "object_type": SSR.objectType, "representation": SST.representation},
        cls="",
    ),
    metadata.MetadataTarget: Terms(
        (SSR.MetadataTarget,),
        {"components": SSR.targetComponent},
        {"objects": (SSR.targetObject, "object")},
        "MetadataTarget",
    ),
    metadata.ReportStructure: Terms(
        (SSR.ReportStructure,), {}, _ATTRIBUTES, "ReportStructure", {"targets": (SSR.forTarget, "MetadataTarget")}
    ),
    metadata.MetadataStructure: Terms(
        (SSR.MetadataStructure, _ARTEFACT),
        {},
        {
            **_ATTRIBUTES,
            "targets": (SSR.metadataTarget, "target"),
            "reports": (SSR.reportStructure, "report"),
        },
    ),
    metadata.Metadataflow: Terms(
        (SSR.Metadataflow, _ARTEFACT), {"structure": SSR.structure, "targets": SSR.target, "categories": SST.inCategory}
    ),
    metadata.MetadataProvisionAgreement: Terms(
        (SSR.MetadataProvisionAgreement, _ARTEFACT),
        {"metadataflow": SSR.metadataflow, "provider": SSR.metadataProvider, "targets": SSR.target},
    ),
    metadata.StructuredText: Terms((SSR.StructuredText,), {"markup": SSR.markup, "language": SSR.language}),
    metadata.ReportedAttribute: Terms(
        (SSR.ReportedAttribute,),
        {"id": SSR.attributeId, "value": SST.value, "texts": SSR.text},
        {"structured": (SSR.structuredText, "text"), **_REPORTED},
    ),
    metadata.MetadataSet: Terms(
        (SSR.MetadataSet, _ARTEFACT),
        {
            "metadataflow": SSR.metadataflow,
            "provision_agreement": SSR.provisionAgreement,
            "targets": SSR.target,
            **_COVERAGE,
        },
        _REPORTED,
    ),
    metadata.ReferenceValue: Terms(
        (SSR.ReferenceValue,),
        {"id": SS.identifier, "artefact": SSR.referencedArtefact, "period": SSR.reportPeriod},
    ),
    metadata.MetadataReport: Terms(
        (SSR.MetadataReport,),
        {"id": SS.identifier, "target_id": SSR.targetId},
        {"references": (SSR.referenceValue, "reference"), **_REPORTED},
    ),
    metadata.ReportedMetadata: Terms(
        (SSR.MetadataSet,),
        {
            "structure": SSR.structure,
            "set_id": SSR.setId,
            "names": SKOS.prefLabel,
            "provider": SSR.metadataProvider,
            "valid_from": SS.validFrom,
            "valid_to": SS.validTo,
            **_COVERAGE,
        },
        {"reports": (SSR.report, "report")},
    ),
}
"""What reference metadata and their structures become."""
