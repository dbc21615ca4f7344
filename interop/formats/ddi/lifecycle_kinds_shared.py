"""What many kinds of DDI-Lifecycle have in common: identity, labels, annotations, parameters, commands, citations."""

from rdflib import URIRef

from semstat.interop.formats.ddi.lifecycle_kinds import (
    Kind,
    Rule,
    alternative,
    flag,
    label,
    part,
    refers,
    skip,
    text,
    token,
    under,
)
from semstat.ontology.terms import DCTERMS, PROV, SS
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_study import SSD

__all__ = [
    "ACCESS",
    "CITATION",
    "COMMAND",
    "COMMANDS",
    "COVERAGE",
    "FLOWING",
    "HOLDINGS",
    "IDENTIFIED",
    "INSTRUCTED",
    "LABELLED",
    "NOTE",
    "PARAMETER",
    "kind_word",
]

PAIR = Kind(
    (SS.Annotation,),
    {"AttributeKey": token(SS.annotationType), "AttributeValue": token(SS.annotationValue)},
    level="part",
)

IDENTIFIED = {
    "@isMaintainable": skip(),
    "@isVersionable": skip(),
    "@isIdentifiable": skip(),
    "@scopeOfUniqueness": token(SSD.identifierScope),
    "@versionDate": token(SSI.versionDate),
    "UserID": token(SSD.userId),
    "UserAttributePair": part(SS.annotation, PAIR, "attribute"),
    "VersionRationale/RationaleDescription/Content": text(SSI.versionRationale),
    "BasedOnObject/BasedOnReference": refers(PROV.wasDerivedFrom),
}
"""Fields of everything that may have an identity."""

LABELLED = {
    "Label/Content": label(),
    "Description/Content": text(DCTERMS.description),
    "Name/String": text(SSD.shortName),
}
"""Labels, description and name; that its name is called after the element is known for each kind."""

BINDING = Kind(
    (SSD.ParameterBinding,),
    {
        "SourceParameterReference": refers(SSD.bindingSource),
        "TargetParameterReference": refers(SSD.bindingTarget),
    },
    level="part",
)

PARAMETER = Kind(
    (SSD.Parameter,),
    {
        **IDENTIFIED,
        "ParameterName/String": text(SSD.shortName),
        "Alias": token(SSD.alias),
        "Description/Content": text(DCTERMS.description),
        "@isArray": flag(SSD.isArray),
        **{
            f"{form}Representation": part(SSI.hasSubstantiveValueDomain, None, "domain")
            for form in ("Numeric", "Text", "DateTime", "Code")
        },
        **{
            f"{form}RepresentationReference": refers(SSI.hasSubstantiveValueDomain)
            for form in ("Numeric", "Text", "DateTime", "Code", "Value")
        },
    },
    level="identifiable",
    named=True,
)

FLOWING = {
    "InParameter": part(SSD.inParameter, PARAMETER, "in"),
    "OutParameter": part(SSD.outParameter, PARAMETER, "out"),
    "Binding": part(SSD.parameterBinding, BINDING, "binding"),
}
"""Parameters, and how values are handed from one to the other."""

COMMAND = Kind(
    (SSD.Command,),
    {
        "ProgramLanguage": token(SSD.commandLanguage),
        "CommandContent": Rule("token", (SSD.commandText,)),
        **FLOWING,
    },
    level="part",
)

COMMANDS = {
    "CommandCode/Command": part(SSD.command, COMMAND, "command"),
    "CommandCode/Description/Content": text(DCTERMS.description),
}

INSTRUCTED = {
    "InterviewerInstructionReference": refers(SSD.instruction),
    "ExternalInterviewerInstruction/Description/Content": text(SSI.statementText),
}

