"""What items and schemes of particular classes say beyond names: contacts, geography, VTL, reporting, ISO concepts.

Source:
    SDMX 3.0, Section 2 (Information Model), 4.7 *Organisation Scheme*, 4.4 *Codelist*, 14 *Validation and
    Transformation Language*.
"""

from dataclasses import dataclass, field

from semstat.interop.formats.sdmx.model_facts import Reference, Text

__all__ = [
    "Channel",
    "ConceptDetail",
    "Contact",
    "CustomType",
    "FromVtlMapping",
    "GeoCodelist",
    "GeoFeatureSetCode",
    "GeoGridCode",
    "IsoConceptReference",
    "ItemContent",
    "NamePersonalisation",
    "Organisation",
    "ReportingCategory",
    "Ruleset",
    "SchemeContent",
    "SpaceKey",
    "ToVtlMapping",
    "Transformation",
    "UserDefinedOperator",
    "VtlMapping",
    "VtlScheme",
]


@dataclass(frozen=True, slots=True)
class Channel:
    """A way to reach a contact; ``kind`` is Telephone, Fax, X400, URI or Email."""

    line: int | None = field(compare=False)
    kind: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """A person or office to turn to; ``purpose`` only in 2.0 (Maintenance, Collector, Disseminator, Reporter, Other)."""

    line: int | None = field(compare=False)
    id: str | None = None
    purpose: str | None = None
    names: tuple[Text, ...] = ()
    departments: tuple[Text, ...] = ()
    roles: tuple[Text, ...] = ()
    channels: tuple[Channel, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Organisation:
    """What an agency, data provider or other organisation says of itself."""

    contacts: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True)
class IsoConceptReference:
    """A concept of ISO 11179 that a concept is the same as."""

    line: int | None = field(compare=False)
    agency: str | None = None
    scheme: str | None = None
    concept: str | None = None
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ConceptDetail:
    """What a concept says beside its representation; only 2.0 gives it a ``version`` of its own."""

    iso_reference: IsoConceptReference | None = None
    version: str | None = None


@dataclass(frozen=True, slots=True)
class GeoFeatureSetCode:
    """The geographical features that a code stands for, as written."""

    value: str | None = None


@dataclass(frozen=True, slots=True)
class GeoGridCode:
    """The cell of a grid that a code stands for, as written."""

    geo_cell: str | None = None


@dataclass(frozen=True, slots=True)
class GeoCodelist:
    """What a geographic code list (``geo_type``) or grid code list (with ``grid_definition``) says of itself."""

    geo_type: str | None = None
    grid_definition: str | None = None


@dataclass(frozen=True, slots=True)
class ReportingCategory:
    """The structures, or the flows and agreements, whose data belong under a reporting category."""

    structural_metadata: tuple[Reference, ...] = ()
    provisioning_metadata: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Transformation:
    """A statement of VTL: what is computed (``expression``) and the name of the result."""

    expression: str | None = None
    result: str | None = None
    is_persistent: bool | None = None


@dataclass(frozen=True, slots=True)
class Ruleset:
    """A VTL ruleset; ``type`` is datapoint or hierarchical, ``scope`` variable or value domain."""

    definition: str | None = None
    type: str | None = None
    scope: str | None = None


@dataclass(frozen=True, slots=True)
class UserDefinedOperator:
    """A VTL operator that users define."""

    definition: str | None = None


@dataclass(frozen=True, slots=True)
class CustomType:
    """How a VTL scalar type is represented in SDMX."""

    vtl_scalar_type: str | None = None
    data_type: str | None = None
    vtl_literal_format: str | None = None
    output_format: str | None = None
    null_value: str | None = None


@dataclass(frozen=True, slots=True)
class NamePersonalisation:
    """A name that replaces a default name of VTL."""

    vtl_default_name: str | None = None
    personalised_name: str | None = None
    vtl_artefact: str | None = None


@dataclass(frozen=True, slots=True)
class SpaceKey:
    """The id of a dimension whose values split a dataflow into VTL datasets, or are added to one."""

    line: int | None = field(compare=False)
    id: str = ""


@dataclass(frozen=True, slots=True)
class ToVtlMapping:
    """How a dataflow becomes VTL datasets."""

    line: int | None = field(compare=False)
    method: str | None = None
    sub_space: tuple[SpaceKey, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FromVtlMapping:
    """How VTL datasets become a dataflow."""

    line: int | None = field(compare=False)
    method: str | None = None
    super_space: tuple[SpaceKey, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VtlMapping:
    """The alias by which VTL speaks of a dataflow, code list or concept (2.1 also: concept scheme)."""

    alias: str | None = None
    dataflow: Reference | None = None
    is_generic: bool | None = None
    codelist: Reference | None = None
    concept_scheme: Reference | None = None
    concept: Reference | None = None
    to_vtl: ToVtlMapping | None = None
    from_vtl: FromVtlMapping | None = None


@dataclass(frozen=True, slots=True)
class VtlScheme:
    """The VTL version of a scheme, and the other schemes that its items draw on."""

    vtl_version: str | None = None
    vtl_mapping_scheme: Reference | None = None
    name_personalisation_scheme: Reference | None = None
    custom_type_scheme: Reference | None = None
    ruleset_schemes: tuple[Reference, ...] = ()
    user_defined_operator_schemes: tuple[Reference, ...] = ()


ItemContent = (
    Organisation
    | ConceptDetail
    | GeoFeatureSetCode
    | GeoGridCode
    | ReportingCategory
    | Transformation
    | Ruleset
    | UserDefinedOperator
    | CustomType
    | NamePersonalisation
    | VtlMapping
)
SchemeContent = GeoCodelist | VtlScheme
