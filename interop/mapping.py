"""Structure maps applied to datasets on their way to a writer, and the account of what they left out as findings."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pyarrow as pa
from rdflib import URIRef

from semstat.interop.formats.dataset import Dataset, StructureRef
from semstat.interop.structures import Structures
from semstat.mappings.apply_structure import Account, Entry, apply_to_columns
from semstat.mappings.read_maps import structure_mapping, structure_maps
from semstat.mappings.structure_maps import StructureMapping
from semstat.ontology.access import text
from semstat.ontology.iri import iri_to_urn, name_of
from semstat.ontology.terms import SS
from semstat.validators.diagnostics import Diagnostic, Location
from semstat.validators.map_checks import unreadable_map_patterns
from semstat.validators.observations import ACTION, GROUP_LINE, KIND, LANGUAGES, LINE, PART_SEPARATOR, SERIES_LINE
from semstat.validators.rules import finding

__all__ = ["MapUse", "NoSuchMap", "another_structure", "map_use", "unusable"]

_CARRIED = frozenset({LINE, KIND, ACTION})
_RULES = {
    "unmapped": "MAP007",
    "without counterpart": "MAP008",
    "ambiguous": "MAP001",
    "not a date": "MAP009",
    "no frequency": "MAP009",
}


class NoSuchMap(LookupError):
    """There is no structure map of that name at hand, or there are several."""


@dataclass(frozen=True, slots=True)
class MapUse:
    """A structure map in use: what it says, the structures at hand, and the account for each dataset, in order."""

    mapping: StructureMapping
    structures: Structures
    accounts: list[tuple[str, Account]] = field(default_factory=list)

    def applied(self, dataset: Dataset, source: str) -> Dataset:
        """Return the dataset as one of the map's target structure; it is mapped while it is read.

        Raises:
            NoSuchStructure: the target structure is not at hand.
        """
        reference = _reference(self.mapping.target)
        view = self.structures.view(self.structures.resolve(reference).structure)
        account = Account()
        self.accounts.append((source, account))
        batches = apply_to_columns(
            self.mapping,
            map(_components, dataset.observations.batches),
            key=frozenset(item.id for item in view.dimensions),
            carried=_CARRIED,
            account=account,
            line=LINE,
            separator=PART_SEPARATOR,
        )
        plain = replace(dataset.observations, batches=batches, levels={}, multivalued=frozenset(), is_table=False)
        return replace(dataset, reference=reference, observations=plain)

    def fits(self, dataset: Dataset) -> bool:
        """Tell whether a dataset is of the map's source; a map that names none fits all."""
        if self.mapping.source is None:
            return True
        found = self.structures.resolve(dataset.reference)
        return URIRef(self.mapping.source) in {found.structure, *found.scope}

    def findings(self) -> Iterator[Diagnostic]:
        """Yield what the map could not do, entry by entry, each with the number of records.

        Findings:
            MAP001, MAP007, MAP008, MAP009, MAP010.
        """
        for source, account in self.accounts:
            yield from (_finding(entry, source) for entry in account.entries)
            for name, count in account.unused.items():
                message = (
                    f"no rule of the map `{self.mapping.name}` looks at `{name}`; its values are not in the result"
                )
                yield replace(finding("MAP010", message, Location(source, path=name)), count=count)


def map_use(structures: Structures, named: str | None) -> MapUse:
    """Return the structure map of a name, to be used with the structures at hand.

    Args:
        structures: The structures and maps.
        named: ``AGENCY:ID(VERSION)``, a URN, an id, or ``None`` where only one map is at hand.

    Raises:
        NoSuchMap: none or several are meant.
    """
    graph = structures.graph
    known = {iri: text(graph, iri, SS.urn) for iri in structure_maps(graph)}
    fits = [iri for iri, urn in known.items() if named is None or _means(named, urn)]
    if len(fits) != 1:
        names = ", ".join(sorted(urn.partition("=")[2] for urn in known.values())) or "none"
        several = f"{len(fits)} structure maps at hand are" if fits else "no structure map at hand is"
        asked = f"{several} called {named!r}" if named else "name a structure map"
        raise NoSuchMap(f"{asked}; there are {names}")
    return MapUse(structure_mapping(graph, fits[0]), structures)


def unusable(use: MapUse) -> list[Diagnostic]:
    """Return what makes the map impossible to apply: patterns without a meaning (MAP004)."""
    rows = unreadable_map_patterns(use.structures.graph)
    return [finding("MAP004", row.message, Location(focus=row.focus), value=row.value) for row in rows]


def another_structure(use: MapUse, dataset: Dataset, source: str) -> Diagnostic:
    """Return the finding on a dataset that the map is not for."""
    given = dataset.reference.short if dataset.reference is not None else "no structure by name"
    wanted = iri_to_urn(use.mapping.source or "").partition("=")[2]
    message = f"the map `{use.mapping.name}` starts from `{wanted}`; the dataset names {given}"
    return finding("MAP011", message, Location(source, dataset.line), value=given, expected=wanted)


def _means(named: str, urn: str) -> bool:
    short = urn.partition("=")[2]
    return named in {urn, short, short.partition(":")[2].partition("(")[0], short.partition(").")[2]}


def _reference(target: str | None) -> StructureRef:
    name = name_of(target) if target else None
    if name is None:
        raise NoSuchMap("the structure map names no target")
    return StructureRef(name.cls, name.agency, name.id, name.version)


def _components(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Return a batch without the columns that say where values stand in the source: their components go other ways."""
    kept = [
        name
        for name in batch.schema.names
        if name in _CARRIED or not (name == SERIES_LINE or name.startswith((GROUP_LINE, LANGUAGES)))
    ]
    return batch.select(kept)


def _finding(entry: Entry, source: str) -> Diagnostic:
    values = ", ".join("nothing" if value is None else f"`{value}`" for value in entry.values)
    of = " and ".join(f"`{name}`" for name in entry.sources)
    said = {
        "unmapped": f"`{entry.rule}` has no row for {of} = {values}",
        "without counterpart": f"`{entry.rule}` gives {of} = {values} no counterpart",
        "ambiguous": f"several rows of `{entry.rule}` are for {of} = {values} and disagree; the first is used",
        "not a date": f"{of} = {values} is no date by the pattern `{entry.rule}`",
        "no frequency": f"{of} = {values} has no period: the frequency is not one of the standard's",
    }[entry.kind]
    value = ", ".join("" if item is None else item for item in entry.values)
    item = finding(_RULES[entry.kind], said, Location(source, entry.line, path=entry.sources[0]), value=value)
    return replace(item, count=entry.count)
