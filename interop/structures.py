"""The structures at hand: which data structure a dataset means, its components, and the rules that follow from it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rdflib import Graph, URIRef

from semstat.interop.component_names import concept_ids, fixed_ids
from semstat.interop.formats.dataset import ComponentIds, StructureRef
from semstat.ontology.access import one, text
from semstat.ontology.iri import SdmxName, name_of, parse_urn
from semstat.ontology.terms import RDF, SKOS, SST
from semstat.validators.nearest import nearest_code
from semstat.validators.selection import EVERYTHING, Selection
from semstat.validators.structural import StructureView, Sums, shapes_of, structure_view
from semstat.validators.structural.headers import NOTHING_SAID, HeaderFacts, header_shapes

if TYPE_CHECKING:
    from semstat.validators.validate import DataRules

__all__ = ["NoSuchStructure", "NotCalled", "Resolved", "Structures"]

_PACKAGES = {"DataStructure": "datastructure", "Dataflow": "datastructure", "ProvisionAgreement": "registry"}
_CLASSES = {"DataStructure": SST.DataStructure, "Dataflow": SST.Dataflow, "ProvisionAgreement": SST.ProvisionAgreement}


class NoSuchStructure(LookupError):
    """No structure at hand answers to a reference; the text says what was looked for and what there is instead."""


class NotCalled(NoSuchStructure):
    """Nothing at hand, or more than one thing, is called as a caller says: a mistake of the call, not of the data."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """The data structure that a dataset means, and what it was named through: agreement, data provider, dataflow."""

    structure: URIRef
    scope: tuple[URIRef, ...] = ()


@dataclass(slots=True)
class Structures:
    """The structures of a hub graph, looked up by reference; shapes and plans are made once for each.

    ``against`` makes every dataset be judged by one structure, whatever it names itself: ``AGENCY:ID(VERSION)``, a URN, or
    an id alone. ``extra`` are further shapes (of the user's) that hold beside those of the structure. ``selection`` says
    which rules data are judged by. ``sums`` is what has to add up, ``areas``
    the reference areas that each sender may report on.
    """

    graph: Graph
    against: str | None = None
    extra: Graph | None = None
    selection: Selection = EVERYTHING
    sums: Sequence[Sums] = ()
    areas: Mapping[str, Sequence[str]] = field(default_factory=dict)
    _views: dict[URIRef, StructureView] = field(default_factory=dict)
    _rules: "dict[tuple[Resolved, HeaderFacts], DataRules]" = field(default_factory=dict)

    def names(self) -> list[str]:
        """Return the short names of the data structures, dataflows and provision agreements at hand, sorted."""
        return sorted({self._short(iri) for iri in self._all()})

    def resolve(self, reference: StructureRef | None) -> Resolved:
        """Return the structure that a reference means.

        Args:
            reference: What a dataset names; ``None`` where it names nothing, which is enough if there is one structure.

        Raises:
            NoSuchStructure: nothing at hand fits, or a dataset names nothing and there are several.
        """
        if self.against is not None:
            return self._through(self._named(self.against))
        if reference is None:
            return self._only()
        found = [iri for iri in self._candidates(reference) if self._is(iri)]
        if not found:
            raise NoSuchStructure(f"the dataset names {_kind(reference)} {reference.short}, which is not at hand")
        return self._through(found[0])

    def find_named(self) -> None:
        """Look for the structure that ``against`` names, if it names one.

        Raises:
            NotCalled: nothing at hand, or more than one thing, is called so.
        """
        if self.against is not None:
            self._named(self.against)

    def components(self, reference: StructureRef | None) -> ComponentIds | None:
        """Return the component ids of the structure that a reference means; ``None`` when it is not at hand."""
        try:
            view = self.view(self.resolve(reference).structure)
        except NoSuchStructure:
            return None
        dimensions = view.dimensions
        return ComponentIds(
            dimensions=tuple(item.id for item in dimensions),
            time_dimension=view.time.id if view.time else None,
            measure_dimension=next((item.id for item in dimensions if self._is_measure_dimension(item.iri)), None),
            attributes=tuple(item.id for item in view.components if item.role == "attribute"),
            measures=tuple(item.id for item in view.components if item.role == "measure"),
            groups=view.groups,
            multivalued=frozenset(item.id for item in view.components if item.facets.get("maxOccurs", "1") != "1"),
            coded=frozenset(item.id for item in view.components if item.codelist is not None),
            cross_measures=dict(self._cross_measures(view)),
            attached={item.id: view.attachments(item) for item in view.components if item.role == "attribute"},
            fixed_ids=fixed_ids(view),
            concept_ids=concept_ids(view),
        )

    def view(self, structure: URIRef) -> StructureView:
        """Return the view of a data structure at hand."""
        if structure not in self._views:
            self._views[structure] = structure_view(self.graph, structure)
        return self._views[structure]

    def shapes(self, resolved: Resolved) -> Graph:
        """Return the shapes of a structure and of the constraints that apply in its scope."""
        shapes = shapes_of(self.graph, resolved.structure, scope=resolved.scope, sums=self.sums)
        if self.extra is not None:
            shapes += self.extra
        return shapes

    def rules(self, resolved: Resolved, facts: HeaderFacts = NOTHING_SAID) -> "DataRules":
        """Return what data of a structure are judged by, with what their header says of them."""
        from semstat.validators.validate import DataRules

        if (resolved, facts) not in self._rules:
            view = self.view(resolved.structure)
            more = header_shapes(view, facts, self.areas)
            if not len(more) and facts != NOTHING_SAID:
                return self.rules(resolved)
            shapes = self.shapes(resolved)
            shapes += more  # a sum would be a copy, in which the components stand in another order
            self._rules[resolved, facts] = DataRules.of(
                shapes,
                structure=view.label,
                time=view.time.id if view.time else None,
                labels=self._labels(view),
                selection=self.selection,
            )
        return self._rules[resolved, facts]

    def _labels(self, view: StructureView) -> Callable[[str], Mapping[str, Sequence[str]]]:
        def labels(component: str) -> Mapping[str, Sequence[str]]:
            item = view.of(component)
            if item is None or item.codelist is None:
                return {}
            return {
                str(one(self.graph, code, SKOS.notation)): sorted(
                    str(text) for text in self.graph.objects(code, SKOS.prefLabel)
                )
                for code in self.graph.subjects(SKOS.inScheme, item.codelist)
            }

        cache: dict[str, Mapping[str, Sequence[str]]] = {}
        return lambda component: (
            cache[component] if component in cache else cache.setdefault(component, labels(component))
        )

    def _all(self) -> Iterator[URIRef]:
        for cls in _CLASSES.values():
            for iri in self.graph.subjects(RDF.type, cls):
                if isinstance(iri, URIRef):
                    yield iri

    def _is(self, iri: URIRef) -> bool:
        return (iri, RDF.type, None) in self.graph

    def _is_measure_dimension(self, iri: URIRef) -> bool:
        return (iri, RDF.type, SST.MeasureDimension) in self.graph

    def _cross_measures(self, view: StructureView) -> Iterator[tuple[str, tuple[str, str]]]:
        """Yield the cross-sectional measures of 2.0, each with the dimension and the code that it stands for."""
        for item in view.components:
            dimension = text(self.graph, item.iri, SST.measureDimension)
            code = text(self.graph, item.iri, SST.measureCode)
            if item.role == "measure" and dimension and code:
                yield item.id, (dimension, code)

    def _short(self, iri: URIRef) -> str:
        name = name_of(iri)
        return f"{name.cls} {name.short}" if name else str(iri)

    def _candidates(self, reference: StructureRef) -> Iterator[URIRef]:
        """Yield the IRIs that a reference may mean: by its kind, or any kind; without a version, the latest."""
        for kind in [reference.kind] if reference.kind in _PACKAGES else list(_PACKAGES):
            package = _PACKAGES[str(kind)]
            if reference.version is not None and reference.agency:
                yield SdmxName(package, str(kind), reference.agency, reference.id, reference.version).iri
                continue
            names = [(iri, name) for iri in self._all() if (name := name_of(iri)) and name.cls == kind]
            fits = [(iri, name) for iri, name in names if _answers(name, reference)]
            if len({name.agency for _, name in fits}) == 1:
                yield from sorted((iri for iri, _ in fits), key=_version, reverse=True)

    def _named(self, text: str) -> URIRef:
        """Return the structure, flow or agreement that a user's text names: a URN, ``AGENCY:ID(VERSION)`` or an id."""
        name = parse_urn(text)
        if name is not None and self._is(name.iri):
            return name.iri
        fits = [
            iri
            for iri in self._all()
            if (item := name_of(iri)) and text in {item.short, f"{item.agency}:{item.id}", item.id}
        ]
        structures = [iri for iri in fits if (iri, RDF.type, SST.DataStructure) in self.graph]
        chosen = structures if len(structures) == 1 else fits
        if len(chosen) == 1:
            return chosen[0]
        if chosen:
            listed = ", ".join(sorted(self._short(iri) for iri in chosen))
            raise NotCalled(f"{text!r} is the name of several structures at hand; choose one by its URN: {listed}")
        raise NotCalled(f"no structure at hand is called {text!r}{self._instead(text)}")

    def _instead(self, text: str) -> str:
        """Return how a message goes on that says that nothing is called so."""
        names = self.names()
        nearest = nearest_code(text, {form for name in names for form in _forms(name.rpartition(" ")[2])})
        if nearest is not None:
            return f", did you mean {nearest}?"
        shown = ", ".join(names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "")
        return f"; at hand: {shown}" if shown else "; none is at hand"

    def _only(self) -> Resolved:
        described = [
            iri for iri in self.graph.subjects(RDF.type, SST.DataStructure) if (iri, SST.component, None) in self.graph
        ]
        if len(described) != 1 or not isinstance(described[0], URIRef):
            if not described:
                raise NoSuchStructure("no data structure is at hand")
            raise NoSuchStructure(f"no structure is named, and {len(described)} are at hand; choose one with --against")
        flows = [flow for flow in self.graph.subjects(SST.structure, described[0]) if isinstance(flow, URIRef)]
        return Resolved(described[0], (flows[0],) if len(flows) == 1 else ())

    def _through(self, iri: URIRef) -> Resolved:
        """Return the structure behind an agreement or a flow, keeping the way there as the scope."""
        scope: list[URIRef] = []
        for cls, link in ((SST.ProvisionAgreement, SST.dataflow), (SST.Dataflow, SST.structure)):
            if (iri, RDF.type, cls) in self.graph:
                scope.append(iri)
                scope.extend(item for item in self.graph.objects(iri, SST.dataProvider) if isinstance(item, URIRef))
                following = one(self.graph, iri, link)
                if not isinstance(following, URIRef):
                    raise NoSuchStructure(f"{self._short(iri)} is at hand, but does not say which structure it uses")
                iri = following
        if (iri, SST.component, None) not in self.graph:
            raise NoSuchStructure(
                f"the data structure {self._short(iri)} is named but not described in the structures at hand"
            )
        return Resolved(iri, tuple(scope))


_SHOWN = 8


def _forms(short: str) -> Iterator[str]:
    """Yield the ways in which a short name may be written: ``AGENCY:ID(VERSION)``, ``AGENCY:ID`` and ``ID``."""
    whole = short.partition("(")[0]
    yield from (short, whole, whole.rpartition(":")[2])


def _answers(name: SdmxName, reference: StructureRef) -> bool:
    """Tell whether a name has the id, and the agency and version as far as they are stated."""
    wanted = (reference.agency or name.agency, reference.id, reference.version or name.version)
    return (name.agency, name.id, name.version) == wanted


def _kind(reference: StructureRef) -> str:
    words = {
        "DataStructure": "the data structure",
        "Dataflow": "the dataflow",
        "ProvisionAgreement": "the provision agreement",
    }
    return words.get(reference.kind or "", "the structure")


def _version(iri: URIRef) -> tuple[tuple[int, ...], str]:
    name = name_of(iri)
    text = (name.version if name else None) or ""
    plain = text.split("-", 1)[0]
    numbers = tuple(int(part) for part in plain.split(".") if part.isdigit())
    # A version with an extension (1.0.0-draft) comes before the version without one (SDMX 3.0, Section 6, versioning).
    return numbers, "~" if "-" not in text else text
