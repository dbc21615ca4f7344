"""The families of rules on RDF files: by what a file is seen to belong to one, and who judges it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from semstat.ontology.terms import QB, SKOS
from semstat.validators.cubes import CubeDataset, datasets_of, judge_cubes
from semstat.validators.graphs import RuleOutcome
from semstat.validators.shape_families import FAMILIES as SHAPE_FAMILIES
from semstat.validators.shape_families import ShapeFamily, families_in, judge_shapes
from semstat.validators.skos import judge_skos

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["FAMILIES", "Family"]

Judge = Callable[["ox.Store"], tuple[RuleOutcome, ...]]


@dataclass(frozen=True, slots=True)
class Family:
    """Rules on graphs of one kind.

    ``subject`` is what they are about, in words; ``first`` is the rule that a file which nobody could judge is reported
    under. ``speaks`` tells by its bytes whether a file is of the kind; ``judge`` judges such files together, and where
    ``takes_all`` holds, the other RDF files of the run with them, which may describe what these name. ``datasets`` tells
    which datasets they hold, for kinds that have any.
    """

    subject: str
    first: str
    speaks: Callable[[bytes], bool]
    judge: Judge
    takes_all: bool = True
    datasets: Callable[["ox.Store"], tuple[CubeDataset, ...]] | None = None

    def takes(self, files: Sequence[bytes]) -> list[bool]:
        """Tell of each file whether it is judged."""
        spoken = [self.speaks(data) for data in files]
        return [True] * len(files) if self.takes_all and any(spoken) else spoken


_SCHEME_WORDS = re.compile(rb"Concept|[sS]cheme|prefLabel|altLabel|broader|narrower|Match\b")


def _has_cube(data: bytes) -> bool:
    return str(QB).encode() in data


def _has_scheme(data: bytes) -> bool:
    """Tell whether a file speaks of concepts; what a cube says of its codes is an excerpt, and does not count."""
    return str(SKOS).encode() in data and not _has_cube(data) and _SCHEME_WORDS.search(data) is not None


def _of_shapes(name: str, family: ShapeFamily) -> Family:
    return Family(
        family.subject, family.first, lambda data: name in families_in(data), lambda store: judge_shapes(store, name)
    )


FAMILIES = (
    Family("cubes (RDF Data Cube)", "QB001", _has_cube, judge_cubes, datasets=datasets_of),
    Family("concept schemes (SKOS)", "SK001", _has_scheme, judge_skos, takes_all=False),
    *(_of_shapes(name, family) for name, family in SHAPE_FAMILIES.items()),
)
"""A file may belong to several; of one that belongs to none, nothing is checked."""
