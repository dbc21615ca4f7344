"""The edges of a graph by the ends that they leave, as arrays: a whole step of a walk at a time."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["Adjacency", "Numbers"]

Numbers = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Adjacency:
    """Edges sorted by the end that is left: those of node ``n`` are at ``starts[n]:starts[n + 1]``."""

    starts: npt.NDArray[np.int64]
    edges: npt.NDArray[np.int64]
    ends: Numbers

    def leaving(self, nodes: Numbers) -> npt.NDArray[np.int64]:
        """Return the places of all edges that leave some nodes."""
        first, count = self.starts[nodes], self.starts[nodes + 1] - self.starts[nodes]
        total = int(count.sum())
        if not total:
            return np.empty(0, np.int64)
        shift = np.repeat(first - np.concatenate(([0], np.cumsum(count)[:-1])), count)
        return np.arange(total) + shift
