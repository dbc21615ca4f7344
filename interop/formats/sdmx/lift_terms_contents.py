"""The terms of what items and schemes of particular classes say, and of processes."""

from collections.abc import Mapping

from semstat.interop.formats.sdmx import model_contents as contents
from semstat.interop.formats.sdmx import model_processes as processes
from semstat.interop.formats.sdmx.lift_rows import Terms
from semstat.ontology.terms import DCTERMS, SKOS, SS, SST
from semstat.ontology.terms_process import SSP

__all__ = ["CONTENTS", "PROCESSES"]

_SPACE = SSP.spaceKey

CONTENTS: Mapping[type, Terms] = {
    contents.Channel: Terms((SS.Channel,), {"kind": SS.channelKind, "value": SS.channelValue}),
    contents.Contact: Terms(
        (SS.Contact,),
        {
            "id": SS.identifier,
            "purpose": SS.contactPurpose,
            "names": SKOS.prefLabel,
            "departments": SS.department,
            "roles": SS.role,
        },
        {"channels": (SS.channel, "channel")},
    ),
    contents.Organisation: Terms((), {}, {"contacts": (SS.contact, "contact")}),
    contents.IsoConceptReference: Terms(
        (SST.IsoConceptReference,), {"agency": SST.isoAgency, "scheme": SST.isoScheme, "concept": SST.isoId}
    ),
    contents.ConceptDetail: Terms((), {"version": SS.version}, {"iso_reference": (SST.isoConcept, "iso")}),
    contents.GeoFeatureSetCode: Terms((SST.GeographicFeature,), {"value": SST.featureSet}),
    contents.GeoGridCode: Terms((SST.GridCell,), {"geo_cell": SST.geoCell}),
    contents.GeoCodelist: Terms((), {"geo_type": SST.geoType, "grid_definition": SST.gridDefinition}),
    contents.ReportingCategory: Terms(
        (),
        {
            "structural_metadata": SST.structuralMetadata,
            "provisioning_metadata": SST.provisioningMetadata,
        },
    ),
    contents.Transformation: Terms(
        (SSP.Transformation,),
        {"expression": SSP.expression, "result": SSP.result, "is_persistent": SSP.isPersistent},
    ),
    contents.Ruleset: Terms(
        (SSP.Ruleset,), {"definition": SSP.definition, "type": SSP.rulesetType, "scope": SSP.rulesetScope}
    ),
    contents.UserDefinedOperator: Terms((SSP.UserDefinedOperator,), {"definition": SSP.definition}),
    contents.CustomType: Terms(
        (SSP.CustomType,),
        {
            "vtl_scalar_type": SSP.vtlScalarType,
            "data_type": SSP.dataType,
            "vtl_literal_format": SSP.vtlLiteralFormat,
            "output_format": SSP.outputFormat,
            "null_value": SSP.nullValue,
        },
    ),
    contents.NamePersonalisation: Terms(
        (SSP.NamePersonalisation,),
        {
            "vtl_default_name": SSP.vtlDefaultName,
            "personalised_name": SSP.personalisedName,
            "vtl_artefact": SSP.vtlArtefact,
        },
    ),
    contents.SpaceKey: Terms((SSP.SpaceKey,), {"id": SST.componentId}),
    contents.ToVtlMapping: Terms((SSP.ToVtlMapping,), {"method": SSP.method}, {"sub_space": (_SPACE, "space")}),
    contents.FromVtlMapping: Terms((SSP.FromVtlMapping,), {"method": SSP.method}, {"super_space": (_SPACE, "space")}),
    contents.VtlMapping: Terms(
        (SSP.VtlMapping,),
        {
            "alias": SSP.alias,
            "dataflow": SSP.mapsArtefact,
            "is_generic": SSP.isGeneric,
            "codelist": SSP.mapsArtefact,
            "concept_scheme": SSP.mapsArtefact,
            "concept": SSP.mapsArtefact,
        },
        {"to_vtl": (SSP.toVtl, "to"), "from_vtl": (SSP.fromVtl, "from")},
    ),
    contents.VtlScheme: Terms(
        (),
        {
            "vtl_version": SSP.vtlVersion,
            "vtl_mapping_scheme": SSP.usesScheme,
            "name_personalisation_scheme": SSP.usesScheme,
            "custom_type_scheme": SSP.usesScheme,
            "ruleset_schemes": SSP.usesScheme,
            "user_defined_operator_schemes": SSP.usesScheme,
        },
    ),
}
"""What the contents of items and schemes become: properties of the item or scheme itself."""

_STEPS = {"steps": (SSP.processStep, "step")}

PROCESSES: Mapping[type, Terms] = {
    processes.ProcessArtefact: Terms(
        (SSP.ProcessArtefact,),
        {"local_id": SSP.localId, "artefact": SSP.artefact, "object_class": SSP.objectClass},
    ),
    processes.Computation: Terms(
        (SSP.Computation,),
        {
            "local_id": SSP.localId,
            "software_package": SSP.softwarePackage,
            "software_language": SSP.softwareLanguage,
            "software_version": SSP.softwareVersion,
            "descriptions": DCTERMS.description,
        },
    ),
    processes.Transition: Terms(
        (SSP.Transition,),
        {"local_id": SSP.localId, "target_step": SSP.targetStep, "conditions": SSP.condition},
        cls="Transition",
    ),
    processes.ProcessStep: Terms(
        (SSP.ProcessStep,),
        {},
        {
            "inputs": (SSP.input, "input"),
            "outputs": (SSP.output, "output"),
            "computation": (SSP.computation, "computation"),
            "transitions": (SSP.transition, "transition"),
            **_STEPS,
        },
        "ProcessStep",
    ),
    processes.Process: Terms((SSP.Process, SS.MaintainableArtefact), {}, _STEPS),
}
"""What processes become."""
