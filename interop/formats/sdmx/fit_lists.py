"""What a data structure says beside its components, fitted to a dialect: lists, metadata attributes, evolution."""

from dataclasses import replace

from semstat.interop.formats.sdmx.fit import fit_facts, fit_reference
from semstat.interop.formats.sdmx.fit_attachments import fit_relationship
from semstat.interop.formats.sdmx.model import DataStructure
from semstat.interop.formats.sdmx.target import Writing

__all__ = ["fit_metadata"]


def fit_metadata(structure: DataStructure, writing: Writing) -> DataStructure:
    """Return a structure whose lists, metadata attributes and evolution the target can say.

    Findings:
        ``IO206`` metadata attributes reported with the data, which only 3.x has; ``IO210`` evolution, which only 3.1 has.
    """
    metadata, usages, evolving = structure.metadata, structure.metadata_usages, structure.is_evolving
    if writing.dialect.legacy and (metadata is not None or usages):
        named = " ".join(usage.attribute for usage in usages) or (metadata.name.short if metadata else "")
        message = "that metadata attributes are reported with its data cannot be said in SDMX-ML 2.1"
        writing.entry.lose("IO206", message, value=named, count=max(len(usages), 1))
        metadata, usages = None, ()
    if evolving is not None and writing.dialect.version != "3.1":
        if evolving:
            message = "that it evolves within a major version cannot be said before SDMX-ML 3.1"
            writing.entry.lose("IO210", message, value="evolvingStructure")
        evolving = None
    return replace(
        structure,
        metadata=metadata and fit_reference(metadata, writing),
        metadata_usages=tuple(
            replace(usage, attachment=fit_relationship(usage.attachment, structure, usage.attribute, writing))
            for usage in usages
        ),
        is_evolving=evolving,
        lists=tuple(
            replace(part, facts=fit_facts(part.facts, writing, part.cls, named=False)) for part in structure.lists
        ),
    )
