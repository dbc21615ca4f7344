"""Constraints on data fitted to a dialect."""

from dataclasses import replace

from semstat.interop.formats.sdmx.fit import fit_annotations, fit_head, fit_reference
from semstat.interop.formats.sdmx.fit_selections import fit_particulars, fit_times, fit_validity
from semstat.interop.formats.sdmx.model import Constraint, Key, KeySet, Member, Reference, Region
from semstat.interop.formats.sdmx.target import Writing

__all__ = ["fit_constraint"]

_OF_METADATA = ("MetadataProvider", "MetadataSet", "MetadataStructure", "Metadataflow", "MetadataProvisionAgreement")
_TARGETS = {
    "2.1": ("DataProvider", "DataStructure", "Dataflow", "ProvisionAgreement", "MetadataStructure", "Metadataflow"),
    "3.0": ("DataProvider", "DataStructure", "Dataflow", "ProvisionAgreement"),
    "3.1": ("DataProvider", "DataStructure", "Dataflow", "ProvisionAgreement"),
}


def fit_constraint(constraint: Constraint, writing: Writing) -> Constraint | None:
    """Return a constraint as the target says it; ``None`` when it has no such constraints.

    Findings:
        ``IO201`` availability, which only 3.1 has; ``IO208`` what a constraint of the target cannot say.

    Source:
        SDMX 2.1, 3.0 and 3.1, SDMXStructureConstraint.xsd.
    """
    dialect = writing.dialect
    available = constraint.head is None or constraint.head.name.cls == "AvailabilityConstraint"
    if available and dialect.version != "3.1":
        writing.entry.lose("IO201", f"SDMX-ML {dialect.version} has no availability constraints; it is left out")
        return None
    element = constraint.head.element if constraint.head is not None else ""
    if element in ("MetadataConstraint", "AttachmentConstraint") and element not in dialect.elements:
        writing.entry.lose("IO201", f"SDMX-ML {dialect.version} has no {element}; it is left out")
        return None
    if constraint.role == "Actual" and dialect.version == "3.1" and not available:
        message = "that it says what is there, not what is allowed, cannot be said of a constraint in SDMX-ML 3.1"
        writing.entry.lose("IO208", message, value="Actual")
    regions = constraint.regions if dialect.legacy else _one_of_each(constraint.regions, writing)
    head = constraint.head and fit_head(constraint.head, writing)
    if head is not None:
        head = replace(head, element=head.name.cls)
    return replace(
        fit_times(constraint, writing),
        head=head,
        targets=_targets(constraint, writing),
        regions=tuple(_region(region, writing) for region in regions),
        target_regions=tuple(_region(region, writing) for region in constraint.target_regions),
        annotations=fit_annotations(constraint.annotations, writing, None),
        key_sets=tuple(kept for keys in constraint.key_sets if (kept := _key_set(keys, writing)) is not None),
    )


def _one_of_each(regions: tuple[Region, ...], writing: Writing) -> tuple[Region, ...]:
    """Return the first region that includes and the first that excludes: 3.x has one of each at most."""
    kept = {region.included: region for region in reversed(regions)}
    for region in regions:
        if kept[region.included] is not region:
            message = f"a further region that {'includes' if region.included else 'excludes'} is left out"
            said = " ".join(member.id for member in region.members)
            writing.entry.lose("IO208", f"{message}: SDMX-ML {writing.dialect.version} has one", value=said)
    return tuple(region for region in regions if kept[region.included] is region)


def _targets(constraint: Constraint, writing: Writing) -> tuple[Reference, ...]:
    """Return the targets of the kind of the first one: the schema does not mix kinds, and admits one provider."""
    admitted = _TARGETS[writing.dialect.version]
    if constraint.head is not None and constraint.head.name.cls == "MetadataConstraint":
        admitted = _OF_METADATA
    fits = [target for target in constraint.targets if target.name.cls in admitted]
    kept = [target for target in fits if target.name.cls == fits[0].name.cls]
    kept = kept[:1] if kept and kept[0].name.cls in ("DataProvider", "MetadataProvider") else kept
    for target in constraint.targets:
        if target not in kept:
            message = f"that it constrains {target.name.cls} `{target.name.short}` as well cannot be said"
            writing.entry.lose("IO208", message, value=target.name.urn)
    return tuple(fit_reference(target, writing) for target in kept)


def _region(region: Region, writing: Writing) -> Region:
    members = (_member(member, writing) for member in region.members)
    kept = tuple(member for member in members if member is not None)
    return fit_validity(replace(region, members=kept), writing)


def _key_set(keys: KeySet, writing: Writing) -> KeySet | None:
    kept = tuple(fitted for key in keys.keys if (fitted := _key(key, writing)) is not None)
    if not kept:
        writing.entry.lose("IO208", "a key set without a key cannot be written")
        return None
    return replace(keys, keys=kept)


def _key(key: Key, writing: Writing) -> Key | None:
    members = []
    for member in key.members:
        if member.attribute and writing.dialect.legacy:
            message = f"a key cannot name the attribute `{member.id}` in SDMX-ML 2.1"
            writing.entry.lose("IO208", message, part=member.id)
        elif len(member.values) != 1 and not member.attribute:
            message = f"a key has {len(member.values)} values for `{member.id}`, where one must be"
            writing.entry.lose("IO208", message, part=member.id, value=" ".join(member.values))
        else:
            members.append(member)
    empty = not members and bool(key.members)
    if any(not member.attribute for member in members) or not (empty or writing.dialect.legacy):
        return fit_validity(
            replace(key, members=tuple(fit_particulars(member, writing) for member in members)), writing
        )
    writing.entry.lose("IO208", "a key that names no dimension cannot be written")
    return None


def _member(member: Member, writing: Writing) -> Member | None:
    """A selection of a dimension needs a value; one of an attribute may just say that a value is needed."""
    has_range = member.start is not None or member.end is not None
    if member.values or has_range or member.attribute:
        return fit_particulars(member, writing)
    message = f"the selection of `{member.id}` has no value and cannot be written"
    writing.entry.lose("IO208", message, part=member.id)
    return None
