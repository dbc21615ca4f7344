"""Maps put into the artefacts that a dialect has for them, before each is fitted: sets of 2.1, single maps of 3.x."""

from collections.abc import Iterable, Iterator

from semstat.interop.formats.sdmx.account import Account
from semstat.interop.formats.sdmx.dialects import Dialect
from semstat.interop.formats.sdmx.map_components import classes_of, with_classes
from semstat.interop.formats.sdmx.maps_backward import set_of_codes, set_of_items, set_of_structures
from semstat.interop.formats.sdmx.maps_forward import maps_of_set
from semstat.interop.formats.sdmx.model import Artefact
from semstat.interop.formats.sdmx.model_maps import ItemSchemeMap, RepresentationMap, StructureMap, StructureSet
from semstat.ontology.iri import SdmxName

__all__ = ["fit_maps"]


def fit_maps(artefacts: Iterable[Artefact], dialect: Dialect, account: Account) -> Iterator[Artefact]:
    """Yield the artefacts, with maps as those of the target.

    Findings:
        Those of :mod:`maps_forward` (2.1 to 3.x) or :mod:`maps_backward` (3.x to 2.1).
    """
    every = tuple(artefacts)
    return _backward(every, account) if dialect.legacy else _forward(every, account)


def _forward(every: tuple[Artefact, ...], account: Account) -> Iterator[Artefact]:
    taken = {artefact.head.name for artefact in every if artefact.head is not None}
    for artefact in every:
        if isinstance(artefact, StructureSet):
            yield from maps_of_set(artefact, account.of(artefact.head.name), taken)
        else:
            yield artefact


def _backward(every: tuple[Artefact, ...], account: Account) -> Iterator[Artefact]:
    known = {one.head.name: one for one in every if isinstance(one, RepresentationMap)}
    sets: dict[SdmxName, StructureSet | None] = {}
    used: set[SdmxName] = set()
    for one in every:
        if isinstance(one, StructureMap):
            made = sets[one.head.name] = set_of_structures(one, known, account.of(one.head.name))
            used.update(_used(one) if made is not None else ())
    classes = classes_of(every)
    for artefact in every:
        converted = _set_of(artefact, sets, used, account)
        if isinstance(converted, StructureSet) and artefact.head is not None:
            yield with_classes(converted, classes, account.of(artefact.head.name))
        elif converted is not None:
            yield converted


def _set_of(
    artefact: Artefact, sets: dict[SdmxName, StructureSet | None], used: set[SdmxName], account: Account
) -> Artefact | None:
    """Return what an artefact becomes; ``None`` for what cannot be said, and for maps that are parts of others."""
    match artefact:
        case StructureMap():
            return sets[artefact.head.name]
        case RepresentationMap():
            return None if artefact.head.name in used else set_of_codes(artefact, account.of(artefact.head.name))
        case ItemSchemeMap():
            return set_of_items(artefact, account.of(artefact.head.name))
    return artefact


def _used(held: StructureMap) -> Iterator[SdmxName]:
    """Yield the representation maps of those component maps that 2.1 can say."""
    for one in held.component_maps:
        if one.representation_map is not None and len(one.sources) == len(one.targets) == 1:
            yield one.representation_map.name
