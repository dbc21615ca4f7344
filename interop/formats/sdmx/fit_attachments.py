"""Attribute relationships fitted to a dialect."""

from dataclasses import replace

from semstat.interop.formats.sdmx.model import Attachment, Component, DataStructure, LocalReference
from semstat.interop.formats.sdmx.target import Writing

__all__ = ["fit_attachment", "fit_relationship"]


def fit_attachment(component: Component, structure: DataStructure, writing: Writing) -> Component:
    """Return an attribute whose relationship the target can say.

    Findings:
        ``IO206`` when an attribute qualifies single measures (2.1), is attached to several groups, to dimensions and groups
        at once (3.x), or to nothing that is there.

    Source:
        SDMX 2.1 and 3.0, SDMXStructureDataStructure.xsd, ``AttributeRelationshipType``.
    """
    part, legacy = component.facts.id, writing.dialect.legacy
    measures, attachment = component.measures, component.attachment or Attachment(None)
    if measures and legacy:
        named = " ".join(measure.id for measure in measures)
        message = f"that `{part}` qualifies the measures `{named}` cannot be said in SDMX-ML 2.1"
        writing.entry.lose("IO206", message, part=part, value=named)
        measures = ()
    fitted = fit_relationship(attachment, structure, part, writing)
    return replace(component, measures=measures, attachment=fitted)


def fit_relationship(attachment: Attachment, structure: DataStructure, part: str, writing: Writing) -> Attachment:
    """Return an attribute relationship that the target can say; ``part`` is the id of the attribute."""
    optional = attachment.optional
    if optional and writing.dialect.legacy:
        message = f"that `{part}` may do without the dimensions `{' '.join(optional)}` cannot be said in SDMX-ML 2.1"
        writing.entry.lose("IO206", message, part=part, value=" ".join(optional))
        optional = ()
    if attachment.level == "group":
        return _of_group(attachment, part, writing)
    if attachment.level == "series":
        return replace(_of_series(attachment, structure, part, writing), optional=optional)
    if attachment.level is None:
        message = f"`{part}` does not say what it is attached to; the dataset is written"
        writing.entry.lose("IO206", message, part=part)
        return Attachment("dataset")
    return attachment


def _of_group(attachment: Attachment, part: str, writing: Writing) -> Attachment:
    if not attachment.groups:
        message = f"`{part}` is attached to a group that the structure lacks; the dataset is written"
        writing.entry.lose("IO206", message, part=part)
        return Attachment("dataset")
    for group in attachment.groups[1:]:
        message = f"that `{part}` is attached to the group `{group.id}` as well cannot be said"
        writing.entry.lose("IO206", message, part=part, value=group.id)
    return Attachment("group", (), attachment.groups[:1])


def _of_series(attachment: Attachment, structure: DataStructure, part: str, writing: Writing) -> Attachment:
    components, groups = attachment.components, attachment.groups
    if groups and not writing.dialect.legacy:
        for group in groups:
            message = (
                f"that `{part}` goes with the group `{group.id}` cannot be said in SDMX-ML {writing.dialect.version}"
            )
            writing.entry.lose("IO206", message, part=part, value=group.id)
        groups = ()
    # The dimensions of its groups are left out of the model, because the groups have them.
    named = {group.id for group in attachment.groups}
    covered = [target for group in structure.groups if group.facts.id in named for target in group.dimensions]
    wanted = {target.id for target in (*components, *covered)}
    components = tuple(LocalReference(item.facts.id, None) for item in structure.dimensions if item.facts.id in wanted)
    if components:
        return Attachment("series", components, groups)
    message = f"`{part}` is attached to dimensions that the structure lacks; the dataset is written"
    writing.entry.lose("IO206", message, part=part)
    return Attachment("dataset")
