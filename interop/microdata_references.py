"""References between files: what documentation states, what it states half, and what names alone suggest (K2).

Source:
    DDI Codebook 2.6, ``recGrp/@recGrp`` and ``@keyvar``; DDI Lifecycle 3.3, ``RecordRelationship``.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rdflib import URIRef

from semstat.validators.diagnostics import CheckOutcome, CheckStatus
from semstat.validators.microdata import DescribedFile, DescribedRecord, RecordLink
from semstat.validators.microdata.keys import unreferenced
from semstat.validators.microdata.shapes import Reference
from semstat.validators.microdata.staging import StagedRecords

__all__ = ["reference_of", "suggested", "unlinked"]


def reference_of(record: DescribedRecord, link: RecordLink, files: Sequence[DescribedFile]) -> Reference | None:
    """Return the kind of record that a relation leads to with the variables on both sides, ``None`` where it names none."""
    target = next((item for file in files for item in file.records if item.iri == link.target), None)
    if target is None:
        return None
    mine = {item.name: item for item in record.variables}
    theirs = {item.name: item for item in target.variables}
    names = link.target_variables or _shared_key(record, target)
    if not names or any(name not in mine or name not in theirs for name in names):
        return None
    return target, [mine[name] for name in names], [theirs[name] for name in names]


def _shared_key(record: DescribedRecord, target: DescribedRecord) -> tuple[str, ...]:
    """Return the key of the target where it is a part of the record's own: persons have the key of their household."""
    return target.key if set(target.key) < set(record.key) else ()


def unlinked(
    record: DescribedRecord, links: Iterable[RecordLink], files: Sequence[DescribedFile], source: str
) -> Iterator[CheckOutcome]:
    """Yield the relations to other files that nothing says how to check."""
    names = {item.iri: file.name or file.identifier for file in files for item in file.records}
    for link in links:
        if reference_of(record, link, files) is None:
            other = names.get(link.target, str(link.target))
            reason = f"the documentation relates the records to those of `{other}`, and names no variable that refers to them"
            yield CheckOutcome("MD012", None, CheckStatus.NOT_CHECKED, source, reason=reason)


def suggested(
    file: DescribedFile,
    record: DescribedRecord,
    files: Sequence[DescribedFile],
    staged: StagedRecords,
    others: Mapping[URIRef, StagedRecords],
) -> Iterator[CheckOutcome]:
    """Yield the kinds of records of other files whose key has the names of variables of this one, where no relation is stated.

    Names prove nothing, so that nothing is judged by them. Where both files are at hand it is said what a judgement would
    find, for whoever decides whether the relation is meant.
    """
    mine = {item.name: item for item in record.variables}
    for other in files:
        for target in other.records if other.iri != file.iri else ():
            names = [name for name in target.key if name in mine]
            if not names or len(names) < len(target.key) or set(names) == set(record.key):
                continue
            theirs = {item.name: item for item in target.variables}
            told = _told(staged, others.get(target.iri), [(mine[name].iri, theirs[name].iri) for name in names])
            reason = (
                f"no relation to the records of `{other.name or other.identifier}` is stated, though "
                f"{' and '.join(f'`{name}`' for name in names)} has the name of their key{told}"
            )
            yield CheckOutcome("MD012", None, CheckStatus.NOT_CHECKED, staged.source, reason=reason)


def _told(staged: StagedRecords, target: StagedRecords | None, pairs: Sequence[tuple[URIRef, URIRef]]) -> str:
    """Return what following the suggestion finds, nothing where a file or a column is not at hand."""
    if target is None or any(own not in staged.columns or there not in target.columns for own, there in pairs):
        return ""
    own, there = [staged.columns[one] for one, _ in pairs], [target.columns[one] for _, one in pairs]
    lost = unreferenced(staged, own, target, there, 1).rows
    return f"; of {staged.rows} records here, {lost or 'none'} would have no counterpart there"