CITATION = under(
    "Citation",
    {
        "Title/String": label(),
        "SubTitle/String": alternative(),
        "AlternateTitle/String": alternative(),
        "Creator/CreatorName/String": text(DCTERMS.creator),
        "Creator/CreatorReference": refers(DCTERMS.creator),
        "Publisher/PublisherName/String": text(DCTERMS.publisher),
        "Publisher/PublisherReference": refers(DCTERMS.publisher),
        "Contributor/ContributorName/String": text(DCTERMS.contributor),
        "Contributor/ContributorReference": refers(DCTERMS.contributor),
        "PublicationDate/SimpleDate": token(DCTERMS.issued),
        "Language": token(DCTERMS.language),
        "InternationalIdentifier/IdentifierContent": token(DCTERMS.identifier),
        "Copyright/Content": text(DCTERMS.rights),
        **{
            f"{prefix}:{name}": text(DCTERMS[name])
            for prefix in ("dc", "dcterms")
            for name in (
                "abstract",
                "contributor",
                "creator",
                "description",
                "format",
                "identifier",
                "language",
                "license",
            )
        },
        **{
            f"{prefix}:{name}": text(DCTERMS[name])
            for prefix in ("dc", "dcterms")
            for name in ("publisher", "relation", "rights", "source", "subject", "type")
        },
    },
)
"""Bibliographic facts, those in Dublin Core among them."""

NOTE = Kind(
    (SSD.Note,),
    {
        "TypeOfNote": token(SSD.kind),
        "NoteSubject": token(SSD.noteSubject),
        "NoteContent/Content": text(SSD.noteText),
    },
    level="part",
)
"""A remark on what it stands in; what it relates to beside that is kept."""

ACCESS = under(
    "ArchiveSpecific/DefaultAccess",
    {
        "ConfidentialityStatement/Content": text(SSD.confidentialityDeclaration),
        "AccessPermission/Content": text(SSD.specialPermission),
        "Restrictions/Content": text(DCTERMS.accessRights),
        "CitationRequirement/Content": text(SSD.citationRequirement),
        "DepositRequirement/Content": text(SSD.depositRequirement),
        "AccessConditions/Content": text(SSD.accessConditions),
        "Disclaimer/Content": text(SSD.disclaimer),
    },
)
"""On what terms data are used."""


def _kept(**fields: Rule) -> Kind:
    """Return a kind of what an archive keeps: all are one class; what holds others is told by its element."""
    return Kind(
        (SSD.ArchivedItem,),
        {
            "Citation/Title/String": label(),
            "LocationInArchive/String": text(SSD.accessPlace),
            "CallNumber": token(SSD.callNumber),
            "URI": token(SSD.itemUri),
            "Media": token(SSD.medium),
            "AvailabilityStatus/Content": text(SSD.availabilityStatus),
            "DataFileQuantity": token(SSD.fileQuantity),
            "CollectionCompleteness/Content": text(SSD.completeness),
            "Item": part(SSD.holdings, lambda: ITEM, "item"),
            **fields,
        },
        level="part",
    )


ITEM = _kept()
COLLECTION: Kind = _kept(Collection=part(SSD.holdings, lambda: COLLECTION, "collection")).but({}, named=True)
HOLDINGS = under(
    "ArchiveSpecific",
    {"Item": part(SSD.holdings, ITEM, "item"), "Collection": part(SSD.holdings, COLLECTION, "collection")},
)
"""What an archive keeps, by itself or in collections."""

BOUNDS = Kind(
    (SSD.BoundingBox,),
    {
        "WestLongitude": token(SSD.westBound),
        "EastLongitude": token(SSD.eastBound),
        "SouthLatitude": token(SSD.southBound),
        "NorthLatitude": token(SSD.northBound),
    },
    level="part",
)

COVERAGE = under(
    "Coverage",
    {
        "TopicalCoverage/Subject": text(DCTERMS.subject),
        "TopicalCoverage/Keyword": text(SSD.keyword),
        "SpatialCoverage/Description/Content": text(DCTERMS.spatial),
        "SpatialCoverage/BoundingBox": part(SSD.boundingBox, BOUNDS, "bounds"),
    },
)


def kind_word(*names: str) -> dict[str, Rule]:
    """Return fields for elements that tell the kind of a thing in a word.

    Example:
        >>> list(kind_word("TypeOfSequence"))
        ['TypeOfSequence']
    """
    predicate: URIRef = SSD.kind
    return {name: token(predicate) for name in names}
